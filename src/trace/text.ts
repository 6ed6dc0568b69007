/**
 * A step as one line that a person can read. Colour and layout are the terminal's.
 * @module
 */

import { toHex } from '../bytes.js';
import type { Language } from '../texts/language.js';
import { type Say, speakers } from '../texts/say.js';
import { steps } from '../texts/steps.en.js';
import { steps as stepsZh } from '../texts/steps.zh.js';
import { isControl, opcodeName } from '../websocket/frame.js';
import { describeEnglish } from './english.js';
import type {
  AcceptedHandshakeStep,
  BrokerStep,
  CallStep,
  DealStep,
  ParseStep,
  SelectStep,
  SendStep,
  Step,
} from './event.js';

/** Characters of subprotocols that a line names. */
const MOST_NAMED = 60;

/** In numbers that may be looked for, thousands are not set apart. */
const sayIn = speakers({ en: steps, zh: stepsZh }, { grouping: false });

/**
 * Says in one line what a step did; its name is not repeated. Safe for a terminal, whoever wrote the trace.
 *
 * @param language what is said in; what stood on the wire or in the trace stays as it was
 */
export function describeStep(step: Step, language?: Language): string {
  const say = sayIn(language);
  const says = describe(step, say, language);
  return printable('inferred' in step && step.inferred ? say('inferred', { says }) : says);
}

type StepSay = Say<keyof typeof steps>;

function describe(step: Step, say: StepSay, language: Language | undefined): string {
  switch (step.step) {
    case 'socket':
    case 'setsockopt':
    case 'bind':
    case 'listen':
      return say(step.step, { ...step });
    case 'again':
      return say('again', { fd: step.fd, call: step.call });
    case 'other':
      return say(step.fd === undefined ? 'other' : 'other.alone', { ...step });
    case 'fault': {
      const { fd, call, code, injected } = step;
      return say(injected === true ? 'fault.injected' : 'fault', { fd, call, code });
    }
    case 'accept': {
      const { fd, host, port, listener } = step;
      return say('accept', { fd, host, port, listener });
    }
    case 'wake': {
      const { fd, kind } = step;
      const key = `wake.${kind}` as 'wake.timer';
      return say(key in steps ? key : 'wake', { fd, kind }); // a trace may name a newer kind
    }
    case 'broker':
      return describeBroker(step, say, language);
    case 'call':
      return describeCall(step, say);
    case 'unknown':
      return say('unknown', { name: step.name });
    case 'block':
      return say(step.took === undefined ? 'block' : 'block.took', {
        fd: step.fd,
        syscall: step.call ?? step.syscall,
        reason: describeEnglish(step.reason, language),
        took: rounded(step.took ?? 0),
      });
    case 'error':
      return say('error', { fd: step.fd, message: describeEnglish(step.message, language) });
    case 'select':
      return describeSelect(step, say);
    case 'recv': {
      const { length = step.bytes.length } = step;
      if (length === 0) return say('recv.fin', { fd: step.fd });
      return say('recv', { fd: step.fd, length, bytes: preview(step.bytes) });
    }
    case 'handshake':
      return 'refused' in step
        ? say('handshake.refused', {
            fd: step.fd,
            status: step.refused.status,
            reason: describeEnglish(step.refused.reason, language),
          })
        : describeHandshake(step, say);
    case 'parse':
      return describeParse(step, say);
    case 'deal':
      return say(step.message === '' ? silently(step) : 'deal', { ...step });
    case 'broadcast': {
      const { to, bytes } = step;
      return say('broadcast', { length: bytes.length, fds: fds(to, say), bytes: preview(bytes) });
    }
    case 'send':
      return describeSend(step, say);
    case 'disconnect': {
      const { fd, cause } = step;
      const key = `disconnect.${cause}` as const;
      // a trace may name a newer cause
      return say('disconnect', { fd, cause: key in steps ? say(key) : cause });
    }
    case 'arrive':
      return say(`arrive.${step.kind}`, { ...step });
    case 'act': {
      const { client, do: what, bytes } = step;
      const values = { client, do: what, bytes: preview(bytes) };
      return say(bytes.length === 0 ? 'act' : 'act.bytes', values);
    }
  }
}

/** A trace may name a newer thing to do, or hold anything where counts are meant. */
function describeBroker(
  { fd, do: what, message }: BrokerStep,
  say: StepSay,
  language: Language | undefined,
): string {
  const key = `broker.${what}` as const;
  if (!Object.hasOwn(steps, key)) return say('unknown', { name: what });
  if (what !== 'look') return say(key, { fd, message: describeEnglish(message, language) });
  const { loops, names } = countsOf(message);
  return say('broker.look', { fd, loops, names });
}

function countsOf(json: string): { loops: number; names: number } {
  try {
    const { loops, names } = JSON.parse(json);
    return { loops: Number(loops) || 0, names: Number(names) || 0 };
  } catch {
    return { loops: 0, names: 0 };
  }
}

