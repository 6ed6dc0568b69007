/**
 * The ground under every floor: bytes joined, and written as hex and back.
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

const DIGITS = new TextEncoder().encode('0123456789abcdef');
const decoder = new TextDecoder();

/** Writes bytes as lower-case hex, two digits each. */
export function toHex(bytes: Uint8Array): string {
  const digits = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    digits[2 * i] = DIGITS[byte >>> 4] as number;
    digits[2 * i + 1] = DIGITS[byte & 15] as number;
  }
  return decoder.decode(digits);
}

/** Reads lower- or upper-case hex; null when it is none, or an odd number of digits. */
export function fromHex(hex: string): Uint8Array | null {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
