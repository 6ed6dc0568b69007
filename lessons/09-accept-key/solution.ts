/**
 * Lesson 9, a solution.
 */

import { GUID } from 'loopscope';
import { sha1 } from './exercise.js';

export { sha1 };

/** Makes the accept value that belongs to a key. */
export async function acceptKey(key: string): Promise<string> {
  const digest = await sha1(new TextEncoder().encode(key + GUID));
  return btoa(String.fromCharCode(...digest));
}
