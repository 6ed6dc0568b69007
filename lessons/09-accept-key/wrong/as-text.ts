// refused: wrong.as-text
import { GUID } from 'loopscope';
import { sha1 } from 'loopscope/lesson';

/** Makes a text of the digest first, as if its bytes were UTF-8. */
export function acceptKey(key: string): string {
  const digest = sha1(new TextEncoder().encode(key + GUID));
  const text = new TextEncoder().encode(new TextDecoder().decode(digest));
  return btoa(String.fromCharCode(...text));
}
