/**
 * Lesson 12: take the mask off what a client sends, and refuse what has none.
 */

import { todo } from 'loopscope/lesson';

/**
 * Unmasks a payload, or a part of one. Masking is the same operation.
 *
 * @param bytes masked; they are not changed
 * @param key the four bytes of the masking key
 * @param offset where in the payload `bytes` begins: 0 for its first byte, 5 if 5 bytes came before
 * @returns as many bytes, unmasked
 */
export function unmask(bytes: Uint8Array, key: Uint8Array, offset: number): Uint8Array {
  return todo(`XOR ${bytes.length} bytes with the ${key.length} of the key, from ${offset} on`);
}

/**
 * Reads a frame of a client.
 *
 * @param frame one whole frame, its payload of at most 125 bytes
 * @returns the payload, unmasked; null for a frame without a mask, after which the connection is to
 *   be closed with 1002 (RFC 6455 5.1)
 */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  return todo(`find MASK, key and payload in the ${frame.length} bytes of a frame`);
}
