/**
 * The mirror: the chat server of the PHP tutorial as it is, every measured mistake included, with
 * the names and the order of its functions. Each mistake is marked with its number, D01 and so on;
 * defects.ts has the table. How it should be done is in server.ts and room.ts.
 * @module
 */

import { sha1 } from '@noble/hashes/legacy.js';
import { fromUtf8 } from '../bytes.js';
import { type Address, type Fd, FdSet, type Net, type Ready, SocketError } from '../net/net.js';
import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import { Opcode } from '../websocket/frame.js';
import { GUID } from '../websocket/handshake.js';
import { phpJsonDecode, phpJsonEncode } from './php-json.js';
import { looselyEquals, type PhpArray, type PhpValue, phpIndex, phpList } from './php-values.js';

const LISTEN_SOCKET_NUM = 9; // D28: Linux admits ten, the eleventh waits
const RECV_LENGTH = 2_048;

/** One row of the table of sockets. */
interface Row {
  /** The name; whatever JSON value the client gave for it. */
  uname: PhpValue;
  handshake: boolean;
}

/** A message as the original understood it, and the text that it was read from. */
interface RecvMsg {
  value: PhpValue;
  text: string;
}

/** The PHP original as a program for the loop: the profile `original`. */
export class OriginalServer implements Program {
  watched = false;
  readonly read = new FdSet();
  /** Always empty: the original's writes block, so it watches nothing for writing. */
  readonly write = new FdSet();
  readonly #net: Net;
  /** The clients in the order of connecting. The original keeps its listener here too, as entry 0. */
  readonly #sockets = new Map<Fd, Row>();
  /** Clients whose end a write has met: Linux tells a socket's error once, and then only its end. */
  readonly #broken = new Set<Fd>();
  #master: Fd | null = null;
  #stopping = false;

  /** @param net one that ignores descriptors beyond FD_SETSIZE, as PHP 7.4's socket_select does: D21 */
  constructor(net: Net) {
    this.#net = net;
  }

