/**
 * What may be found in a loop that is worth a look: a code, its values, and the step that shows it.
 * @module
 */

/** Something worth a look. */
export interface Finding {
  /** What it is. */
  readonly code: FindingCode;
  /** What stands in its text: descriptors, bytes, milliseconds. */
  readonly values: Readonly<Record<string, number | string>>;
  /** The number of the event that shows it. */
  readonly seq: number;
  /** Whether it is worked out from times, and may have another cause. */
  readonly inferred: boolean;
}

/** What may be found. */
export const FINDINGS = [
  /** The loop stood still in a call on one descriptor, while others waited. */
  'stood',
  /** Bytes that a short write left were not offered again. */
  'lost',
  /** Bytes of writes that found no room were not offered again. */
  'dropped',
  /** A write was short, and the rest was sent later. */
  'sent-again',
  /** accept failed again and again, at once. */
  'accept-fails',
  /** Gaps of some 40 ms, where connections lack TCP_NODELAY. */
  'delayed-ack',
  /** Waits that found nothing. */
  'empty-waits',
  /** Wakes by the time-out alone. */
  'idle-wakes',
  /** A descriptor whose peer is gone was not closed. */
  'not-closed',
  /** A recv took all the room that it had, and a frame went on behind it. */
  'frame-cut',
  /** A recv took all the room that it had, so a message may be cut. */
  'room-filled',
  /** Waits for one descriptor within a turn, while the loop has others. */
  'hidden-waits',
  /** A call other than a socket's kept a turn. */
  'busy',
] as const;

/** One of them. */
export type FindingCode = (typeof FINDINGS)[number];

/** Takes a finding. @param inferred whether it is worked out from times; default false */
export type Find = (
  code: FindingCode,
  values: Finding['values'],
  seq: number,
  inferred?: boolean,
) => void;
