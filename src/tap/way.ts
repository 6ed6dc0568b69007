/**
 * One direction of a connection of the tap's: what waits in it, and whom select is asked about.
 * @module
 */

import { type Fd, type FdSet, type Net, SocketError } from '../net/net.js';
import type { Role } from '../websocket/frame.js';
import type { RequestRewriter } from './rewriter.js';

/** One direction of a connection: what its sender sends goes to the other end. */
export interface Way {
  readonly sender: Role;
  readonly from: Fd;
  readonly to: Fd;
  /** Writes the requests of a client anew, where the server has a name of its own. */
  readonly rewriter: RequestRewriter | null;
  /** What the receiver has not taken yet; while there is some, the sender is not read. */
  rest: Uint8Array | null;
  /** FIN came; and it was passed on, behind all that came before it. */
  fin: boolean;
  finSent: boolean;
  /** The receiver is gone: nothing more can be passed on. */
  broken: boolean;
  /** Bytes that came. */
  passed: number;
  sentClose: boolean;
}

/** A direction in which nothing has come. */
export function newWay(
  sender: Role,
  from: Fd,
  to: Fd,
  rewriter: RequestRewriter | null = null,
): Way {
  const none = { fin: false, finSent: false, broken: false, sentClose: false };
  return { sender, from, to, rewriter, rest: null, passed: 0, ...none };
}

/** Sends what there is, of which the receiver may take a part. @returns bytes taken */
export function sendOn(net: Net, way: Way): number {
  if (way.rest === null) return 0;
  try {
    const taken = net.send(way.to, way.rest);
    way.rest = taken < way.rest.length ? way.rest.subarray(taken) : null;
    return taken;
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    way.broken = error.code !== 'EAGAIN';
    if (way.broken) way.rest = null;
    return 0;
  }
}

/** Whom select is asked about follows from what waits. */
export function watchWay(
  { read, write }: { readonly read: FdSet; readonly write: FdSet },
  { from, to, rest, fin, finSent, broken }: Way,
): void {
  const waits = rest !== null || (fin && !finSent);
  if (rest !== null || fin || broken) read.delete(from);
  else read.add(from);
  if (waits && !broken) write.add(to);
  else write.delete(to);
}
