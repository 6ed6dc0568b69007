// refused: wrong.order
import { GUID } from 'loopscope';
import { sha1 } from '../exercise.js';

export { sha1 };

/** Puts the GUID in front. */
export async function acceptKey(key: string): Promise<string> {
  return btoa(String.fromCharCode(...(await sha1(new TextEncoder().encode(GUID + key)))));
}
