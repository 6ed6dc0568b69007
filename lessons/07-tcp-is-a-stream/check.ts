import { cutAt, everyByte, FdSet, type Rule } from 'loopscope';
import { type Check, type Checker, openRig, piecesOf } from 'loopscope/lesson';
import type { Taken } from './exercise.js';

type Exercise = typeof import('./exercise.js');

/** Characters of one, two, three and four bytes, a line with nothing in it, and white space at the ends. */
const LINES = ['Hi', 'Ada\r', '', '你好', ' né 👋 '];
const nothing = new Uint8Array(0);
const encoder = new TextEncoder();
const streamOf = (lines: readonly string[]): Uint8Array =>
  encoder.encode(lines.map((line) => `${line}\n`).join(''));

/** What is probably believed by someone who hears these lines. */
function misconception(given: readonly string[], expected: readonly string[]): string {
  const said = given.join('');
  if (said.includes('\ufffd')) return 'wrong.character-cut';
  const isBegun = given.every((line, i) => line === expected[i]);
  if (isBegun && given.length < expected.length) return 'wrong.one-at-a-time';
  const trimmed = (lines: readonly string[]): string => lines.map((line) => line.trim()).join('\n');
  if (given.length === expected.length && trimmed(given) === trimmed(expected)) {
    return 'wrong.trimmed';
  }
  const asBytes = (lines: readonly string[]): string =>
    lines.map((line) => String.fromCharCode(...encoder.encode(line))).join('\n');
  if (given.join('\n') === asBytes(expected)) return 'wrong.not-utf8';
  const full = expected.filter((line) => line !== '');
  if (given.join('\n') === full.join('\n')) return 'wrong.empty-line';
  return said.replaceAll('\n', '') === expected.join('')
    ? 'wrong.recv-is-message'
    : 'wrong.rest-lost';
}

/** Calls the exercise, and looks at the form of what it gives. */
function take(
  takeLines: Exercise['takeLines'],
  kept: Uint8Array,
  bytes: Uint8Array,
  t: Checker,
): Taken {
  const taken = takeLines(kept, bytes);
  const isTaken = Array.isArray(taken?.lines) && taken.kept instanceof Uint8Array;
  t.expect(isTaken, 'wrong.form');
  return taken;
}

/** What a server with the exercise in it hears of pieces. */
async function hearAll(
  takeLines: Exercise['takeLines'],
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  t: Checker,
): Promise<string[]> {
  const lines: string[] = [];
  let kept: Uint8Array = nothing;
  for await (const piece of pieces) {
    const taken = take(takeLines, kept, piece, t);
    lines.push(...taken.lines);
    kept = taken.kept;
  }
  return lines;
}

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
  const hears = async (rule: Rule | null): Promise<void> => {
    const given = await hearAll(takeLines, sent(stream, rule, t), t);
    t.equal(given, LINES, misconception(given, LINES));
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
      const lines = await hearAll(takeLines, piecesOf(stream, [first, second]), t);
      t.equal(lines, LINES, misconception(lines, LINES));
    }
  }
  byTurns(takeLines, t);
}) satisfies Check<Exercise>;
