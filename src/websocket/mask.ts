/**
 * Masking, RFC 6455 section 5.3: byte i of the payload XOR byte i mod 4 of the key. The same
 * operation masks and unmasks.
 * @module
 */

/** Below this many bytes the byte loop wins over setting up a view of words. */
const WORDS_PAY_FROM = 64;

/** Whether a Uint32Array holds its lowest byte first, as all common machines do. */
const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * Masks or unmasks bytes in place.
 *
 * @param bytes changed in place
 * @param maskingKey the four bytes of the key as one unsigned number, first byte highest
 * @param offset where in the payload `bytes` begins: a frame may be unmasked in pieces, and the
 *   key goes on where the piece before ended
 * @see RFC 6455 5.3
 */
export function mask(bytes: Uint8Array, maskingKey: number, offset = 0): void {
  if (bytes.length < WORDS_PAY_FROM) {
    maskBytes(bytes, 0, bytes.length, maskingKey, offset);
    return;
  }
  const head = -bytes.byteOffset & 3; // bytes in front of the first aligned word
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + head, (bytes.length - head) >>> 2);
  const tail = head + words.length * 4;
  const turn = ((offset + head) & 3) * 8;
  const key = turn === 0 ? maskingKey : (maskingKey << turn) | (maskingKey >>> (32 - turn));
  const word = LITTLE_ENDIAN ? swapBytes(key) : key;

  maskBytes(bytes, 0, head, maskingKey, offset);
  for (let i = 0; i < words.length; i++) words[i] = (words[i] as number) ^ word;
  maskBytes(bytes, tail, bytes.length, maskingKey, offset);
}

function maskBytes(bytes: Uint8Array, from: number, to: number, key: number, offset: number): void {
  // #region lesson-mask
  for (let i = from; i < to; i++) {
    bytes[i] = (bytes[i] as number) ^ (key >>> (24 - ((offset + i) & 3) * 8));
  }
  // #endregion
}

function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}
