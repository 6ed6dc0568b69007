// refused: wrong.alphabet
import { acceptKey as right } from '../solution.js';

/** Writes the base64 of URLs, which has other signs in two places and no `=`. */
export function acceptKey(key: string): string {
  return right(key).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
