import { gather, type TraceEvent } from 'loopscope';
import { openStage } from 'loopscope/lesson';

/** What the demo plays: the turn in which Ada speaks, and that in which both do. */
async function turns(profile: 'rfc6455' | 'original', said = 'Hello'): Promise<TraceEvent[]> {
  const stage = await openStage({ profile, network: 'sim' });
  const ada = await stage.joins('Ada');
  const ming = await stage.joins('Ming');
  await ada.says('Hello, Ming');
  stage.networks.world?.rule(gather(5), { direction: 'up' });
  await Promise.all([ada.says('at once'), ming.says('at once')]);
  for (const person of [ada, ming]) await person.leaves();
  const events = await stage.end();
  const spoken = events.find((event) => event.step === 'deal' && event.message.includes(said));
  return events.filter((event) => event.turn === spoken?.turn);
}

const lengthOf = (event: TraceEvent | undefined): number =>
  event !== undefined && 'bytes' in event ? event.bytes.length : 0;

async function one(step: TraceEvent['step']): Promise<TraceEvent | undefined> {
  return (await turns('rfc6455')).find((event) => event.step === step);
}

async function payload(): Promise<number> {
  const parse = await one('parse');
  return parse?.step === 'parse' ? parse.payloadLength : 0;
}

async function header(): Promise<number> {
  const deal = await one('deal');
  const reply = deal?.step === 'deal' ? deal.reply : '';
  return lengthOf(await one('broadcast')) - new TextEncoder().encode(reply).length;
}

const sends = async (profile: 'rfc6455' | 'original'): Promise<number> =>
  (await turns(profile, 'at once')).filter(({ step }) => step === 'send').length;

export default {
  events: async () => (await turns('rfc6455')).length,
  came: async () => lengthOf(await one('recv')),
  payload,
  over: async () => lengthOf(await one('recv')) - (await payload()),
  goes: async () => lengthOf(await one('broadcast')),
  header,
  sends: () => sends('rfc6455'),
  phpSends: () => sends('original'),
};
