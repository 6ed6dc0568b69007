import { encodeFrame, Opcode, Random, toHex } from 'loopscope';
import type { Check } from 'loopscope/node';

/** Both sides of every border, and the original's own. */
const BORDERS = [0, 1, 125, 126, 127, 255, 256, 65_024, 65_025, 65_535, 65_536, 65_537];
/** Lengths of 32 bits and more, which no payload here could have. */
const LARGE = [2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 1];

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

/** What is probably believed by someone who writes this length wrongly. */
function misconception(length: number, given: unknown): string {
  if (!(given instanceof Uint8Array)) return 'wrong.no-bytes';
  if (given[0] === 126 && length === 126 && given.length === 1) return 'wrong.mark-as-length';
  const [first, ...rest] = lengthBytesOf(length);
  const little = [first as number, ...rest.reverse()];
  if (given.length > 1 && toHex(given) === toHex(Uint8Array.from(little))) return 'wrong.order';
  if (given.length > little.length) {
    return length >= 65_025 && length <= 65_535 ? 'wrong.original' : 'wrong.not-shortest';
  }
  return length > MOST_OF_BITS ? 'wrong.bits-lost' : 'wrong.write';
}

function lengthBytesOf(length: number): Uint8Array {
  return length > 0xffff ? longForm(length, 64) : lengthBytes(length);
}

export default (({ writeLength, readLength }, t) => {
  const random = new Random(11);
  const some = Array.from({ length: 50 }, () => random.below(70_000));
  for (const length of [...BORDERS, ...LARGE, ...some]) {
    t.step('step.write', { length });
    const given = writeLength(length);
    const why = misconception(length, given);
    t.bytes(given, lengthBytesOf(length), why, { length }, fieldAt);
  }
  for (const length of [...BORDERS, ...LARGE, ...some]) {
    const bytes = lengthBytesOf(length);
    t.step('step.read', { bytes: toHex(bytes) });
    const why = length > MOST_OF_BITS ? 'wrong.bits-lost' : 'wrong.read';
    t.equal(readLength(bytes), length, why, { length });
  }
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
}) satisfies Check<typeof import('./exercise.js')>;
