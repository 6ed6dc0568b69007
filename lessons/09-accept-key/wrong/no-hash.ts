// refused: wrong.no-hash
import { GUID } from 'loopscope';

export { sha1 } from '../solution.js';

/** Joins and writes in base64; what SHA-1 is for is forgotten. */
export async function acceptKey(key: string): Promise<string> {
  return btoa(key + GUID);
}
