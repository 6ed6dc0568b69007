/**
 * Lesson 24: say from a trace which server made it, and mend one that stands still.
 */

import type { Fd, FdSet, Ready, TraceEvent } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * How a loop may be written: with select; with epoll, edge-triggered; as asyncio does it; as libuv, under
 * Node, does it.
 */
export type Kind = 'select' | 'edge' | 'asyncio' | 'libuv';

/**
 * Says from a trace what kind of loop has made it. Go by what the loop does: the names of its calls
 * (`call`) are another system's in one trace, and its descriptors have other numbers.
 *
 * @param events three clients come, some things are said, and they leave; the steps that tell most are
 *   `select`, with `scanned` (descriptors that the kernel had to ask) and `polls` (waits with a time-out of 0
 *   that found nothing, just before this one; absent where there were none), and `again`: a call on `fd`
 *   that got EAGAIN
 */
export function whoMade(events: readonly TraceEvent[]): Kind {
  return todo(`say what has made ${events.length} steps`);
}

/** What the loop below works with. */
export interface Server {
  /** The listening socket. */
  readonly listener: Fd;
  /** The clients, in the order of their coming. */
  readonly clients: readonly Fd[];
  /** For each client the bytes that wait to be sent to it; none at first, and not used below. */
  readonly outboxes: Map<Fd, Uint8Array>;
  /** Which clients select watches for writing; nobody at first. All are watched for reading. */
  readonly write: FdSet;
  /** Takes a client out of the queue, and gives it an empty outbox. */
  accept(): void;
  /** Takes up to 4,096 bytes. None: the client has left. */
  recv(fd: Fd): Uint8Array;
  /** Closes a client, and forgets its outbox and its wish to be written to. */
  leave(fd: Fd): void;
  /** Sends, and never waits. @returns how many bytes the socket took: all, some, or none */
  send(fd: Fd, bytes: Uint8Array): number;
  /** Sends all of it, and waits where the socket has no room. */
  sendAll(fd: Fd, bytes: Uint8Array): Promise<void>;
}

/**
 * One turn, as tutorials write it: what a client says goes to everyone. Mend it: nobody may have to wait
 * for a client that does not read, and in the end everyone has got all of it, in order.
 *
 * @param ready what select has found: `ready.read`, and `ready.write`, both lists of descriptors
 */
export async function turn(server: Server, ready: Ready): Promise<void> {
  for (const fd of ready.read) {
    if (fd === server.listener) {
      server.accept();
      continue;
    }
    const data = server.recv(fd);
    if (data.length === 0) {
      server.leave(fd);
      continue;
    }
    for (const client of server.clients) await server.sendAll(client, data);
  }
}
