/**
 * The network of a room whose accept and recv may be a student's: lessons 5 and 6.
 * @module
 */

import { Named } from '../lesson/shown.js';
import { ForwardingNet } from '../net/forwarding-net.js';
import { type Address, type Fd, type ListenOptions, type Net, SocketError } from '../net/net.js';
import { mine } from '../texts/mine.en.js';
import { Once } from './once.js';
import { lend, refuse, type Table } from './table.js';
import type { YourParts } from './your-parts.js';

/** The most that lesson 6 takes at a time. */
const MOST = 2_048;

const NOT_MADE = new Named(mine['shown.no-call']);

/** Asks the student's parts, and gives the room what they gave. */
export class OwnNet extends ForwardingNet {
  readonly #yours: YourParts;
  readonly #table: Table;
  #listener: Fd = -1;

  constructor(net: Net, yours: YourParts, table: Table) {
    super(net, net.date === undefined ? {} : { date: net.date.bind(net) });
    this.#yours = yours;
    this.#table = table;
  }

  override async listen(address: Address, options?: ListenOptions): Promise<Fd> {
    this.#listener = await this.net.listen(address, options);
    return this.#listener;
  }

  override close(fd: Fd): void {
    this.#table.forget(fd);
    this.net.close(fd);
  }

  override reset(fd: Fd): void {
    this.#table.forget(fd);
    this.net.reset(fd);
  }

  override accept(listener: Fd): Fd {
    const taken = new Once('accept', () => this.net.accept(listener));
    if (this.#yours.has('accept')) this.#askAccept(listener, taken);
    const fd = taken.finish(() => this.net.accept(listener));
    this.#table.enter(fd);
    return fd;
  }

  #askAccept(listener: Fd, taken: Once<Fd>): void {
    const [clients, read] = this.#copies();
    const [there, watched] = [[...clients.keys()], [...read]];
    const net = lend(this.net, { accept: taken.call });
    this.#yours.call({
      part: 'accept',
      name: 'acceptClient',
      args: [new Named('net'), listener, ...this.#copies()],
      run: (own) => own(net, listener, clients, read),
      judge: (returned) => {
        const fd = taken.given?.value;
        if (fd === undefined) return { given: NOT_MADE, expected: new Named('net.accept') };
        const { uname, handshake } = clients.get(fd) ?? {};
        return {
          given: { returned, clients: [...clients.keys()], uname, handshake, read: [...read] },
          expected: {
            returned: fd,
            clients: [...there, fd],
            uname: '',
            handshake: false,
            read: [...watched, fd],
          },
        };
      },
      passes: (error) => error === taken.error,
    });
  }

  override recv(fd: Fd, length: number): Uint8Array {
    if (!this.#table.has(fd) || !this.#yours.has('recv')) return this.net.recv(fd, length);
    const taken = new Once<Uint8Array, number>('recv', (most) => this.net.recv(fd, most));
    try {
      this.#askRecv(fd, taken);
      const bytes = taken.finish(() => this.net.recv(fd, length));
      if (bytes.length === 0) this.#table.forget(fd);
      return bytes;
    } catch (error) {
      if (isReset(error)) this.#table.forget(fd);
      throw error;
    }
  }

  #askRecv(fd: Fd, taken: Once<Uint8Array, number>): void {
    const [clients, read] = this.#copies();
    const [there, watched] = [[...clients.keys()], [...read]];
    const heard: [Fd, Uint8Array][] = [];
    const closed: Fd[] = [];
    let asked = MOST;
    const net = lend(this.net, {
      recv: (_, most) => {
        asked = most;
        // none would look like FIN
        return new Uint8Array(taken.call(most >= 1 && most <= MOST ? most : MOST));
      },
      close: (one) => void closed.push(one),
      // what is broken already may be broken off
      reset: (one) => void (isReset(taken.error) ? closed.push(one) : refuse('reset')),
    });
    this.#yours.call({
      part: 'recv',
      name: 'serveClient',
      args: [new Named('net'), fd, ...this.#copies(), new Named('hear')],
      run: (own) =>
        own(net, fd, clients, read, (who: Fd, bytes: Uint8Array) => void heard.push([who, bytes])),
      judge: () => {
        const bytes = isReset(taken.error) ? NOTHING : taken.given?.value;
        if (bytes === undefined) return { given: NOT_MADE, expected: new Named('net.recv') };
        const hasLeft = bytes.length === 0;
        const rest = (fds: Fd[]): Fd[] => (hasLeft ? fds.filter((one) => one !== fd) : fds);
        return {
          given: { heard, closed, most: asked, clients: [...clients.keys()], read: [...read] },
          expected: {
            heard: hasLeft ? [] : [[fd, bytes]],
            closed: hasLeft ? [fd] : [],
            most: asked >= 1 && asked < MOST ? asked : MOST,
            clients: rest(there),
            read: rest(watched),
          },
        };
      },
      passes: (error) => error === taken.error && !isReset(error),
    });
  }

  /** What a part may change as it likes. */
  #copies() {
    return [this.#table.rows, this.#table.watched(this.#listener)] as const;
  }
}

const NOTHING: Uint8Array = new Uint8Array(0);

function isReset(error: unknown): boolean {
  return error instanceof SocketError && error.code === 'ECONNRESET';
}
