/**
 * What Node does with bytes faster than JavaScript can.
 * @module
 */

import { isUtf8 } from 'node:buffer';
import type { ByteTools } from '../bytes.js';

/**
 * Node's memory and its check of UTF-8, as a server or a connection takes them. Short arrays are cut
 * from a piece that others share, and memory is not cleared. A Buffer is written to a socket as it is,
 * where Node makes a new one of any other array.
 */
export const nodeBytes: ByteTools = {
  allocate: (length) => Buffer.allocUnsafe(length),
  isUtf8: (bytes) => isUtf8(bytes),
};
