// refused: wrong.no-await
import { GUID } from 'loopscope';
import { sha1 } from '../solution.js';

export { sha1 };

/** Takes the promise of a digest for the digest. */
export async function acceptKey(key: string): Promise<string> {
  const digest = sha1(new TextEncoder().encode(key + GUID));
  return btoa(String.fromCharCode(...(digest as unknown as Uint8Array)));
}
