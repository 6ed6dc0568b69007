import {
  encodeClose,
  encodeFrame,
  FrameDecoder,
  isControl,
  Opcode,
  Random,
  script,
  toHex,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import type { Answer } from './exercise.js';

type Exercise = typeof import('./exercise.js');

const { closeFrame, continuationFrame, frame, pingFrame, textFrame } = script;
const NAMES: Readonly<Record<number, string>> = { 8: 'close', 9: 'ping', 10: 'pong' };
const empty = new Uint8Array(0);

/** A control frame of a client, and the answer to it. */
interface Case {
  bytes: Uint8Array;
  closeSent: boolean;
  answer: Uint8Array | null;
}

/** Pings of all lengths that there may be, of any bytes. */
function pings(): Case[] {
  const random = new Random(15);
  return [0, 1, 2, 4, 124, 125, ...Array.from({ length: 20 }, () => random.below(126))].map(
    (length) => {
      const payload = new Uint8Array(length);
      random.fill(payload);
      const bytes = frame(Opcode.ping, payload);
      return { bytes, closeSent: false, answer: encodeFrame(Opcode.pong, payload) };
    },
  );
}

const closes = (code: number, reason = ''): Case => ({
  bytes: closeFrame(code, reason),
  closeSent: false,
  answer: encodeFrame(Opcode.close, encodeClose(code)),
});
const quiet = (bytes: Uint8Array, closeSent: boolean): Case => ({ bytes, closeSent, answer: null });

const CASES: Case[] = [
  ...pings(),
  quiet(frame(Opcode.pong, 'nobody asked'), false),
  closes(1001),
  closes(1000, 'bye'),
  closes(4999, '再见'),
  { bytes: closeFrame(), closeSent: false, answer: encodeFrame(Opcode.close, empty) },
  quiet(pingFrame('too late'), true),
  quiet(frame(Opcode.pong, 'too late'), true),
  quiet(closeFrame(1000), true),
];

/** Reasons that fit, that fit to the byte, and that do not. */
const REASONS = ['', 'bye', '再见', 'a'.repeat(123), 'a'.repeat(124), '字'.repeat(41)].concat([
  '字'.repeat(42),
  '👋'.repeat(31),
  `a${'字'.repeat(41)}`,
  `ab${'👋'.repeat(40)}`,
  `${'a'.repeat(122)}字b`, // b would fit, but it stands behind 字
]);

/** What is probably believed by someone who answers so. */
function misconception(opcode: number, { closeSent, answer }: Case, given: Answer): string {
  const { bytes } = given;
  if (answer === null && bytes !== null) {
    return closeSent ? 'wrong.after-close' : 'wrong.pong-answered';
  }
  if (bytes === null)
    return opcode === Opcode.ping ? 'wrong.ping-unanswered' : 'wrong.close-unanswered';
  if (((bytes[1] ?? 0) & 0b1000_0000) !== 0) return 'wrong.masked';
  if (opcode === Opcode.close) return 'wrong.close-code';
  return bytes[0] === answer?.[0] ? 'wrong.pong-payload' : 'wrong.opcode';
}

/** Shows a frame; a long one would not fit into a line of a terminal. */
function inspection(bytes: Uint8Array): string | null {
  return bytes.length > 20 ? null : `npx loopscope inspect --hex ${toHex(bytes)}`;
}

function checkAnswer({ answer }: Exercise, one: Case, t: Checker): void {
  const [decoded] = new FrameDecoder('client').feed(one.bytes);
  if (decoded === undefined) throw new Error('bug: a case that is no frame');
  const { opcode, payload } = decoded;
  const name = NAMES[opcode] ?? '';
  const key = one.closeSent ? 'step.after-close' : 'step.answer';
  t.step(key, { name, length: payload.length });
  t.command = inspection(one.bytes);
  const given = answer(decoded, one.closeSent);
  t.expect(given?.bytes === null || given?.bytes instanceof Uint8Array, 'wrong.form');
  const why = misconception(opcode, one, given);
  if (one.answer === null || given.bytes === null) {
    t.equal(given.bytes, one.answer, why, { name });
  } else {
    t.bytes(given.bytes, one.answer, why, { name });
  }
  const isClose = opcode === Opcode.close;
  t.equal(given.closeTcp, isClose, isClose ? 'wrong.tcp-open' : 'wrong.tcp-closed', { name });
}

/** A ping inside a message of two fragments, cut at every place. */
function checkInside({ answer }: Exercise, t: Checker): void {
  const stream = [textFrame('half and ', false), pingFrame('?'), continuationFrame('half')];
  const whole = Uint8Array.from(stream.flatMap((bytes) => [...bytes]));
  for (let cut = 1; cut < whole.length; cut++) {
    t.step('step.inside', { cut, length: whole.length });
    const decoder = new FrameDecoder('client');
    const frames = [...decoder.feed(whole.subarray(0, cut)), ...decoder.feed(whole.subarray(cut))];
    const answers = frames
      .filter(({ opcode }) => isControl(opcode))
      .map((one) => answer(one, false));
    const pong = encodeFrame(Opcode.pong, new TextEncoder().encode('?'));
    t.equal(answers.length, 1, 'wrong.ping-unanswered');
    t.bytes(answers[0]?.bytes, pong, 'wrong.pong-payload');
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function checkCloseFrame(exercise: Exercise, t: Checker): void {
  const reasonOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(4);
  for (const [code, reason] of [
    [null, ''] as const,
    ...REASONS.map((reason, i) => [4000 + 7 * i, reason] as const),
  ]) {
    const right = encodeFrame(Opcode.close, code === null ? empty : encodeClose(code, reason));
    const length = new TextEncoder().encode(reason).length;
    t.step('step.close-frame', { code: String(code), length });
    t.command = inspection(right);
    const given = exercise.closeFrame(code, reason);
    t.bytes(given, right, misreason(given, right), { length });
  }

  function misreason(given: unknown, right: Uint8Array): string {
    if (!(given instanceof Uint8Array)) return 'wrong.close-frame';
    if (right[1] === 0) return 'wrong.empty-close';
    if (given[2] === right[3] && given[3] === right[2]) return 'wrong.code-order';
    if (given.length > 2 + 125) return 'wrong.reason-too-long';
    const kept = reasonOf(given);
    if (toHex(kept).includes('efbfbd')) return 'wrong.half-a-pair';
    const isLonger = kept.length > reasonOf(right).length;
    if (!isLonger || !toHex(kept).startsWith(toHex(reasonOf(right)))) return 'wrong.close-frame';
    return isUtf8(kept) ? 'wrong.left-out' : 'wrong.character-cut';
  }
}

export default ((exercise, t) => {
  for (const one of CASES) checkAnswer(exercise, one, t);
  checkInside(exercise, t);
  checkCloseFrame(exercise, t);
}) satisfies Check<Exercise>;
