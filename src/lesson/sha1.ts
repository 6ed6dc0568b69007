/**
 * SHA-1 for lesson 9, in Node and in a page alike.
 * @module
 */

import { sha1 as hash } from '@noble/hashes/legacy.js';

/**
 * SHA-1 of any bytes. The Web's own function for it answers with a promise, and a turn of the loop waits for
 * none.
 *
 * ```ts
 * import { sha1 } from 'loopscope/lesson';
 *
 * console.log(sha1(new TextEncoder().encode('abc')).length); // 20
 * ```
 *
 * @returns 20 bytes
 */
export function sha1(bytes: Uint8Array): Uint8Array {
  return hash(bytes);
}
