/**
 * What select(2) sees of the world: descriptors and their readiness.
 * Knows nothing of WebSocket. Implemented by node.ts over real sockets.
 * @module
 */

/** A file descriptor: the lowest free number when it was made, from 3 on, as POSIX has it. */
export type Fd = number;

/** Where a socket is: a host (a name or an IP address) and a TCP port, 0 to 65,535. */
export interface Address {
  /** A name or an IP address. */
  host: string;
  /** The TCP port. */
  port: number;
}

/** How a listener is made. */
export interface ListenOptions {
  /** Connections that may wait for accept; Linux admits one more. Default 511. */
  backlog?: number;
  /**
   * SO_REUSEADDR: bind even while connections have the port, or had it and are in TIME_WAIT.
   * Default true; on NodeNet always, because libuv always sets it.
   */
  reuseAddress?: boolean;
}

/** The options that `setsockopt` knows, by their names in socket(7) and tcp(7). */
export type SocketOption =
  | 'SO_REUSEADDR'
  | 'SO_KEEPALIVE'
  | 'SO_SNDBUF'
  | 'SO_RCVBUF'
  | 'TCP_NODELAY';

/** What one `select` reports: the watched descriptors that are ready, each list in watch order. */
export interface Ready {
  /** What can be read: bytes, FIN, an error, or a connection to accept. */
  read: Fd[];
  /** What has room to send. */
  write: Fd[];
  /** Out-of-band data. Node does not report it, so this stays empty on real sockets. */
  except: Fd[];
  /** Descriptors that a true select(2) would have had to ask: all that are watched. */
  scanned: number;
  /** Descriptors that this select looked at in order to answer. */
  examined: number;
}

/**
 * A set of watched descriptors that remembers the order in which they were added: the fd_set of
 * select(2), with the order that a PHP array of sockets has.
 */
export class FdSet implements Iterable<Fd> {
  readonly #place = new Map<Fd, number>();
  #next = 0;

  constructor(fds: Iterable<Fd> = []) {
    for (const fd of fds) this.add(fd);
  }

  /** How many descriptors are watched. */
  get size(): number {
    return this.#place.size;
  }

  /** Watches a descriptor, as the last in order; one that is watched already keeps its place (FD_SET). */
  add(fd: Fd): this {
    if (!this.#place.has(fd)) this.#place.set(fd, this.#next++);
    return this;
  }

  /** Watches a descriptor no longer (FD_CLR). */
  delete(fd: Fd): boolean {
    return this.#place.delete(fd);
  }

  /** Tells whether a descriptor is watched (FD_ISSET). */
  has(fd: Fd): boolean {
    return this.#place.has(fd);
  }

  /** The watched descriptors, in watch order. */
  [Symbol.iterator](): IterableIterator<Fd> {
    return this.#place.keys();
  }

  /** Those of `fds` that are watched, in watch order. Costs what is given, not what is watched. */
  inOrder(fds: Iterable<Fd>): Fd[] {
    const found: { fd: Fd; place: number }[] = [];
    for (const fd of fds) {
      const place = this.#place.get(fd); // asked once: beside thousands it is far from the cache
      if (place !== undefined) found.push({ fd, place });
    }
    return found.sort((a, b) => a.place - b.place).map(({ fd }) => fd);
  }
}

/** Descriptors watched in any of the three sets, without a walk of `read`, which is the long one. */
export function countDistinct(read: FdSet, write: FdSet, except: FdSet): number {
  let count = read.size;
  for (const fd of write) if (!read.has(fd)) count++;
  if (except === read || except === write) return count;
  for (const fd of except) if (!read.has(fd) && !write.has(fd)) count++;
  return count;
}

/**
 * A system call that failed for a reason that a peer or a caller can cause.
 * Its message reads `syscall CODE: who, what was seen, what to do`.
 */
export class SocketError extends Error {
  /** `SocketError`. */
  override readonly name = 'SocketError';
  /** The call that failed: bind, accept, recv and so on. */
  readonly syscall: string;
  /** The errno name of POSIX: EAGAIN, ECONNRESET and so on. */
  readonly code: string;

  constructor(syscall: string, code: string, detail: string) {
    super(`${syscall} ${code}: ${detail}`);
    this.syscall = syscall;
    this.code = code;
  }
}

/**
 * One process's table of descriptors, and the calls on it.
 *
 * Every call but `listen`, `connect` and `select` returns at once. `select` is the only place where
 * a loop waits: between two selects nothing changes under the code that handles what was reported.
 */
export interface Net {
  /** Milliseconds on this network's clock, from 0 when it was made. */
  now(): number;

