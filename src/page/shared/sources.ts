/**
 * A highlighted source as data. It is made while the page is built (tools/page-sources.ts).
 * @module
 */

/** What a word is: keyword, comment, string, number, function, type, variable, or nothing special. */
export type WordKind = 'k' | 'c' | 's' | 'n' | 'f' | 't' | 'v' | '';

/** One line of a source. */
export interface SourceLine {
  /** Its number in the file, from 1. */
  number: number;
  /** Its words from left to right, each with its kind. */
  words: readonly (readonly [kind: WordKind, text: string])[];
}

/** The lines of a file that belong to a step. */
export interface SourceRegion {
  /** The step. */
  name: string;
  /** The number of its first line. */
  from: number;
  /** The number of its last line. */
  to: number;
}

/** A file, without the marks of its regions. */
export interface SourceFile {
  /** Its path in the package. */
  file: string;
  /** Its lines in order. */
  lines: readonly SourceLine[];
  /** Its regions in order. */
  regions: readonly SourceRegion[];
}

/** A few lines of a file, and how many of the same step stand above and below them. */
export interface Strip {
  /** The lines in order. */
  readonly lines: readonly SourceLine[];
  /** Lines of the step that are left out above. */
  readonly above: number;
  /** Lines of the step that are left out below. */
  readonly below: number;
}

/**
 * A strip around a line: of the step alone where it is longer than that, else with what stands around it.
 *
 * @param call the number of the line that must be in it
 * @param length how many lines, where the file has as many
 */
export function stripOf(
  { lines }: SourceFile,
  { from, to }: SourceRegion,
  call: number,
  length: number,
): Strip {
  const isIn = ({ number }: SourceLine): boolean => number >= from && number <= to;
  const first = lines.findIndex(isIn);
  const end = lines.findLastIndex(isIn) + 1;
  const at = lines.findIndex(({ number }) => number === call);
  const isLong = end - first > length;
  const wanted = isLong
    ? Math.min(Math.max(first, at - (length >> 1)), end - length)
    : first - ((length - (end - first)) >> 1);
  const start = Math.max(0, Math.min(wanted, lines.length - length));
  const stop = Math.min(lines.length, start + length);
  return {
    lines: lines.slice(start, stop),
    above: Math.max(0, start - first),
    below: Math.max(0, end - stop),
  };
}

/** The text of a line. */
export function textOf({ words }: SourceLine): string {
  return words.map(([, text]) => text).join('');
}
