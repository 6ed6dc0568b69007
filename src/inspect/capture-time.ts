/**
 * The times of a capture: nanoseconds since 1970, which a number cannot hold, and how finely the
 * capture knew them. They are written with as many decimals as that, and no more.
 * @module
 */

/** When something was captured. */
export interface CaptureTime {
  /** Nanoseconds since 1970, UTC. */
  readonly ns: bigint;
  /** Decimals of a second that the capture knows, at most 9. */
  readonly digits: number;
}

const SECOND = 1_000_000_000n;

/** Nanoseconds out of a count of units, of which there are so many in a second. */
export function nanoseconds(units: bigint, unitsPerSecond: bigint): bigint {
  return (units * SECOND) / unitsPerSecond;
}

/** Writes a time as RFC 3339 has it: `2023-11-14T22:13:20.000001Z`. */
export function dateOf({ ns, digits }: CaptureTime): string {
  const seconds = ns / SECOND;
  const date = new Date(Number(seconds) * 1000).toISOString().replace(/\.\d*Z$/, '');
  return `${date}${fraction(ns % SECOND, digits)}Z`;
}

/** Writes the seconds from one time to another: `0.000021`, or with `-` where the capture went back. */
export function secondsBetween(from: CaptureTime, to: CaptureTime): string {
  const between = to.ns - from.ns;
  const size = between < 0n ? -between : between;
  const digits = Math.max(from.digits, to.digits);
  return `${between < 0n ? '-' : ''}${size / SECOND}${fraction(size % SECOND, digits)}`;
}

function fraction(ns: bigint, digits: number): string {
  return digits === 0 ? '' : `.${String(ns).padStart(9, '0').slice(0, digits)}`;
}
