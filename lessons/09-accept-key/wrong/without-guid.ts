// refused: wrong.no-guid
import { sha1 } from '../exercise.js';

export { sha1 };

/** Forgets the GUID. */
export async function acceptKey(key: string): Promise<string> {
  return btoa(String.fromCharCode(...(await sha1(new TextEncoder().encode(key)))));
}
