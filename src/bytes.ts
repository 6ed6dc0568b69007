/**
 * The ground under every floor: bytes joined, and text and hex made of them and back.
 * @module
 */

/** Copies several arrays into one. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
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
