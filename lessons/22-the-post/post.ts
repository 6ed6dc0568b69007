/**
 * The post's server around its loop: the functions that the post calls and does not show. Each does
 * what that of the file does, for texts in ASCII; the turn is handed in.
 */

import {
  type Address,
  acceptKey,
  encodeFrame,
  type Fd,
  FdSet,
  type ListeningProgram,
  type Net,
  Opcode,
  type Ready,
  SocketError,
  type Step,
} from 'loopscope';
import type { Post } from './exercise.js';

/** The loop of the post in our words, with its braces as they stand there. */
export const LOOP = `
// #region lesson-loop
$ready = array_column($this->table, 'socket');
$count = socket_select($ready, $write, $except, null);

foreach ($ready as $socket) {
    if ($socket == $this->listener) {
        socket_accept($this->listener);
        self::connect($client);
        continue;
        }
    } else {
        $length = @socket_recv($socket, $bytes, 2048, 0);
        if ($length < 9) {
            $recv_msg = $this->disconnect($socket);
        } else {
            if (!$this->table[(int) $socket]['handshake']) {
                self::shakeHands($socket, $bytes);
                continue;
            } else {
                $recv_msg = self::parse($bytes);
            }
        }
        $this->broadcast($msg);
    }
}
// #endregion
`.trim();

/** What a turn of the post does with its server and with who is ready. */
export type Turn = (post: Post, ready: readonly Fd[]) => void;

/** How the server was called where it should not have been. */
export interface Calls {
  /** connect with something else than what accept gave. */
  strangers: unknown[];
  /** broadcast with something else than a text. */
  nothings: unknown[];
  /** What the turn threw; it is not called again. */
  thrown: unknown;
}

/** A server with such a turn. */
export class PostServer implements ListeningProgram, Post {
  watched = false;
  readonly read = new FdSet();
  readonly write = new FdSet();
  readonly calls: Calls = { strangers: [], nothings: [], thrown: null };
  master: Fd = -1;
  readonly #net: Net;
  readonly #turn: Turn;
  readonly #rows = new Map<Fd, { uname: unknown; handshake: boolean }>();
  /** Sockets that no variable holds: PHP closes them when the turn is over. */
  readonly #let = new Set<Fd>();
  /** How many accepts are to fail first. */
  #failing: number;
  #stopping = false;

  constructor(net: Net, turn: Turn, failing = 0) {
    this.#net = net;
    this.#turn = turn;
    this.#failing = failing;
  }

  async listen(address: Address): Promise<Step[]> {
    this.master = await this.#net.listen(address, { backlog: 9 });
    this.read.add(this.master);
    return [{ step: 'bind', fd: this.master, ...this.#net.getsockname(this.master) }];
  }

  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): null {
    return null;
  }

  *turn({ read }: Ready): Generator<Step, void, void> {
    try {
      if (this.calls.thrown === null) this.#turn(this, read);
    } catch (error) {
      this.calls.thrown = error;
    }
    if (this.#stopping || this.calls.thrown !== null) for (const fd of this.read) this.#let.add(fd);
    for (const fd of this.#let) {
      this.read.delete(fd);
      this.#net.close(fd);
    }
    this.#let.clear();
    yield* [];
  }

  accept(): Fd | false {
    const fd = this.#net.accept(this.master);
    this.#let.add(fd);
    return this.#failing-- > 0 ? false : fd;
  }

  connect(client: Fd): void {
    if (!this.#let.has(client)) {
      this.calls.strangers.push(client);
      return;
    }
    this.#let.delete(client);
    this.#rows.set(client, { uname: '', handshake: false });
    this.read.add(client);
  }

  recv(socket: Fd): Uint8Array | false {
    try {
      return this.#net.recv(socket, 2_048);
    } catch (error) {
      if (error instanceof SocketError) return false;
      throw error;
    }
  }

  hasShakenHands(socket: Fd): boolean {
    return this.#rows.get(socket)?.handshake === true;
  }

  disconnect(socket: Fd): string {
    const content = this.#rows.get(socket)?.uname ?? null;
    this.#rows.delete(socket);
    this.read.delete(socket);
    this.#let.add(socket);
    return this.#withList({ type: 'logout', content });
  }

  handShake(socket: Fd, buffer: Uint8Array): void {
    const key = /Sec-WebSocket-Key:(.*)\r\n/.exec(new TextDecoder().decode(buffer))?.[1] ?? '';
    const fields = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Connection: Upgrade'];
    const accept = `Sec-WebSocket-Accept:${acceptKey(key.trim())}`;
    const head = ['HTTP/1.1 101 Switching Protocols', ...fields, accept].join('\r\n');
    this.#write(socket, new TextEncoder().encode(`${head}\r\n\r\n`));
    const row = this.#rows.get(socket);
    if (row !== undefined) row.handshake = true;
    this.#write(socket, frameOf('{"type":"handshake","content":"done"}'));
  }

  parse(socket: Fd, buffer: Uint8Array): string {
    const message = readMessage(buffer);
    const row = this.#rows.get(socket);
    const { type, content = null } = message ?? {};
    if (type === 'user') return JSON.stringify({ type, from: row?.uname ?? null, content });
    if (type !== 'login' && type !== 'logout') return '[]';
    if (type === 'login' && row !== undefined) row.uname = content;
    return this.#withList({ type, content });
  }

  broadcast(msg: string): void {
    if (typeof msg !== 'string') {
      this.calls.nothings.push(msg);
      return; // a variable that does not exist is null, and null has no bytes
    }
    for (const fd of this.#rows.keys()) this.#write(fd, frameOf(msg));
  }

  #withList(message: object): string {
    return JSON.stringify({ ...message, user_list: [...this.#rows.values()].map((r) => r.uname) });
  }

  #write(fd: Fd, bytes: Uint8Array): void {
    try {
      this.#net.send(fd, bytes); // these texts are short
    } catch (error) {
      if (!(error instanceof SocketError)) throw error; // PHP warns, and goes on
    }
  }
}

function frameOf(json: string): Uint8Array {
  return encodeFrame(Opcode.text, new TextEncoder().encode(json));
}

/** Takes off the mask, and reads JSON; null where there is none. */
function readMessage(buffer: Uint8Array): Record<string, unknown> | null {
  const length = (buffer[1] ?? 0) & 0b0111_1111;
  const start = length === 126 ? 4 : length === 127 ? 10 : 2;
  const text = buffer.slice(start + 4).map((byte, i) => byte ^ (buffer[start + (i % 4)] ?? 0));
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}
