import { toHex } from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import { questionOf, type Round, rounds } from './quiz.js';

type Exercise = typeof import('./exercise.js');

/** Rounds of the quiz, and its seeds: three of them, so that no seed can be learnt by heart. */
const [SEEDS, ROUNDS] = [[10, 81, 6455], 200];

/** "Hello" from a page, which the lesson begins with. */
const HELLO: Round = {
  bytes: Uint8Array.of(0x81, 0x85),
  ...{ fin: true, reserved: 0, opcode: 1, masked: true, length: 5 },
};

/** Bytes whose lowest or highest bit stands alone, or is missing: no seed has to come upon them. */
const EDGES = [
  [0x01, 0x01],
  [0x80, 0x80],
  [0x00, 0x00],
  [0x7f, 0x7f],
  [0xff, 0xff],
] as const;

/** A round with these bytes, its fields put together bit by bit. */
function roundOf([first, second]: readonly [number, number]): Round {
  const [reserved, opcode, length] = [(first >>> 4) & 7, first & 15, second & 127];
  const [fin, masked] = [first >= 128, second >= 128];
  return { bytes: Uint8Array.of(first, second), fin, reserved, opcode, masked, length };
}

/** What is probably believed by someone who gives something else for a field. */
function misconception(field: string, given: unknown, { bytes, reserved }: Round): string {
  const [first = 0, second = 0] = bytes;
  const byte = field === 'fin' ? first : second;
  if (field === 'fin' || field === 'masked') {
    if (typeof given !== 'boolean') return 'wrong.no-boolean';
    if (byte === 0b1000_0000) return 'wrong.alone';
    return given === ((byte & 1) !== 0) ? 'wrong.lowest-bit' : 'wrong.field';
  }
  if (field === 'reserved' && given === reserved * 16) return 'wrong.not-shifted';
  if (field === 'opcode' && given === (first & 0b0111_1111)) return 'wrong.opcode-too-wide';
  if (field === 'length' && given === second) return 'wrong.mask-in-length';
  return 'wrong.field';
}

function tryRound({ readTwoBytes }: Exercise, t: Checker, round: Round): void {
  const { bytes, ...expected } = round;
  const [first = 0, second = 0] = bytes;
  const bits = (byte: number): string => byte.toString(2).padStart(8, '0');
  t.step('step.round', { bytes: questionOf(round), first: bits(first), second: bits(second) });
  t.command = `npx loopscope inspect --hex ${toHex(bytes)}`;
  const given = readTwoBytes(first, second) as unknown as Record<string, unknown> | undefined;
  for (const [field, value] of Object.entries(expected)) {
    const byte = field === 'masked' || field === 'length' ? second : first;
    const values = { field, byte: bits(byte), value: String(value) };
    t.equal(given?.[field], value, misconception(field, given?.[field], round), values);
  }
}

export default ((exercise, t) => {
  tryRound(exercise, t, HELLO);
  for (const edge of EDGES) tryRound(exercise, t, roundOf(edge));
  for (const seed of SEEDS) {
    t.step('step.seed', { seed, rounds: ROUNDS });
    let left = ROUNDS;
    for (const round of rounds(seed)) {
      tryRound(exercise, t, round);
      if (--left === 0) break;
    }
  }
}) satisfies Check<Exercise>;
