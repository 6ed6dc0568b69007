/**
 * Loops that do too much: one that wakes up for nothing, and one that serves one client until it is
 * empty. Made for lesson 18.
 */

import {
  type Address,
  type Fd,
  FdSet,
  type Net,
  type Program,
  type Ready,
  runLoop,
  SocketError,
  type Step,
  type TraceEvent,
} from 'loopscope';
import type { Networks } from 'loopscope/lesson';

const NONE = new FdSet();
/** Bytes of a line. Dealing with one takes a millisecond. */
const LINE = 64;
/** Most bytes that one recv takes: four lines. */
const RECV_LENGTH = 256;

/** Counts how often select returns in a time in which nothing happens but that a client connects. */
export async function wakeUps(
  { server, client, address }: Networks,
  timeoutMs: number | null,
  forMs: number,
): Promise<number> {
  const listener = await server.listen(address);
  const guest = client('guest');
  const fd = await guest.connect(server.getsockname(listener));
  const read = new FdSet([listener]);
  const end = server.now() + forMs;
  let isOver = false; // a timer may come a moment before the clock says so
  const over = guest.select(NONE, NONE, NONE, forMs).then(() => {
    isOver = true;
    server.interrupt();
  });
  let count = 0;
  for (; !isOver && server.now() < end; count++) {
    const ready = await server.select(read, NONE, NONE, timeoutMs);
    for (const one of ready.read) accept(server, one, read);
  }
  await over;
  guest.reset(fd);
  for (const one of read) server.reset(one);
  return count;
}

/** Enters a client. Out of descriptors it does nothing, as the PHP original. */
function accept(net: Net, listener: Fd, read: FdSet): void {
  try {
    const fd = net.accept(listener);
    if (fd !== listener) read.add(fd);
  } catch (error) {
    if (!(error instanceof SocketError) || error.code !== 'EMFILE') throw error;
  }
}

/** How a client is served that has said much. */
export type Style = 'one recv' | 'until empty';

/** What happened, and how long each waited for its answer, in milliseconds. */
export interface Talk {
  /** What the server's loop did. */
  events: TraceEvent[];
  /** By name. */
  waited: Map<string, number>;
}

/** Bob says 200 lines at once. Ada and Grace say one each, behind him. */
export async function talk(networks: Networks, style: Style): Promise<Talk> {
  const { server: net, client, address } = networks;
  const server = new Answerer(net, style);
  const at = await server.listen(address);
  const events: TraceEvent[] = [];
  const running = runLoop(net, server, (event) => {
    events.push(event);
    // the work on what was said: the loop stands still for so long, and time goes on
    return event.step === 'recv' ? work(net, event.bytes.length) : undefined;
  });
  const waited = new Map<string, number>();
  const talks: Promise<void>[] = [];
  for (const [name, lines] of [
    ['Bob', 200],
    ['Ada', 1],
    ['Grace', 1],
  ] as const) {
    const table = client(name);
    const fd = await table.connect(at);
    talks.push(say(table, fd, lines).then((ms) => void waited.set(name, ms)));
  }
  await Promise.all(talks);
  server.stop();
  await running;
  return { events, waited };
}

function work(net: Net, bytes: number): Promise<void> {
  return net.select(NONE, NONE, NONE, bytes / LINE).then(() => undefined);
}

/** Says lines, and waits until all are answered. @returns for how long */
async function say(net: Net, fd: Fd, lines: number): Promise<number> {
  const start = net.now();
  net.send(fd, new Uint8Array(lines * LINE));
  const read = new FdSet([fd]);
  for (let answers = 0; answers < lines; ) {
    await net.select(read, NONE, NONE);
    answers += net.recv(fd, 2_048).length;
  }
  const ms = net.now() - start;
  net.close(fd);
  return ms;
}

/** A server that answers each line with one byte. */
class Answerer implements Program {
  readonly read = new FdSet();
  readonly write = NONE;
  watched = false;
  readonly #net: Net;
  readonly #style: Style;
  #listener: Fd = -1;
  #stopping = false;

  constructor(net: Net, style: Style) {
    this.#net = net;
    this.#style = style;
  }

  async listen(address: Address): Promise<Address> {
    this.#listener = await this.#net.listen(address);
    this.read.add(this.#listener);
    return this.#net.getsockname(this.#listener);
  }

  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): null {
    return null;
  }

  *turn({ read: ready }: Ready): Generator<Step, void, void> {
    for (const fd of ready) {
      if (fd === this.#listener) this.read.add(this.#net.accept(fd));
      else yield* this.#serve(fd);
    }
    if (this.#stopping) for (const fd of [...this.read]) this.#close(fd);
  }

  *#serve(fd: Fd): Generator<Step> {
    // #region lesson-serve
    do {
      const bytes = this.#tryRecv(fd);
      if (bytes === null) return; // EAGAIN: it is empty
      yield { step: 'recv', fd, bytes };
      if (bytes.length === 0) return this.#close(fd);
      this.#net.send(fd, new Uint8Array(bytes.length / LINE));
    } while (this.#style === 'until empty');
    // #endregion
  }

  #tryRecv(fd: Fd): Uint8Array | null {
    try {
      return this.#net.recv(fd, RECV_LENGTH);
    } catch (error) {
      if (error instanceof SocketError && error.code === 'EAGAIN') return null;
      throw error;
    }
  }

  #close(fd: Fd): void {
    this.#net.close(fd);
    this.read.delete(fd);
  }
}
