// refused: wrong.alphabet
import { acceptKey as right } from '../solution.js';

export { sha1 } from '../exercise.js';

/** Writes the base64 of URLs, which has other signs in two places and no `=`. */
export async function acceptKey(key: string): Promise<string> {
  return (await right(key)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