  /** The time of day, where this network's process has a clock for it; a simulated one has none. */
  date?(): Date;

  /**
   * Opens a listening socket: socket(2), SO_REUSEADDR, bind(2) and listen(2) in one.
   *
   * @param address port 0 asks for any free port; `getsockname` tells which
   * @throws SocketError bind EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND
   * @see PHP socket_create, socket_bind, socket_listen
   */
  listen(address: Address, options?: ListenOptions): Promise<Fd>;

  /**
   * Opens a connection, and waits until it stands.
   *
   * @throws SocketError connect ECONNREFUSED, ETIMEDOUT, ENOTFOUND, ECONNRESET
   * @see connect(2); PHP socket_connect
   */
  connect(address: Address): Promise<Fd>;

  /**
   * Waits until a watched descriptor is ready, level-triggered: what is still ready is reported
   * again by the next call. A listener is readable when a connection waits for accept; a connection
   * when it has bytes, FIN or an error; it is writable when its send buffer has room (or an error).
   *
   * @param timeoutMs milliseconds to wait; 0 polls; null or absent waits without end
   * @returns the ready descriptors, each list in watch order; three empty lists after a time-out
   *   or an `interrupt`
   * @throws SocketError EBADF when a watched descriptor is not open, or is closed meanwhile
   * @throws SocketError EINVAL when one is FD_SETSIZE or more, or the time-out is negative or NaN
   * @see select(2); PHP socket_select
   */
  select(read: FdSet, write: FdSet, except: FdSet, timeoutMs?: number | null): Promise<Ready>;

  /** Makes the `select` that waits (or else the next one) return with nothing ready, as a signal does. */
  interrupt(): void;

  /**
   * Takes the first connection out of a listener's queue.
   *
   * @returns its descriptor
   * @throws SocketError EAGAIN when none waits: select the listener first
   * @throws SocketError EMFILE when the table of descriptors is full
   * @throws SocketError EINVAL when the descriptor is no listener
   * @see accept(2); PHP socket_accept
   */
  accept(listener: Fd): Fd;

  /**
   * Takes up to `length` bytes that have arrived on a connection.
   *
   * @param length most bytes to return, 1 or more; fewer is normal, TCP keeps no boundaries
   * @returns 1 to `length` bytes, the caller's to keep and to change (perhaps of a subclass of Uint8Array); an
   *   empty array once the peer has sent FIN
   * @throws SocketError EAGAIN when nothing has arrived: select it first
   * @throws SocketError ECONNRESET when the peer sent RST; what came before it is given first
   * @see recv(2); PHP socket_recv
   */
  recv(fd: Fd, length: number): Uint8Array;

  /**
   * Hands bytes to the connection's send buffer.
   *
   * @param bytes kept until they are sent: do not change them afterwards
   * @returns bytes taken: 1 to `bytes.length` (0 for none given); fewer when the buffer fills up
   * @throws SocketError EAGAIN when the buffer is full: select it for writing first
   * @throws SocketError EPIPE after `shutdown`, or when the connection is gone
   * @throws SocketError ECONNRESET when the peer sent RST
   * @see send(2); PHP socket_write
   */
  send(fd: Fd, bytes: Uint8Array): number;

  /**
   * Sends FIN behind what was sent: no more from us, but we still receive.
   *
   * @throws SocketError ENOTCONN when the descriptor is no connection
   * @see shutdown(2) with SHUT_WR
   */
  shutdown(fd: Fd): void;

  /**
   * Gives the descriptor back. What was sent before still goes out, then FIN. A listener's waiting
   * connections are reset.
   *
   * @see close(2); PHP socket_close
   */
  close(fd: Fd): void;

  /**
   * Gives the descriptor back and sends RST: what was not yet delivered is lost.
   *
   * @see close(2) with SO_LINGER set to 0
   */
  reset(fd: Fd): void;

  /**
   * Sets an option of a socket. Buffer sizes are in bytes and are emulated by every network. What
   * is set on a listener holds for the connections that it accepts from then on.
   *
   * @throws SocketError EINVAL for a value that the option cannot have
   * @see setsockopt(2); PHP socket_set_option
   */
  setsockopt(fd: Fd, option: SocketOption, value: number): void;

  /** The other end's address. @throws SocketError ENOTCONN for a listener. @see getpeername(2) */
  getpeername(fd: Fd): Address;

  /** Our own end's address. @see getsockname(2) */
  getsockname(fd: Fd): Address;
}
