/**
 * The ground under every floor: bytes joined, and text and hex made of them and back.
 * @module
 */

/**
 * What a machine does with bytes faster than code of ours: handed in, since this runs in a browser
 * too. `nodeBytes` is Node's.
 */
export interface ByteTools {
  /**
   * Takes memory in which anything may stand: whoever asks for it writes all of it.
   *
   * @param length bytes
   * @returns an array of so many, perhaps of a subclass of Uint8Array
   */
  allocate(length: number): Uint8Array;
  /** Tells whether bytes are UTF-8 that begins and ends between two characters. */
  isUtf8(bytes: Uint8Array): boolean;
}

/** Copies several arrays into one. */
export function joinBytes(
  parts: readonly Uint8Array[],
  tools: ByteTools | null = null,
): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = tools?.allocate(length) ?? new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const encoder = new TextEncoder();

/** A byte order mark is a character like any other: `ignoreBOM` keeps it. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

/** Writes a text in UTF-8; half of a surrogate pair becomes U+FFFD. */
export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Reads UTF-8, a byte order mark as a character too; null when it is none, or not whole. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** Reads UTF-8 as far as it is such: U+FFFD stands for what is not. */
export function fromUtf8Lossy(bytes: Uint8Array): string {
  return lossy.decode(bytes);
}

const DIGITS = toUtf8('0123456789abcdef');

/** Writes bytes as lower-case hex, two digits each. */
export function toHex(bytes: Uint8Array): string {
  const digits = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    digits[2 * i] = DIGITS[byte >>> 4] as number;
    digits[2 * i + 1] = DIGITS[byte & 15] as number;
  }
  return lossy.decode(digits);
}

/** Reads lower- or upper-case hex; null when it is none, or an odd number of digits. */
export function fromHex(hex: string): Uint8Array | null {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
