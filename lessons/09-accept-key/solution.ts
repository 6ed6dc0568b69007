/**
 * Lesson 9, a solution.
 */

import { GUID } from 'loopscope';
import { sha1 } from 'loopscope/lesson';

/** Makes the accept value that belongs to a key. */
export function acceptKey(key: string): string {
  const digest = sha1(new TextEncoder().encode(key + GUID));
  return btoa(String.fromCharCode(...digest));
}
