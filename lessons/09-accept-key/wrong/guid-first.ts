// refused: wrong.order
import { GUID } from 'loopscope';
import { sha1 } from 'loopscope/lesson';

/** Puts the GUID in front. */
export function acceptKey(key: string): string {
  return btoa(String.fromCharCode(...sha1(new TextEncoder().encode(GUID + key))));
}
