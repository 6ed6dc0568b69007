/**
 * Lesson 9: make the value of Sec-WebSocket-Accept.
 *
 * The field's value is what the page compares: one other character, and it closes the connection.
 */

import { GUID } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * Makes the accept value that belongs to a key.
 *
 * @param key the value of Sec-WebSocket-Key as it came, 24 characters
 * @returns base64 of the SHA-1 of the key with the GUID behind it, 28 characters
 */
export async function acceptKey(key: string): Promise<string> {
  return todo(`make the accept value of ${key} and ${GUID}`);
}

/** Given: SHA-1 of any bytes, 20 bytes. The Web's own function for it answers with a promise. */
export async function sha1(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
}
