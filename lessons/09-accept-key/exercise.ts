/**
 * Lesson 9: make the value of Sec-WebSocket-Accept.
 *
 * The field's value is what the page compares: one other character, and it closes the connection.
 */

import { GUID } from 'loopscope';
import { sha1, todo } from 'loopscope/lesson';

/**
 * Makes the accept value that belongs to a key. `sha1(bytes)` gives the 20 bytes of SHA-1 at once, and so do
 * you give the value: a turn of the loop waits for nothing.
 *
 * @param key the value of Sec-WebSocket-Key as it came, 24 characters
 * @returns base64 of the SHA-1 of the key with the GUID behind it, 28 characters
 */
export function acceptKey(key: string): string {
  return todo(`make the accept value of ${key} and ${GUID}, with ${sha1.name}`);
}
