// refused: wrong.numbers
import { GUID } from 'loopscope';
import { sha1 } from 'loopscope/lesson';

/** Gives the array to btoa, which makes a text of it as JavaScript does: numbers and commas. */
export function acceptKey(key: string): string {
  const digest = sha1(new TextEncoder().encode(key + GUID));
  return btoa(String(digest));
}
