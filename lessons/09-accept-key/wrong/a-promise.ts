// refused: wrong.promise
import { GUID } from 'loopscope';

/** Asks the Web's own SHA-1, which answers later: the turn that asks is over by then. */
export async function acceptKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(key + GUID));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
