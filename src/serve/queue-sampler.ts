/**
 * How much waits at the sockets of a server that is watched: what libuv has copied into the process,
 * and what lies in the kernel behind it, as /proc/net/tcp has it. It is a sample: the table takes
 * milliseconds to make and is not of one moment, so it is looked at ten times a second at the most.
 * @module
 */

import { type Fd, SocketError } from '../net/net.js';
import type { NodeNet } from '../net/node.js';
import { isListener, readTcpTable, type TcpEntry, TcpState } from '../php/tcp-table.js';
import type { QueueSample, TraceEvent } from '../trace/event.js';

/** Milliseconds from one look to the next. */
const EVERY_MS = 100;

/** States in which FIN has come: the kernel counts it as a byte until it is read. */
const FIN_CAME: ReadonlySet<number> = new Set([
  TcpState.closeWait,
  TcpState.lastAck,
  TcpState.closing,
]);

/** Puts samples into the select steps of one server. */
export class QueueSampler {
  readonly #net: NodeNet;
  readonly #port: number;
  readonly #read: () => TcpEntry[] | null;
  #lookedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param port the server's own
   * @param read makes the table; null where the system has none, and then nothing is sampled
   */
  constructor(net: NodeNet, port: number, read: () => TcpEntry[] | null = readTcpTable) {
    this.#net = net;
    this.#port = port;
    this.#read = read;
  }

  /** A select comes back with `sampled`, unless the last look was just now; any other step as it is. */
  mark(event: TraceEvent): TraceEvent {
    if (event.step !== 'select' || this.#net.now() - this.#lookedAt < EVERY_MS) return event;
    const table = this.#read();
    this.#lookedAt = table === null ? Number.POSITIVE_INFINITY : this.#net.now();
    if (table === null) return event;
    const own = table.filter(({ localPort }) => localPort === this.#port);
    const sampled = event.read.flatMap((fd): QueueSample[] => {
      const length = this.#lengthOf(fd, own);
      return length === null ? [] : [[fd, length]];
    });
    return { ...event, sampled };
  }

  /** Null for one that is gone, or that the table does not tell from another. */
  #lengthOf(fd: Fd, own: readonly TcpEntry[]): number | null {
    try {
      const here = this.#net.queued(fd);
      const { port } = this.#net.getsockname(fd);
      const listener = own.filter((entry) => isListener(entry, port));
      const isListening = here.kind === 'connections';
      const entries = isListening ? listener : own.filter(this.#isEndTo(fd));
      if (entries.length !== 1) return null;
      const [{ state, recvQueue }] = entries as [TcpEntry];
      const bytes = FIN_CAME.has(state) ? Math.max(0, recvQueue - 1) : recvQueue;
      return here.length + bytes;
    } catch (error) {
      if (error instanceof SocketError) return null;
      throw error;
    }
  }

  /** Ports tell connections apart, but for two hosts that happen to use the same: then nobody can tell. */
  #isEndTo(fd: Fd): (entry: TcpEntry) => boolean {
    const { port } = this.#net.getpeername(fd);
    return ({ remotePort, state }) => remotePort === port && state !== TcpState.listen;
  }
}
