import type { TraceEvent } from 'loopscope';
import { openStage } from 'loopscope/lesson';

/** The chat of the demo. */
async function play(): Promise<readonly TraceEvent[]> {
  const stage = await openStage({ network: 'sim' });
  const ada = await stage.joins('Ada');
  const ming = await stage.joins('小明');
  await ada.says('你好, 小明 👋');
  await ming.says('Hello, Ada!');
  await ming.leaves();
  await ada.leaves();
  return stage.end();
}

const dealOf = (events: readonly TraceEvent[], text: string): TraceEvent | undefined =>
  events.find((event) => event.step === 'deal' && event.message.includes(text));

export default {
  turns: async () => (await play()).filter(({ step }) => step === 'select').length,
  loginTurn: async () => dealOf(await play(), '"Ada"')?.turn ?? 0,
  sayTurn: async () => dealOf(await play(), 'Hello, Ada!')?.turn ?? 0,
  sayHearers: async () => {
    const events = await play();
    const deal = dealOf(events, 'Hello, Ada!')?.seq ?? 0;
    const behind = events.slice(deal).find((event) => event.step === 'broadcast');
    return behind?.to.length ?? 0;
  },
};