/** With what became of the subprotocols that were asked for, where any were. */
function describeHandshake(step: AcceptedHandshakeStep, say: StepSay): string {
  const { fd, key, accept, protocols, protocol } = step;
  if (!Array.isArray(protocols)) return say('handshake', { fd, key, accept });
  if (typeof protocol === 'string') {
    return say('handshake.protocol', { fd, key, accept, protocol: short(protocol) });
  }
  const asked = short(say('handshake.asked', { protocols }));
  return say('handshake.no-protocol', { fd, key, accept, asked });
}

function short(text: string): string {
  return text.length > MOST_NAMED ? `${text.slice(0, MOST_NAMED)}...` : text;
}

/** What is dealt with when nothing was said: that it has left, or that it is here and not all know. */
function silently({ reply }: DealStep): 'deal.here' | 'deal.gone' {
  return reply.startsWith('{"type":"login"') ? 'deal.here' : 'deal.gone';
}

function describeSelect(
  { read, write, readyRead, readyWrite, pending = [], scanned, ...of }: SelectStep,
  say: StepSay,
): string {
  const ready = [
    readyRead.length > 0 && say('select.read', { fds: fds(readyRead, say) }),
    readyWrite.length > 0 && say('select.write', { fds: fds(readyWrite, say) }),
    pending.length > 0 && say('select.pending', { fds: fds(pending, say) }),
  ].filter((part) => part !== false);
  const what = ready.length === 0 ? say('select.none') : ready.join(say('select.and'));
  const { call, polls = 0, watched = new Set([...read, ...write]).size } = of;
  if (call === undefined) return say('select', { scanned, ready: what });
  if (watched === null) return say('select.call.unknown', { call, scanned, ready: what });
  const key = polls === 0 ? 'select.call' : 'select.call.polls';
  return say(key, { call, watched, scanned, ready: what, polls });
}

/**
 * What a wait of a stranger's loop was asked for, how long it took, and what the kernel looks at for it, a sentence
 * each; none for a select of ours.
 */
export function describeWait(step: SelectStep, language?: Language): string[] {
  const { call, timeout, waited } = step;
  if (call === undefined) return [];
  const say = sayIn(language);
  const how = say(call.startsWith('epoll') ? 'wait.epoll' : 'wait.all');
  if (timeout === 0) return [say('wait.asks'), how];
  if (waited === undefined) return [how];
  const values = { waited: rounded(waited), timeout: rounded(timeout ?? 0) };
  const key = timeout === undefined ? 'wait.took' : timeout === null ? 'wait.none' : 'wait.most';
  return [say(key, values), how];
}

function rounded(ms: number): number {
  return ms >= 100 ? Math.round(ms) : Math.round(ms * 100) / 100;
}

function describeSend({ fd, length, taken, bytes, injected }: SendStep, say: StepSay): string {
  if (injected === true) return say('send.injected', { fd, taken, length });
  if (taken < length) return say('send.part', { fd, taken, length });
  if (bytes === undefined) return say('send', { fd, length });
  return say('send.bytes', { fd, length, bytes: preview(bytes) });
}

function describeParse(
  { fd, fin, opcode, masked, payloadLength }: ParseStep,
  say: StepSay,
): string {
  const place = isControl(opcode) ? 'control' : fin ? 'last' : 'more';
  const key = `parse.${place}.${masked ? 'masked' : 'unmasked'}` as const;
  return say(key, { fd, opcode: opcodeName(opcode), length: payloadLength });
}

function describeCall(step: CallStep, say: StepSay): string {
  const { lesson, name, args, returned, part, expected, given, fault } = step;
  const values = { lesson, name, args: args.join(say('call.and')), returned };
  if (fault === undefined) return say('call', values);
  if (expected === undefined) return say('call.failed', values);
  if (given !== undefined) return say('call.held', { ...values, given, expected });
  if (part === undefined) return say('call.checked', { ...values, expected });
  const key = `call.${fault}` as 'call.wrong';
  // a trace may name a newer fault
  return say('call.fault', { ...values, expected, fault: key in steps ? say(key) : fault });
}

function fds(list: readonly number[], say: StepSay): string {
  if (list.length === 0) return say('fds.nobody');
  const shown = list.slice(0, 12).join(' ');
  const more = list.length - 12;
  return more > 0 ? say('fds.more', { fds: shown, more }) : say('fds', { fds: shown });
}

/** The first bytes in hex, in pairs as they are read. */
function preview(bytes: Uint8Array): string {
  const hex = toHex(bytes.subarray(0, 16)).replace(/..(?!$)/g, '$& ');
  return bytes.length > 16 ? `${hex} …` : hex;
}

/**
 * Text from a peer, made safe for a terminal: control characters, which could move the cursor or
 * change its colours, become visible signs.
 */
export function printable(text: string): string {
  return text.replace(
    /(?!\u200d)[\p{Cc}\p{Cf}\u2028\u2029]/gu, // U+200D joins emoji and does no harm
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
