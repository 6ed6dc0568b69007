// refused: wrong.no-await
import { GUID } from 'loopscope';
import { sha1 } from '../solution.js';

export { sha1 };

/** Makes bytes of a promise: there are none in it. */
export async function acceptKey(key: string): Promise<string> {
  const digest: unknown = sha1(new TextEncoder().encode(key + GUID));
  return Buffer.from(new Uint8Array(digest as ArrayBuffer)).toString('base64');
}
