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

/**
 * A region in its surroundings.
 *
 * @param around so many lines above it and below it, where there are as many
 */
export function surroundings(
  { lines }: SourceFile,
  { from, to }: SourceRegion,
  around: number,
): readonly SourceLine[] {
  return lines.filter(({ number }) => number >= from - around && number <= to + around);
}
