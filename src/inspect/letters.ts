/**
 * How bytes and fields are shown wherever they are drawn: the letter of a field, the sign of a byte,
 * neighbours with one name as a run.
 * @module
 */

/** What a field is, as a letter: with it, colour is never the only sign. */
export type Letter = 'H' | 'F' | 'L' | 'K' | 'P';

/** The letter of a field at the top, by the parser's names. */
export function letterOf(field: string): Letter {
  if (field === 'fin-rsv-opcode') return 'F';
  if (field === 'mask-length' || field.startsWith('extended-length')) return 'L';
  if (field === 'masking-key') return 'K';
  return field === 'payload' ? 'P' : 'H';
}

/** Whether a byte is a character of ASCII that has a sign, or the space. */
export function isPrintableAscii(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

/** What a byte is as a character of ASCII; a raised dot, which is none, for what has no sign. */
export function signOf(byte: number): string {
  return isPrintableAscii(byte) ? String.fromCharCode(byte) : '·';
}

/** Neighbours with the same name, together: `character` so many times. */
export function runsOf<T>(parts: readonly T[], nameOf: (part: T) => string): T[][] {
  const runs: T[][] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && nameOf(last[0]) === nameOf(part)) last.push(part);
    else runs.push([part]);
  }
  return runs;
}
