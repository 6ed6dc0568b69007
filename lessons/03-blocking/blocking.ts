/**
 * A server that greets whoever tells it a name, written in two ways: it reads right after accept, or
 * it leaves the waiting to select. Made for lesson 3.
 */

import {
  type Address,
  type Fd,
  FdSet,
  type Net,
  NOTHING_SENT,
  type Program,
  type Ready,
  runLoop,
  SocketError,
  type Step,
  Tape,
  type TraceEvent,
} from 'loopscope';
import type { Networks } from 'loopscope/lesson';

/** How the server waits for a name. */
export type Style = 'at-once' | 'select';

/** Someone who comes, and after some time tells a name. */
export interface Guest {
  /** What it is called; it tells this to the server. */
  name: string;
  /** Milliseconds from connecting to telling the name. */
  silentMs: number;
}

/** What happened, and how long each guest waited for an answer, in milliseconds. */
export interface Evening {
  /** What arrived (on the simulated network), and what the server's loop did. */
  events: TraceEvent[];
  /** By the guest's name, in the order in which they were greeted. */
  waited: Map<string, number>;
}

const NONE = new FdSet();
const RECV_LENGTH = 2_048;

/** Guests connect one after the other, and all stay until they are greeted. */
export async function play(
  networks: Networks,
  style: Style,
  guests: readonly Guest[],
): Promise<Evening> {
  const { server: net, address, world } = networks;
  const server = new Greeter(net, style);
  const tape = new Tape(() => net.now());
  world?.onArrive((host, step) => {
    if (host === net) tape.record(step);
  });
  const opened = await server.listen(address);
  const running = runLoop(net, server, (event) => tape.copy(event), opened);
  const { port } = net.getsockname(server.listener);

  const waited = new Map<string, number>();
  const visits: Promise<void>[] = [];
  for (const { name, silentMs } of guests) {
    const guest = networks.client(name);
    const fd = await guest.connect({ ...address, port });
    const visit = visitOf(guest, fd, name, silentMs);
    visits.push(visit.then((ms) => void waited.set(name, ms)));
  }
  await Promise.all(visits);
  server.stop();
  await running;
  return { events: tape.events, waited };
}

/** Is silent, tells a name, and waits for the answer. @returns for how long */
async function visitOf(net: Net, fd: Fd, name: string, silentMs: number): Promise<number> {
  await net.select(NONE, NONE, NONE, silentMs);
  const asked = net.now();
  net.send(fd, new TextEncoder().encode(`${name}\n`));
  await net.select(new FdSet([fd]), NONE, NONE);
  const ms = net.now() - asked;
  net.recv(fd, RECV_LENGTH); // to close with bytes unread would send RST
  net.close(fd);
  return ms;
}

/** The server. */
class Greeter implements Program {
  readonly read = new FdSet();
  readonly write = new FdSet();
  watched = false;
  listener: Fd = -1;
  readonly #net: Net;
  readonly #style: Style;
  #stopping = false;

  constructor(net: Net, style: Style) {
    this.#net = net;
    this.#style = style;
  }

  async listen(address: Address): Promise<Step[]> {
    const fd = await this.#net.listen(address);
    this.listener = fd;
    this.read.add(fd);
    return [
      { step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
      { step: 'bind', fd, ...this.#net.getsockname(fd) },
      { step: 'listen', fd, backlog: 511 },
    ];
  }

  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): null {
    return null;
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    for (const fd of ready.read) {
      if (fd === this.listener) yield* this.#accept(fd);
      else yield* this.#recv(fd);
    }
    if (this.#stopping) for (const fd of [...this.read]) this.#close(fd);
  }

  *#accept(listener: Fd): Generator<Step> {
    // #region lesson-accept
    const fd = this.#net.accept(listener);
    yield { step: 'accept', listener, fd, ...this.#net.getpeername(fd) };
    this.read.add(fd);
    if (this.#style === 'at-once') yield* this.#recv(fd); // without select: this may wait
    // #endregion
  }

  *#recv(fd: Fd): Generator<Step> {
    let bytes = this.#tryRecv(fd);
    while (bytes === null) {
      // a blocking recv: the loop is not resumed until this one client has sent something
      yield { step: 'block', fd, syscall: 'recv', reason: NOTHING_SENT };
      bytes = this.#tryRecv(fd);
    }
    yield { step: 'recv', fd, bytes };
    if (bytes.length === 0) {
      yield { step: 'disconnect', fd, cause: 'fin' };
      this.#close(fd);
      return;
    }
    const answer = new TextEncoder().encode(`Hello, ${new TextDecoder().decode(bytes)}`);
    yield { step: 'send', fd, length: answer.length, taken: this.#net.send(fd, answer) };
  }

  /** Our sockets do not block: one that has nothing says EAGAIN. */
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
