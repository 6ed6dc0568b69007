/**
 * Bytes in the address: hex, bounded, since addresses are.
 * @module
 */

import { toHex } from '../../bytes.js';
import { readHex } from '../../inspect/forms.js';
import type { Parameter } from '../address.js';

/** Bytes that an address can hold. */
export const MOST_IN_ADDRESS = 2_048;

/** What the address says of bytes that are too many for it: the tab keeps them. */
export const KEPT = 'kept';

/** A parameter that holds 1 to {@link MOST_IN_ADDRESS} bytes in hex. @param fallback hex, or '' for none */
export function hexParameter(fallback: string): Parameter {
  return {
    fallback,
    mend: (text) => {
      const bytes = text.length > 4 * MOST_IN_ADDRESS ? null : readHex(text);
      if (bytes === null || bytes.length === 0 || bytes.length > MOST_IN_ADDRESS) return null;
      return toHex(bytes);
    },
  };
}
