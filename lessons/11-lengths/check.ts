import { encodeFrame, Opcode, Random, toHex } from 'loopscope';
import { type Check, type Checker, deepEqual } from 'loopscope/lesson';

type Exercise = typeof import('./exercise.js');

/** Both sides of every border, and the original's own. */
const BORDERS = [0, 1, 125, 126, 127, 255, 256, 65_024, 65_025, 65_535, 65_536, 65_537];
/** Lengths of 32 bits and more, which no payload here could have. */
const LARGE = [2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 1, Number.MAX_SAFE_INTEGER];

/** The greatest number that the bit operators of JavaScript keep: they have 32 bits, one for the sign. */
const MOST_OF_BITS = 2 ** 31 - 1;

/** Where the length stands in a header of the kit's own encoder. */
function lengthBytes(length: number): Uint8Array {
  const frame = encodeFrame(Opcode.binary, new Uint8Array(length));
  return frame.subarray(1, frame.length - length);
}

/** A length written by hand in a form of 16 or 64 bits. */
function longForm(length: number, bits: 16 | 64): Uint8Array {
  const bytes = new Uint8Array(1 + bits / 8);
  bytes[0] = bits === 16 ? 126 : 127;
  for (let i = bytes.length - 1, left = length; i > 0; i--, left = Math.floor(left / 256)) {
    bytes[i] = left % 256;
  }
  return bytes;
}

/** The field that a byte belongs to; the report says it in words of RFC 6455 5.2. */
function fieldAt(offset: number): string {
  return offset === 0 ? 'mask-length' : 'extended-length-16';
}

/** What comes of shifts by 32 bits and more: JavaScript takes their count modulo 32. */
function shiftedRound(length: number): Uint8Array {
  return Uint8Array.of(127, ...[56, 48, 40, 32, 24, 16, 8, 0].map((count) => length >> count));
}

/** What comes of hex digits that are cut into pairs without zeros in front, from the left. */
function unpadded(length: number): Uint8Array {
  const pairs = length.toString(16).match(/..?/g) ?? [];
  const bytes = pairs.map((pair) => Number.parseInt(pair, 16));
  return Uint8Array.of(length > 0xffff ? 127 : 126, ...bytes);
}

/** What is probably believed by someone who writes this length wrongly. */
function misconception(length: number, given: unknown): string {
  if (!(given instanceof Uint8Array)) return 'wrong.no-bytes';
  if (given[0] === 126 && length === 126 && given.length === 1) return 'wrong.mark-as-length';
  const hasLower = length > 0xffff && length % 2 ** 32 !== 0;
  if (hasLower && deepEqual(given, shiftedRound(length))) return 'wrong.shift-round';
  if (length > 125 && deepEqual(given, unpadded(length))) return 'wrong.pad';
  const [first, ...rest] = lengthBytesOf(length);
  const little = [first as number, ...rest.reverse()];
  if (given.length > 1 && deepEqual(given, Uint8Array.from(little))) return 'wrong.order';
  if (given.length > little.length) {
    return length >= 65_025 && length <= 65_535 ? 'wrong.original' : 'wrong.not-shortest';
  }
  return length > MOST_OF_BITS ? 'wrong.bits-lost' : 'wrong.write';
}

function lengthBytesOf(length: number): Uint8Array {
  return length > 0xffff ? longForm(length, 64) : lengthBytes(length);
}

/** Reads a length where it stands in a header, and, if that goes wrong, where it stands alone. */
function tryRead({ readLength }: Exercise, t: Checker, length: number): void {
  const bytes = lengthBytesOf(length);
  t.step('step.read', { bytes: toHex(bytes) });
  const header = Uint8Array.of(0x82, ...bytes);
  const inHeader = outcome(() => readLength(header.subarray(1)));
  if (deepEqual(inHeader, { value: length })) return;
  const alone = outcome(() => readLength(bytes.slice()));
  if (deepEqual(alone, { value: length })) t.fail('wrong.byte-offset', { bytes: toHex(header) });
  const given = readLength(bytes.slice()); // what it throws here is its own
  t.equal(given, length, length > MOST_OF_BITS ? 'wrong.bits-lost' : 'wrong.read', { length });
}

/** What a call gives, or that it throws. */
function outcome(call: () => unknown): { value: unknown } | { error: unknown } {
  try {
    return { value: call() };
  } catch (error) {
    return { error };
  }
}

export default ((exercise, t) => {
  const { writeLength, readLength } = exercise;
  const random = new Random(11);
  const some = Array.from({ length: 50 }, () => random.below(70_000));
  for (const length of [...BORDERS, ...LARGE, ...some]) {
    t.step('step.write', { length });
    const given = writeLength(length);
    const why = misconception(length, given);
    t.bytes(given, lengthBytesOf(length), why, { length }, fieldAt);
  }
  for (const length of [...BORDERS, ...LARGE, ...some]) tryRead(exercise, t, length);
  for (const [length, bits] of [
    [5, 16],
    [125, 16],
    [125, 64],
    [65_535, 64],
  ] as const) {
    const bytes = longForm(length, bits);
    t.step('step.read-long', { bytes: toHex(bytes), length, bits });
    t.command = `npx loopscope inspect --hex 82${toHex(bytes)}`;
    t.equal(readLength(bytes), null, 'wrong.takes-longer-form', { length, bits });
  }
}) satisfies Check<Exercise>;
