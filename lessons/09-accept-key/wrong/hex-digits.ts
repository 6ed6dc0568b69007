// refused: wrong.hex
import { GUID, toHex } from 'loopscope';
import { sha1 } from '../exercise.js';

export { sha1 };

/** Makes base64 of the 40 hex digits, as PHP's sha1 gives them unless it is told otherwise. */
export async function acceptKey(key: string): Promise<string> {
  return btoa(toHex(await sha1(new TextEncoder().encode(key + GUID))));
}
