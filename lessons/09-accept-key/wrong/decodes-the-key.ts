// refused: wrong.decoded
import { GUID } from 'loopscope';
import { sha1 } from 'loopscope/lesson';

/** Takes the 16 bytes behind the key's base64. */
export function acceptKey(key: string): string {
  const bytes = [...`${atob(key)}${GUID}`].map((character) => character.charCodeAt(0));
  const digest = sha1(Uint8Array.from(bytes));
  return btoa(String.fromCharCode(...digest));
}
