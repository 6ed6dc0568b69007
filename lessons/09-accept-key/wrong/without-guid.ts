// refused: wrong.no-guid
import { sha1 } from 'loopscope/lesson';

/** Forgets the GUID. */
export function acceptKey(key: string): string {
  return btoa(String.fromCharCode(...sha1(new TextEncoder().encode(key))));
}