  /**
   * Opens the listening socket.
   *
   * @returns the steps that this took, for the trace
   * @throws SocketError bind EADDRINUSE and the like; the original only logs it, and goes on with
   *   a random port: D23
   */
  async listen(address: Address): Promise<Step[]> {
    // #region socket
    const fd = await this.#net.listen(address, { backlog: LISTEN_SOCKET_NUM });
    this.#master = fd;
    this.read.add(fd);
    return [
      { step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
      // #endregion
      // #region setsockopt
      { step: 'setsockopt', fd, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },
      // #endregion
      // #region bind
      { step: 'bind', fd, ...this.#net.getsockname(fd) },
      // #endregion
      // #region listen
      { step: 'listen', fd, backlog: LISTEN_SOCKET_NUM },
      // #endregion
    ];
  }

  /** Ends it in the next turn as Ctrl-C ends PHP: every socket is closed, and nobody is told. */
  stop(): void {
    this.#stopping = true;
    this.#net.interrupt();
  }

  timeoutMs(): null {
    return null;
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    const left: Fd[] = [];
    for (const fd of ready.read) {
      if (fd === this.#master) {
        yield* this.#connect(fd);
        continue;
      }
      const buffer = yield* this.#recv(fd);
      let recvMsg: RecvMsg;
      if (buffer === null || buffer.length < 9) {
        recvMsg = yield* this.#disconnect(fd, buffer); // D01: whatever is short is a logout
        left.push(fd);
      } else if (this.#sockets.get(fd)?.handshake === false) {
        yield* this.#handShake(fd, buffer);
        continue;
      } else {
        recvMsg = yield* this.#parse(fd, buffer);
      }
      const msg = yield* this.#dealMsg(fd, recvMsg);
      yield* this.#broadcast(msg);
    }
    // PHP closes a socket with the last variable that holds it, which is when the turn is over
    for (const fd of left) this.#net.close(fd);
    if (this.#stopping) this.#closeAll();
  }

  *#connect(master: Fd): Generator<Step> {
    // #region accept
    let fd: Fd;
    try {
      fd = this.#net.accept(master);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      return; // D22: out of descriptors the listener stays readable, and the loop spins
    }
    yield { step: 'accept', listener: master, fd, ...this.#net.getpeername(fd) };
    this.#sockets.set(fd, { uname: '', handshake: false });
    this.read.add(fd);
    // #endregion
  }

  /** One recv for whatever has come: D03 and D04, for TCP keeps no boundaries; D05, for the limit. */
  *#recv(fd: Fd): Generator<Step, Uint8Array | null> {
    // #region recv
    let bytes: Uint8Array;
    try {
      bytes = this.#net.recv(fd, RECV_LENGTH);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      if (!this.#broken.has(fd)) return null;
      bytes = new Uint8Array(0);
    }
    yield { step: 'recv', fd, bytes };
    return bytes;
    // #endregion
  }

  /** Takes a client out of the table. No Close frame is sent, and none is told from a crash: D02. */
  *#disconnect(fd: Fd, buffer: Uint8Array | null): Generator<Step, RecvMsg> {
    // #region disconnect
    const uname = this.#sockets.get(fd)?.uname ?? null;
    this.#sockets.delete(fd);
    this.#broken.delete(fd);
    this.read.delete(fd);
    const cause = buffer === null ? 'reset' : buffer.length === 0 ? 'fin' : 'short-read';
    yield { step: 'disconnect', fd, cause };
    // #endregion
    const value = phpArray({ type: 'logout', content: uname });
    return { value, text: textOf(encode(value)) };
  }

  /** Answers 101 to anything: D08; to a part of a request too: D09; what is behind it is lost: D10. */
  *#handShake(fd: Fd, buffer: Uint8Array): Generator<Step> {
    // #region handshake
    const key = findKey(buffer);
    const accept = btoa(String.fromCharCode(...sha1(latin1Bytes(key + GUID))));
    const answer = [
      // D32, harmless: a field too many, and below no space behind the colon
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept:${accept}`,
    ];
    yield { step: 'handshake', fd, key: textOf(latin1Bytes(key)), accept };
    yield* this.#write(fd, latin1Bytes(`${answer.join('\r\n')}\r\n\r\n`));
    const row = this.#sockets.get(fd);
    if (row !== undefined) row.handshake = true;
    yield* this.#write(fd, build(encode(phpArray({ type: 'handshake', content: 'done' }))));
    // #endregion
  }

  /** Reads what has come as one frame, whatever it is. */
  *#parse(fd: Fd, buffer: Uint8Array): Generator<Step, RecvMsg> {
    // #region parse
    const [first = 0, second = 0] = buffer;
    const decoded = unmask(buffer);
    yield {
      step: 'parse',
      fd,
      fin: (first & 0b1000_0000) !== 0, // told for the trace; the original does not look at
      opcode: first & 0b0000_1111, // the first byte: D06 ping, D07 fragments, D30 Close, D11 the rest
      masked: (second & 0b1000_0000) !== 0, // nor at the mask bit: D12
      payloadLength: decoded.length, // nor does the length count: D13
      bytes: buffer,
    };
    return { value: phpJsonDecode(decoded), text: textOf(decoded) }; // D36: nor must it be UTF-8
    // #endregion
  }

  /** Makes the answer from the type, which is compared loosely: D17. */
  *#dealMsg(fd: Fd, { value, text }: RecvMsg): Generator<Step, Uint8Array> {
    // #region deal
    const type = phpIndex(value, 'type');
    const content = phpIndex(value, 'content'); // D18: of any type
    let response: PhpArray = new Map(); // D14: what it does not understand is `[]` for everyone
    if (looselyEquals(type, 'login')) {
      const row = this.#sockets.get(fd);
      if (row !== undefined) row.uname = content; // D19: a second login renames without a word
      response = phpArray({ type: 'login', content, user_list: this.#userList() });
    } else if (looselyEquals(type, 'logout')) {
      // D20: anyone may say that anyone has left
      response = phpArray({ type: 'logout', content, user_list: this.#userList() });
    } else if (looselyEquals(type, 'user')) {
      const from = this.#sockets.get(fd)?.uname ?? null; // "" before the login: D16
      response = phpArray({ type: 'user', from, content }); // D31: HTML and all
    }
    const reply = encode(response);
    yield { step: 'deal', fd, message: text, reply: textOf(reply) };
    return build(reply);
    // #endregion
  }

  /** Writes to everyone in the table, those without a handshake too: D15. */
  *#broadcast(msg: Uint8Array): Generator<Step> {
    // #region broadcast
    const to = [...this.#sockets.keys()];
    yield { step: 'broadcast', to, bytes: msg };
    for (const fd of to) yield* this.#write(fd, msg);
    // #endregion
  }

  /** A blocking write: until the last byte is taken nobody else is served: D26. */
  *#write(fd: Fd, bytes: Uint8Array): Generator<Step> {
    for (let rest = bytes; rest.length > 0; ) {
      // #region send
      let taken = 0;
      try {
        taken = this.#net.send(fd, rest);
      } catch (error) {
        if (!(error instanceof SocketError)) throw error;
        if (error.code !== 'EAGAIN') {
          this.#broken.add(fd);
          return; // PHP warns, and goes on with the next client
        }
      }
      if (taken > 0) yield { step: 'send', fd, length: rest.length, taken };
      // #endregion
      // #region block
      rest = rest.subarray(taken);
      if (rest.length > 0) {
        const reason = fill(room['block.send'], { length: rest.length });
        yield { step: 'block', fd, syscall: 'send', reason };
      }
      // #endregion
    }
  }

  #userList(): PhpArray {
    // D16: nameless ones too; D34, harmless: in the order of connecting
    return phpList([...this.#sockets.values()].map(({ uname }) => uname));
  }

  #closeAll(): void {
    for (const fd of [...this.read]) {
      this.read.delete(fd);
      this.#net.close(fd);
    }
    this.#sockets.clear();
    this.#master = null;
  }
}

/**
 * The key, one character a byte: what stands behind the first `Sec-WebSocket-Key:`, up to the next
 * CRLF. PHP takes a name that it did not find for one at 0, and so begins at byte 18: D25.
 */
export function findKey(buffer: Uint8Array): string {
  const request = String.fromCharCode(...buffer);
  const found = request.indexOf('Sec-WebSocket-Key:');
  const line = request.slice(Math.max(0, found) + 18);
  const end = line.indexOf('\r\n');
  return line.slice(0, Math.max(0, end)).replace(PHP_TRIM, '');
}

/** What PHP's trim() takes off. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL and VT are among them
const PHP_TRIM = /^[ \t\n\r\0\x0b]+|[ \t\n\r\0\x0b]+$/g;

/** Takes the masking key from where the length form says, and all behind it as the payload. */
export function unmask(buffer: Uint8Array): Uint8Array {
  const length = (buffer[1] ?? 0) & 0b0111_1111;
  const start = length === 126 ? 4 : length === 127 ? 10 : 2;
  const key = buffer.subarray(start, start + 4);
  return Uint8Array.from(buffer.subarray(start + 4), (byte, i) => byte ^ (key[i % 4] ?? 0));
}

/**
 * Makes a text frame. From 65,025 bytes on the length takes 64 bits, which is not the shortest form
 * (RFC 6455 5.2): D24. The original goes by way of hex digits, and does not pad them: D29; it reads
 * its bytes as $msg{$i}, which PHP 8 does not compile: D35.
 */
export function build(json: Uint8Array): Uint8Array {
  const { length } = json;
  const head = [0b1000_0000 | Opcode.text];
  if (length < 126) head.push(length);
  else if (length < 65_025) head.push(126, length >>> 8, length & 0xff);
  else
    head.push(
      127,
      0,
      0,
      0,
      0,
      (length >>> 24) & 0xff,
      (length >>> 16) & 0xff,
      (length >>> 8) & 0xff,
      length & 0xff,
    );
  const frame = new Uint8Array(head.length + length);
  frame.set(head);
  frame.set(json, head.length);
  return frame;
}

/**
 * json_encode, in ASCII only: D33, harmless. Where it fails (INF has no JSON), false makes an empty
 * text: D27.
 */
function encode(value: PhpValue): Uint8Array {
  return phpJsonEncode(value) || new Uint8Array(0);
}

function phpArray(entries: Record<string, PhpValue>): PhpArray {
  return new Map(Object.entries(entries));
}

/** Bytes as text for the trace: as UTF-8, or one character a byte where they are none. */
export function textOf(bytes: Uint8Array): string {
  return fromUtf8(bytes) ?? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
