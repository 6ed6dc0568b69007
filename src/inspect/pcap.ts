/**
 * The records of classic pcap: a header of the file, and one in front of each packet.
 * @see draft-ietf-opsawg-pcap
 * @module
 */

import { failing } from '../texts/errors.js';
import { CaptureError, type FileForm, LONGEST_RECORD, type Part } from './capture-form.js';
import { type CaptureTime, nanoseconds } from './capture-time.js';
import type { InspectionSay } from './words.js';

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;

/** Bytes of the header of a file. */
export const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** Whether a classic file is little-endian; null when it is none. */
export function classicOrder(view: DataView): boolean | null {
  for (const little of [true, false]) {
    const magic = view.getUint32(0, little);
    if (magic === MICROSECONDS || magic === NANOSECONDS) return little;
  }
  return null;
}

/**
 * How the records behind a file's header are read.
 *
 * @param header the beginning of the file
 * @throws CaptureError for another version
 */
export function classicForm({ view }: Part, say: InspectionSay): FileForm {
  const little = classicOrder(view) === true;
  const isNano = view.getUint32(0, little) === NANOSECONDS;
  const version = view.getUint16(4, little);
  if (version !== 2) throw failing(CaptureError, 'capture.pcap', { version });
  const linkType = view.getUint32(20, little) & 0xffff; // above it stand the lengths of checksums
  const notes: string[] = [];
  let number = 0;
  const stop = () => {
    notes.push(say('capture.ends-in-packet', { number: number + 1 }));
    return 'stop' as const;
  };
  return {
    notes,
    next({ bytes, view, base }, at) {
      const start = at + RECORD_HEADER;
      if (start > bytes.length) return RECORD_HEADER;
      const kept = view.getUint32(at + 8, little);
      if (kept > LONGEST_RECORD) return stop();
      if (start + kept > bytes.length) return RECORD_HEADER + kept;
      const length = Math.max(kept, view.getUint32(at + 12, little));
      const time = timeAt(view, at, little, isNano);
      const packet = { number: ++number, linkType, bytes: bytes.subarray(start, start + kept) };
      return { end: start + kept, packet: { ...packet, offset: base + start, length, time } };
    },
    cut({ bytes }) {
      if (bytes.length > 0) stop();
    },
  };
}

function timeAt(view: DataView, at: number, little: boolean, isNano: boolean): CaptureTime {
  const seconds = BigInt(view.getUint32(at, little)) * 1_000_000_000n;
  const units = BigInt(view.getUint32(at + 4, little));
  return {
    ns: seconds + nanoseconds(units, isNano ? 1_000_000_000n : 1_000_000n),
    digits: isNano ? 9 : 6,
  };
}
