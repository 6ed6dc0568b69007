/**
 * What the PHP original would make of the same bytes: one recv of up to 2,048 bytes at a time, each
 * taken for one frame. Reads with the mirror's own functions, which are as wrong as the original's.
 * @module
 */

import { findKey, textOf, unmask } from '../chat/original.js';
import { phpJsonDecode } from '../chat/php-json.js';
import { looselyEquals, phpIndex } from '../chat/php-values.js';
import { Opcode } from '../websocket/frame.js';
import { quoted } from './characters.js';
import { handshakeAt } from './handshake.js';
import type { FrameInspection, HandshakeInspection, OriginalRead } from './inspection.js';
import type { Meanings } from './meanings.js';

/** What one recv of the original takes at the most. */
export const ORIGINAL_RECV_LENGTH = 2_048;

/** What the inspection has found of the bytes that a client sent. */
export interface ClientBytes {
  readonly input: Uint8Array;
  readonly handshakes: readonly HandshakeInspection[];
  readonly frames: readonly FrameInspection[];
  /** The frame of which only a part is here, or null. */
  readonly restAt: number | null;
  /** The lengths of the pieces as they came; without them, all came at once. */
  readonly arrivals: readonly number[];
  readonly meanings: Meanings;
}

/** Tells what each recv of the original makes of its bytes, until it logs the client out. */
export function originalReads(bytes: ClientBytes): OriginalRead[] {
  const { input, handshakes } = bytes;
  const reads: OriginalRead[] = [];
  const request = handshakes.find(({ direction }) => direction === 'client');
  let shaken =
    request === undefined && !(bytes.restAt === 0 && handshakeAt(input, 0) === 'request');
  let next = 0; // the first frame that is not wholly behind us
  for (const [offset, length] of pieces(input.length, bytes.arrivals)) {
    const recv = { offset, length };
    const piece = input.subarray(offset, offset + length);
    if (length < 9) {
      reads.push({ recv, reads: bytes.meanings.originalLogout({ length }), defect: 'D01' });
      break; // the socket is closed
    }
    if (!shaken) {
      shaken = true;
      reads.push({ recv, ...asRequest(piece, offset, request, bytes.meanings) });
      continue;
    }
    while (next < bytes.frames.length && endOf(bytes.frames[next]) <= offset) next++;
    reads.push({ recv, ...asFrame(piece, offset, bytes, next) });
  }
  return reads;
}

function* pieces(length: number, arrivals: readonly number[]): Generator<[number, number]> {
  let offset = 0;
  for (const arrival of [...arrivals, Number.POSITIVE_INFINITY]) {
    const end = Math.min(length, offset + arrival);
    while (offset < end) {
      const taken = Math.min(ORIGINAL_RECV_LENGTH, end - offset);
      yield [offset, taken];
      offset += taken;
    }
  }
}

type Reading = Omit<OriginalRead, 'recv'>;

function asRequest(
  piece: Uint8Array,
  offset: number,
  request: HandshakeInspection | undefined,
  meanings: Meanings,
): Reading {
  const key = textOf(Uint8Array.from(findKey(piece), (character) => character.charCodeAt(0)));
  const end = request === undefined ? Number.POSITIVE_INFINITY : request.offset + request.length;
  const behind = offset + piece.length - end;
  const numbers = { key: quoted(key), whole: behind >= 0, behind: 0 };
  const reads = meanings.originalRequest(numbers);
  if (behind < 0) return { reads, defect: 'D09' };
  if ((request?.problems.length ?? 0) > 0) return { reads, defect: 'D08' };
  if (key !== request?.key) return { reads, defect: 'D25' };
  if (behind === 0) return { reads, defect: null };
  return { reads: meanings.originalRequest({ ...numbers, behind }), defect: 'D10' };
}

function asFrame(piece: Uint8Array, offset: number, bytes: ClientBytes, next: number): Reading {
  const decoded = unmask(piece);
  const shown = quoted(textOf(decoded), 40);
  const defect = whyNot(piece, offset, bytes, next);
  const understood = defect !== null || isUnderstood(decoded);
  const { length } = decoded;
  const reads = bytes.meanings.originalFrame({ length, shown, understood });
  return { reads, defect: understood ? defect : 'D14' };
}

/** The first of its mistakes that this piece meets. */
function whyNot(
  piece: Uint8Array,
  offset: number,
  bytes: ClientBytes,
  next: number,
): string | null {
  const frame = bytes.frames[next];
  const end = offset + piece.length;
  if (frame === undefined || frame.offset !== offset || endOf(frame) > end || isCut(bytes, end)) {
    const long = frame !== undefined && frame.length > ORIGINAL_RECV_LENGTH;
    return long ? 'D05' : 'D04';
  }
  if (endOf(frame) < end) return 'D03';
  const { header, payload } = frame;
  if (header.masked === false) return 'D12';
  if (header.opcode === Opcode.close) return 'D30';
  if (header.opcode === Opcode.ping) return 'D06';
  if (!header.fin || header.opcode === Opcode.continuation) return 'D07';
  if (header.opcode !== Opcode.text || header.rsv1 || header.rsv2 || header.rsv3) return 'D11';
  return payload.text === undefined ? 'D36' : null;
}

/** Whether the piece ends within the frame that the input ends within. */
function isCut({ restAt, frames }: ClientBytes, end: number): boolean {
  return restAt !== null && end > restAt && frames.every((frame) => frame.offset !== restAt);
}

function isUnderstood(decoded: Uint8Array): boolean {
  const type = phpIndex(phpJsonDecode(decoded), 'type');
  return ['login', 'logout', 'user'].some((word) => looselyEquals(type, word));
}

function endOf(frame: FrameInspection | undefined): number {
  return frame === undefined ? 0 : frame.offset + frame.length;
}
