// refused: wrong.as-text
import { GUID } from 'loopscope';
import { sha1 } from '../exercise.js';

export { sha1 };

/** Makes a text of the digest first, as if its bytes were UTF-8. */
export async function acceptKey(key: string): Promise<string> {
  const digest = await sha1(new TextEncoder().encode(key + GUID));
  const text = new TextEncoder().encode(new TextDecoder().decode(digest));
  return btoa(String.fromCharCode(...text));
}
