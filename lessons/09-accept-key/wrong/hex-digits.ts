// refused: wrong.hex
import { GUID, toHex } from 'loopscope';
import { sha1 } from 'loopscope/lesson';

/** Makes base64 of the 40 hex digits, as PHP's sha1 gives them unless it is told otherwise. */
export function acceptKey(key: string): string {
  return btoa(toHex(sha1(new TextEncoder().encode(key + GUID))));
}
