// refused: wrong.pad
import { fromHex, GUID } from 'loopscope';
import { sha1 } from 'loopscope/lesson';

/** Goes over hex digits, and forgets that a byte below 10 has a zero in front. */
export function acceptKey(key: string): string {
  const digest = sha1(new TextEncoder().encode(key + GUID));
  const hex = [...digest].map((byte) => byte.toString(16)).join('');
  const bytes = fromHex(hex.slice(0, hex.length - (hex.length % 2))) ?? digest;
  return btoa(String.fromCharCode(...bytes));
}
