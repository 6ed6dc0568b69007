/**
 * What the parts of the mended mirror tell each other: which mends there are, what is known of a
 * client, and the header of a frame as the RFC has it, whatever else is wrong with the frame.
 * @module
 */

import type { PhpValue } from './php-values.js';

/** The numbers of the defects that are mended. */
export type Mends = ReadonlySet<string>;

/** A client as the mirror has it in its table. */
export interface Member {
  /** The answer to its request went out. */
  isOpen: boolean;
  /** Our Close went out to it. */
  readonly isClosing: boolean;
  /** It has logged in, as the mirror sees it. */
  isNamed: boolean;
  /** The name that the mirror has for it. */
  name: PhpValue;
  /** How many had logged in when it first did, itself included; 0 before. */
  readonly login: number;
}

/** What a mend has to know of a frame. Lengths are bytes. */
export interface Header {
  fin: boolean;
  opcode: number;
  masked: boolean;
  /** Of the payload. */
  length: number;
  /** Of the whole frame. */
  total: number;
}

/** Reads the header in front of the bytes; null while it is not whole. */
export function headerAt(bytes: Uint8Array): Header | null {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return null;
  const masked = (second & 0b1000_0000) !== 0;
  const form = second & 0b0111_1111;
  const extended = form === 126 ? 2 : form === 127 ? 8 : 0;
  const start = 2 + extended + (masked ? 4 : 0);
  if (bytes.length < start) return null;
  let length = extended === 0 ? form : 0;
  for (const byte of bytes.subarray(2, 2 + extended)) length = length * 256 + byte;
  const fin = (first & 0b1000_0000) !== 0;
  return { fin, opcode: first & 0b0000_1111, masked, length, total: start + length };
}

/** What is shorter, in bytes, is a logout to the original. */
export const SHORTEST = 9;
