/**
 * The calls that move bytes, in one form: recv(2), read(2), sendto(2), writev(2) and their kin.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Call } from './calls.js';
import { bytesOf, fieldsOf, listOf, numberOf, type Value } from './values.js';

/** What was moved, or was to be. */
export interface Transfer {
  readonly direction: 'in' | 'out';
  /** The descriptor's place among the arguments. */
  readonly fd: Value | undefined;
  /** Bytes that were asked for, or offered; null where they are not known. */
  readonly room: number | null;
  /** The bytes themselves, or their beginning. */
  readonly bytes: Uint8Array;
  /** Whether those are all. */
  readonly whole: boolean;
  /** MSG_PEEK: what was looked at stays. */
  readonly peeks: boolean;
}

/** Reads a call that moves bytes; null for any other. */
export function readTransfer(call: Call): Transfer | null {
  const { name, args } = call;
  const peeks = args.some((arg) => arg.kind === 'word' && arg.text.includes('MSG_PEEK'));
  switch (name) {
    case 'recv':
    case 'recvfrom':
    case 'read':
      return { ...plain(call, 'in'), peeks };
    case 'send':
    case 'sendto':
    case 'write':
      return plain(call, 'out');
    case 'recvmsg':
      return { ...vector(call, 'in', listOf(fieldsOf(args[1]).get('msg_iov'))), peeks };
    case 'sendmsg':
      return vector(call, 'out', listOf(fieldsOf(args[1]).get('msg_iov')));
    case 'readv':
      return vector(call, 'in', listOf(args[1]));
    case 'writev':
      return vector(call, 'out', listOf(args[1]));
    case 'sendfile':
    case 'sendfile64': {
      const room = numberOf(args[3]);
      const none = { bytes: new Uint8Array(0), whole: room === 0, peeks: false };
      return { direction: 'out', fd: args[0], room, ...none };
    }
    default:
      return null;
  }
}

function plain({ args, result }: Call, direction: Transfer['direction']): Transfer {
  const room = numberOf(args[2]);
  return transfer(direction, args[0], room, bytesOf(args[1]), isWhole(args[1]), result);
}

function vector(
  { args, result }: Call,
  direction: Transfer['direction'],
  pieces: readonly Value[],
): Transfer {
  const fields = pieces.map(fieldsOf);
  const room = fields.reduce((sum, one) => sum + (numberOf(one.get('iov_len')) ?? 0), 0);
  // behind a piece that is not whole nothing can be said to be next
  const cut = fields.findIndex((one) => !isWhole(one.get('iov_base')));
  const known = cut < 0 ? fields : fields.slice(0, cut + 1);
  const bytes = joinBytes(known.map((one) => bytesOf(one.get('iov_base'))));
  return transfer(direction, args[0], room, bytes, cut < 0, result);
}

function transfer(
  direction: Transfer['direction'],
  fd: Value | undefined,
  room: number | null,
  all: Uint8Array,
  whole: boolean,
  result: number | null,
): Transfer {
  const moved = direction === 'in' ? Math.max(0, result ?? 0) : (room ?? all.length);
  const bytes = all.subarray(0, moved);
  return { direction, fd, room, bytes, whole: whole && bytes.length === moved, peeks: false };
}

function isWhole(value: Value | undefined): boolean {
  return value?.kind === 'string' ? value.whole : false;
}
