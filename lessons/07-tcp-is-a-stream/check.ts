import { cutAt, everyByte, FdSet, joinBytes, type Rule, toHex } from 'loopscope';
import { type Check, type Checker, deepEqual, openRig, piecesOf } from 'loopscope/lesson';
import type { Taken } from './exercise.js';

type Exercise = typeof import('./exercise.js');

/** Characters of one, two, three and four bytes, a line with nothing in it, and white space at the ends. */
const LINES = ['Hi', 'Ada\r', '', '你好', ' né 👋 '];
const nothing = new Uint8Array(0);
const encoder = new TextEncoder();
const streamOf = (lines: readonly string[]): Uint8Array =>
  encoder.encode(lines.map((line) => `${line}\n`).join(''));

/** One call of the exercise: the bytes that came, and what it gave. */
interface Call {
  bytes: Uint8Array;
  taken: Taken;
}

/** Whether what is kept is, behind each call, what stands behind the last line feed so far. */
function isKeptRight(calls: readonly Call[]): boolean {
  let all: Uint8Array = nothing;
  return calls.every(({ bytes, taken }) => {
    all = joinBytes([all, bytes]);
    return toHex(taken.kept) === toHex(all.subarray(all.lastIndexOf(0x0a) + 1));
  });
}

/** Whether the exercise would have given the same lines without what it had kept. */
function isKeptUnused(takeLines: Exercise['takeLines'], calls: readonly Call[]): boolean {
  return calls.every(({ bytes, taken }) => {
    return takeLines(nothing, bytes).lines.join('\n') === taken.lines.join('\n');
  });
}

/** A character for each byte: as numbers, and as the decoder has them that is called latin1 and is windows-1252. */
function asCharacters(lines: readonly string[]): string[] {
  const bytes = encoder.encode(lines.join('\n'));
  return [String.fromCharCode(...bytes), new TextDecoder('latin1').decode(bytes)];
}

/** What is probably believed by someone who hears these lines. */
function misconception(
  takeLines: Exercise['takeLines'],
  calls: readonly Call[],
  expected: readonly string[],
): string {
  const given = linesOf(calls);
  const said = given.join('');
  if (said.includes('\ufffd')) return 'wrong.character-cut';
  const isBegun = given.every((line, i) => line === expected[i]);
  if (isBegun && given.length < expected.length) return 'wrong.one-at-a-time';
  const trimmed = (lines: readonly string[]): string => lines.map((line) => line.trim()).join('\n');
  if (given.length === expected.length && trimmed(given) === trimmed(expected)) {
    return 'wrong.trimmed';
  }
  const full = expected.filter((line) => line !== '');
  if ([expected, full].flatMap(asCharacters).includes(given.join('\n'))) return 'wrong.not-utf8';
  if (given.join('\n') === full.join('\n')) return 'wrong.empty-line';
  if (said.replaceAll('\n', '') === expected.join('')) return 'wrong.recv-is-message';
  if (!isKeptRight(calls)) return 'wrong.rest-lost';
  return isKeptUnused(takeLines, calls) ? 'wrong.kept-unused' : 'wrong.lines';
}

/** Calls the exercise, and looks at the form of what it gives. */
function take(
  takeLines: Exercise['takeLines'],
  kept: Uint8Array,
  bytes: Uint8Array,
  t: Checker,
): Taken {
  const taken = takeLines(kept, bytes);
  t.expect(typeof taken === 'object' && taken !== null, 'wrong.form', { given: String(taken) });
  const isList =
    Array.isArray(taken.lines) && taken.lines.every((line) => typeof line === 'string');
  t.expect(isList, 'wrong.form-lines');
  t.expect(taken.kept instanceof Uint8Array, 'wrong.form-kept');
  return taken;
}

/** What a server with the exercise in it hears of pieces. */
async function hearAll(
  takeLines: Exercise['takeLines'],
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  t: Checker,
): Promise<Call[]> {
  const calls: Call[] = [];
  let kept: Uint8Array = nothing;
  for await (const piece of pieces) {
    const taken = take(takeLines, kept, piece, t);
    calls.push({ bytes: piece, taken });
    kept = taken.kept;
  }
  return calls;
}

const linesOf = (calls: readonly Call[]): string[] => calls.flatMap(({ taken }) => taken.lines);

/** Sends a stream over the simulated network, where a rule cuts it. */
async function* sent(stream: Uint8Array, rule: Rule | null, t: Checker) {
  const rig = await openRig(t);
  if (rule !== null) rig.world.rule(rule, { direction: 'up' });
  const client = await rig.joins('client');
  client.says(stream);
  client.leaves('shutdown');
  t.trace = rig.events;
  for (;;) {
    await rig.select(new FdSet([client.at]), undefined, null);
    const bytes = rig.recv(client.at);
    if (bytes.length === 0) return;
    yield bytes;
  }
}

/** Two clients speak by turns, a byte each: what is kept of one is no business of the other. */
function byTurns(takeLines: Exercise['takeLines'], t: Checker): void {
  const talks = [LINES, [...LINES].reverse()].map((expected) => {
    return { expected, given: [] as string[], kept: nothing as Uint8Array };
  });
  const { length } = streamOf(LINES);
  t.step('step.two-clients', { length });
  for (let i = 0; i < length; i++) {
    for (const talk of talks) {
      const taken = take(takeLines, talk.kept, streamOf(talk.expected).slice(i, i + 1), t);
      talk.given.push(...taken.lines);
      talk.kept = taken.kept;
    }
  }
  for (const { given, expected } of talks) t.equal(given, expected, 'wrong.one-for-all');
}

export default (async ({ takeLines }, t) => {
  const stream = streamOf(LINES);
  const { length } = stream;
  const judge = (calls: readonly Call[]): void => {
    const given = linesOf(calls);
    if (!deepEqual(given, LINES)) t.equal(given, LINES, misconception(takeLines, calls, LINES));
  };
  const hears = async (rule: Rule | null): Promise<void> => {
    judge(await hearAll(takeLines, sent(stream, rule, t), t));
  };

  t.step('step.alone', { line: 'Hi' });
  const alone = take(takeLines, nothing, streamOf(['Hi']), t);
  t.equal(alone.lines, ['Hi'], 'wrong.whole-line');
  t.equal(alone.kept, nothing, 'wrong.whole-line');

  for (let cut = 1; cut < length; cut++) {
    t.step('step.cut', { cut, length });
    await hears(cutAt([cut]));
  }
  t.step('step.together', { lines: LINES.length, length });
  await hears(null);
  t.step('step.every-byte', { length });
  await hears(everyByte());
  for (let first = 1; first < length; first++) {
    for (let second = first + 1; second < length; second++) {
      t.step('step.two-cuts', { first, second, length });
      judge(await hearAll(takeLines, piecesOf(stream, [first, second]), t));
    }
  }
  byTurns(takeLines, t);
}) satisfies Check<Exercise>;
