/**
 * Looking for bytes as they came, or for a text in what payloads hold, through several streams.
 * @module
 */

import { fromHex, toUtf8 } from '../bytes.js';
import { InspectedFrame } from './frame.js';
import type { Inspection } from './inspection.js';
import type { HarMessage } from './named-streams.js';

/** The bytes of one direction, explained. */
export interface ListedStream {
  readonly bytes: Uint8Array;
  readonly inspection: Inspection;
}

/** What is looked for: bytes anywhere, or a text in what payloads hold. */
export type Wanted = { readonly hex: Uint8Array } | { readonly text: string };

/** Takes a place that was found; false ends the search. */
type Add = (stream: number, offset: number) => boolean;

/**
 * Looks through all streams, in order. Letters of ASCII are found in either case.
 *
 * @returns false where it was told to stop
 */
export function findIn(streams: readonly ListedStream[], wanted: Wanted, add: Add): boolean {
  return 'hex' in wanted
    ? findBytes(streams, wanted.hex, add)
    : findText(streams, wanted.text, add);
}

/** Bytes of hex digits in any spacing; null for what is none. */
export function wantedHex(text: string): Uint8Array | null {
  const bytes = fromHex(text.replace(/0x|[\s:,]/gi, ''));
  return bytes === null || bytes.length === 0 ? null : bytes;
}

/** How many times a message of a HAR holds what is looked for. */
export function countIn({ bytes }: HarMessage, wanted: Wanted): number {
  const [all, sought] =
    'hex' in wanted ? [bytes, wanted.hex] : [folded(bytes), folded(toUtf8(wanted.text))];
  let count = 0;
  eachIn(all, sought, () => ++count > 0);
  return count;
}

function findBytes(streams: readonly ListedStream[], hex: Uint8Array, add: Add): boolean {
  return streams.every(({ bytes }, stream) => eachIn(bytes, hex, (offset) => add(stream, offset)));
}

function findText(streams: readonly ListedStream[], text: string, add: Add): boolean {
  const wanted = folded(toUtf8(text));
  return streams.every(({ bytes, inspection }, stream) => {
    for (const { offset, length } of inspection.handshakes) {
      const head = folded(bytes.subarray(offset, offset + length));
      if (!eachIn(head, wanted, (at) => add(stream, offset + at))) return false;
    }
    for (const frame of inspection.frames) {
      if (!(frame instanceof InspectedFrame)) continue;
      const payload = folded(frame.bytes);
      const start = frame.offset + frame.length - payload.length;
      let isFound = false;
      const isAll = eachIn(payload, wanted, (at) => {
        isFound = true;
        return add(stream, start + at);
      });
      if (!isAll) return false;
      // a text may go over the end of a frame: then it is found where its message ends
      const whole = isFound ? '' : (frame.message?.text ?? '');
      if (whole !== '' && crosses(whole, payload, wanted) && !add(stream, frame.offset)) {
        return false;
      }
    }
    return true;
  });
}

/** Calls for each place, those that lie within one another too, until it is told to stop. */
function eachIn(bytes: Uint8Array, wanted: Uint8Array, found: (at: number) => boolean): boolean {
  const [first] = wanted;
  if (first === undefined) return true;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let length = 1;
    while (length < wanted.length && bytes[at + length] === wanted[length]) length++;
    if (length === wanted.length && !found(at)) return false;
  }
  return true;
}

function crosses(whole: string, payload: Uint8Array, wanted: Uint8Array): boolean {
  const all = folded(toUtf8(whole));
  const from = Math.max(0, all.length - payload.length - wanted.length + 1);
  let isIn = false;
  eachIn(all.subarray(from), wanted, () => {
    isIn = true;
    return false;
  });
  return isIn;
}

/** Capital letters of ASCII as small ones, in a copy. */
function folded(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (let i = 0; i < copy.length; i++) {
    const byte = copy[i] as number;
    if (byte >= 0x41 && byte <= 0x5a) copy[i] = byte + 0x20;
  }
  return copy;
}
