/**
 * A quiz without end: two bytes at a time, drawn by a seed. quiz-terminal.ts asks it.
 */

import { Random, toHex } from 'loopscope';

/** Two bytes and what stands in them. */
export interface Round {
  /** The first two bytes of a frame. */
  readonly bytes: Uint8Array;
  /** The highest bit of the first byte. */
  readonly fin: boolean;
  /** The three bits behind it, 0 to 7. */
  readonly reserved: number;
  /** The last four bits of the first byte. */
  readonly opcode: number;
  /** The highest bit of the second byte. */
  readonly masked: boolean;
  /** The other seven. */
  readonly length: number;
}

const OPCODES = [0x0, 0x1, 0x2, 0x8, 0x9, 0xa];
const LENGTHS = [0, 1, 125, 126, 127];

/** Draws rounds without end. The fields come first, and the bytes are put together from them. */
export function* rounds(seed: number): Generator<Round, never> {
  const random = new Random(seed);
  const oneIn = (n: number): boolean => random.below(n) === 0;
  for (;;) {
    const [fin, masked] = [!oneIn(3), oneIn(2)];
    const reserved = oneIn(4) ? random.below(8) : 0;
    const opcode = oneIn(6) ? random.below(16) : (OPCODES[random.below(OPCODES.length)] ?? 0);
    const length = oneIn(4) ? (LENGTHS[random.below(LENGTHS.length)] ?? 0) : random.below(128);
    const first = (fin ? 128 : 0) + 16 * reserved + opcode;
    const bytes = Uint8Array.of(first, (masked ? 128 : 0) + length);
    yield { bytes, fin, reserved, opcode, masked, length };
  }
}

/** The two bytes as a question: `81 85`. */
export function questionOf({ bytes }: Round): string {
  return toHex(bytes).replace(/^../, '$& ');
}

/** The answer: FIN, the reserved bits as a number, the opcode in hex, MASK, the length. */
export function answerOf({ fin, reserved, opcode, masked, length }: Round): string {
  return `${Number(fin)} ${reserved} ${opcode.toString(16)} ${Number(masked)} ${length}`;
}
