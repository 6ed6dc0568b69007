// refused: wrong.no-hash
import { GUID } from 'loopscope';

/** Joins and writes in base64; what SHA-1 is for is forgotten. */
export function acceptKey(key: string): string {
  return btoa(key + GUID);
}
