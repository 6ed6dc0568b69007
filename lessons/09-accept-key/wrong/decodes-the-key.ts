// refused: wrong.decoded
import { GUID } from 'loopscope';
import { sha1 } from '../solution.js';

export { sha1 };

/** Takes the 16 bytes behind the key's base64. */
export async function acceptKey(key: string): Promise<string> {
  const bytes = [...`${atob(key)}${GUID}`].map((character) => character.charCodeAt(0));
  const digest = await sha1(Uint8Array.from(bytes));
  return btoa(String.fromCharCode(...digest));
}
