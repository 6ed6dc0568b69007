/**
 * What select, poll and epoll would have had to do for the same turns, counted; and two servers to
 * count it on. Made for lesson 20.
 */

import {
  type Fd,
  FdSet,
  type Net,
  type Program,
  type Ready,
  runLoop,
  type SelectStep,
  SocketError,
  type Step,
  type TraceEvent,
} from 'loopscope';
import type { Networks } from 'loopscope/lesson';

/** The three calls that wait for many descriptors on Linux. */
export type Model = 'select' | 'poll' | 'epoll';
/** What one turn watched, and what was ready in it. */
export type Turn = Pick<SelectStep, 'read' | 'write' | 'readyRead' | 'readyWrite'>;

const NONE = new FdSet();

/** Counts the descriptors that the kernel has to go through in these turns. */
export function countWork(turns: readonly Turn[], model: Model): number {
  let work = 0;
  let before = new Map<Fd, string>();
  for (const turn of turns) {
    const now = wishes(turn);
    // #region lesson-work
    if (model === 'select') work += Math.max(...now.keys()) + 1;
    if (model === 'poll') work += now.size;
    if (model === 'epoll') work += changes(before, now) + readyIn(turn);
    // #endregion
    before = now;
  }
  return work;
}

/** Watched descriptors, each with what for. */
function wishes({ read, write }: Turn): Map<Fd, string> {
  const found = new Map<Fd, string>(read.map((fd) => [fd, 'r']));
  for (const fd of write) found.set(fd, `${found.get(fd) ?? ''}w`);
  return found;
}

/** Calls of epoll_ctl: who is new, who is gone, whose wish is another. */
function changes(before: Map<Fd, string>, now: Map<Fd, string>): number {
  const gone = [...before.keys()].filter((fd) => !now.has(fd));
  return gone.length + [...now].filter(([fd, wish]) => before.get(fd) !== wish).length;
}

function readyIn({ readyRead, readyWrite }: Turn): number {
  return new Set([...readyRead, ...readyWrite]).size;
}

/** The turns of a trace. */
export function turnsOf(events: readonly TraceEvent[]): SelectStep[] {
  return events.filter((event) => event.step === 'select');
}

/** An evening of {@link chat}. */
export interface Evening {
  /** What the server's loop did. */
  events: TraceEvent[];
  /** Descriptors that our own select looked at. */
  examined: number;
}

/** Clients connect one after the other and are silent; then one more says some lines to an echo. */
export async function chat(networks: Networks, idle: number, lines: number): Promise<Evening> {
  const { server: net, client, address } = networks;
  const listener = await net.listen(address);
  const server = new Echo(net, listener);
  const events: TraceEvent[] = [];
  const running = runLoop(net, server, (event) => void events.push(event));
  const table = client('clients');
  for (let i = 0; i < idle; i++) await table.connect(net.getsockname(listener));
  const fd = await table.connect(net.getsockname(listener));
  const fds = new FdSet([fd]);
  for (let i = 0; i < lines; i++) {
    table.send(fd, new Uint8Array(32));
    await table.select(fds, NONE, NONE);
    table.recv(fd, 32);
  }
  const { examined } = server;
  for (let open = 3; open <= idle + 3; open++) table.close(open);
  server.stop();
  await running;
  return {
    events: events.slice(
      0,
      events.findLastIndex(({ step }) => step === 'select'),
    ),
    examined,
  };
}

class Echo implements Program {
  readonly read: FdSet;
  readonly write = NONE;
  watched = false;
  examined = 0;
  readonly #net: Net;
  readonly #listener: Fd;
  #stopping = false;

  constructor(net: Net, listener: Fd) {
    this.#net = net;
    this.#listener = listener;
    this.read = new FdSet([listener]);
  }

  timeoutMs(): null {
    return null;
  }

  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  *turn({ read: ready, examined }: Ready): Generator<Step, void, void> {
    this.examined += examined;
    if (this.#stopping) {
      for (const fd of [...this.read]) {
        this.#net.close(fd);
        this.read.delete(fd);
      }
      return;
    }
    for (const fd of ready) {
      if (fd === this.#listener) {
        const accepted = this.#net.accept(fd);
        this.read.add(accepted);
        yield { step: 'accept', listener: fd, fd: accepted, ...this.#net.getpeername(accepted) };
        continue;
      }
      const bytes = this.#net.recv(fd, 2_048);
      yield { step: 'recv', fd, bytes };
      if (bytes.length > 0) this.#net.send(fd, bytes);
      else {
        this.read.delete(fd);
        this.#net.close(fd);
      }
    }
  }
}

/** Six clients say a byte each. @returns which the server has heard, or what select said */
export async function sixClients({ server: net, client, address }: Networks): Promise<string> {
  const listener = await net.listen(address);
  const read = new FdSet([listener]);
  const table = client('clients');
  for (let i = 0; i < 6; i++) {
    const fd = await table.connect(net.getsockname(listener));
    await net.select(new FdSet([listener]), NONE, NONE);
    read.add(net.accept(listener));
    table.send(fd, Uint8Array.of(33));
  }
  const heard = new Set<Fd>();
  try {
    for (let isLate = false; !isLate; ) {
      const ready = await net.select(read, NONE, NONE, 50);
      for (const fd of ready.read) if (net.recv(fd, 1).length > 0) heard.add(fd);
      isLate = ready.read.length === 0;
    }
    return `heard fd ${[...heard].sort((a, b) => a - b).join(' ')} of ${[...read].slice(1).join(' ')}`;
  } catch (error) {
    if (error instanceof SocketError) return error.message.replace(/;.*/, '');
    throw error;
  } finally {
    for (const fd of read) net.reset(fd);
    for (let fd = 3; fd < 9; fd++) table.reset(fd);
  }
}
