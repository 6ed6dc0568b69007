/**
 * The cuts of a stream: the places where TCP may part it, as a list of offsets in order, each behind
 * the first byte and in front of the last. All functions give a new list.
 * @module
 */

/** Cuts at the most; each segment is played and drawn. */
export const MOST_CUTS = 128;

/** Reads `20,40`; `none` is no cut. @returns null for what is none of them */
export function readCuts(text: string): number[] | null {
  if (text === 'none') return [];
  if (!/^\d{1,7}(,\d{1,7})*$/.test(text)) return null;
  const cuts = tidy(text.split(',').map(Number), Number.POSITIVE_INFINITY);
  return cuts.length > MOST_CUTS ? null : cuts;
}

/** Writes cuts as {@link readCuts} reads them. */
export function writeCuts(cuts: readonly number[]): string {
  return cuts.length === 0 ? 'none' : cuts.join(',');
}

/** In order, each once, and those that a stream of this length has. */
export function tidy(cuts: readonly number[], length: number): number[] {
  const inside = cuts.filter((cut) => cut > 0 && cut < length);
  return [...new Set(inside)].sort((a, b) => a - b);
}

/** The stream in pieces; an empty stream has none. */
export function segmentsOf(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  if (bytes.length === 0) return [];
  const ends = [...cuts, bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

/** Moves a cut as far as its neighbours let it. */
export function moveCut(
  cuts: readonly number[],
  index: number,
  to: number,
  length: number,
): number[] {
  const least = (cuts[index - 1] ?? 0) + 1;
  const most = (cuts[index + 1] ?? length) - 1;
  return cuts.map((cut, i) => (i === index ? Math.min(most, Math.max(least, to)) : cut));
}

/**
 * Adds a cut.
 *
 * @param at where; in the middle of the longest segment by default
 * @returns the same cuts where no more can be, or there is one already
 */
export function addCut(cuts: readonly number[], length: number, at?: number): number[] {
  const place = at ?? middleOfLongest(cuts, length);
  return cuts.length >= MOST_CUTS ? [...cuts] : tidy([...cuts, place], length);
}

/** Takes a cut away. */
export function removeCut(cuts: readonly number[], index: number): number[] {
  return cuts.filter((_, i) => i !== index);
}

/** Cuts so that every byte comes by itself, as far as there may be so many. */
export function everyByte(length: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(MOST_CUTS, length - 1)) }, (_, i) => i + 1);
}

function middleOfLongest(cuts: readonly number[], length: number): number {
  const edges = [0, ...cuts, length];
  let [start, longest] = [0, 0];
  for (let i = 1; i < edges.length; i++) {
    const [from = 0, to = 0] = [edges[i - 1], edges[i]];
    if (to - from > longest) [start, longest] = [from, to - from];
  }
  return start + Math.floor(longest / 2);
}
