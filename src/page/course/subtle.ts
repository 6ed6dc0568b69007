/**
 * `crypto.subtle.digest` where a browser has none: over plain HTTP from another machine.
 * @module
 */

import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';

const HASHES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'SHA-1': sha1,
  'SHA-256': sha256,
};

/** Adds it. */
export function addSubtleCrypto(): void {
  if (crypto.subtle !== undefined) return;
  const digest = async (name: string, data: BufferSource): Promise<ArrayBuffer> => {
    const hash = HASHES[name];
    if (hash === undefined) throw new DOMException('Unrecognized name.', 'NotSupportedError');
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    return hash(bytes).slice().buffer as ArrayBuffer;
  };
  Object.defineProperty(crypto, 'subtle', { value: { digest } });
}
