/**
 * A trace of a server that writes none: its system calls, as strace(1) prints them, told as the steps
 * of the original. What system calls do not show is worked out from the bytes that they carry: what
 * was parsed from what came, what was answered from what went out. Linux only.
 * @module
 */

import { fromHex } from '../bytes.js';
import { build, findKey, textOf, unmask } from '../chat/original.js';
import { phpJsonDecode, phpJsonEncode } from '../chat/php-json.js';
import { looselyEquals, type PhpValue, phpIndex, phpList } from '../chat/php-values.js';
import type { Fd } from '../net/net.js';
import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import type { DisconnectCause, Step, TraceEvent } from '../trace/event.js';

/** The calls that make the steps. With a ? an architecture may lack one: arm64 has no select. */
const CALLS =
  'socket setsockopt bind listen select pselect6 accept accept4 recv recvfrom read send sendto write close'
    .split(' ')
    .map((name) => `?${name}`)
    .join(',');

/** Puts strace before a command; its lines go to a file, each at once. */
export function straceCommand(file: string, command: readonly string[]): string[] {
  const form = ['-f', '-qq', '-ttt', '-T', '-xx', '-s', '1000000', '-e', 'signal=none'];
  return ['strace', ...form, '-e', `trace=${CALLS}`, '-o', file, ...command];
}

/** One system call. */
export interface Syscall {
  pid: number;
  /** When it returned, or began if it did not; in seconds. */
  time: number;
  /** How long it took, in milliseconds; 0 where it did not return. */
  tookMs: number;
  name: string;
  /** Its arguments, as they were printed. */
  args: string;
  /** What it returned; -1 for an error, null when it has not returned or is begun again. */
  result: number | null;
  /** What stands behind the result: the name of the error, what is ready. */
  more: string;
}

/**
 * Reads what strace has written so far.
 *
 * @param text the file, with the options of `straceCommand`
 * @returns the steps of the first process that listens; none when no process does
 */
export function readStrace(text: string): TraceEvent[] {
  const calls = readCalls(text);
  const listen = calls.find(({ name, result }) => name === 'listen' && result === 0);
  if (listen === undefined) return [];
  const teller = new Teller();
  for (const call of calls) if (call.pid === listen.pid) teller.tell(call);
  return teller.end();
}

/** Reads the lines; a call that another process interrupted is printed in two of them. */
export function readCalls(text: string): Syscall[] {
  const calls: Syscall[] = [];
  const begun = new Map<number, string>();
  for (const line of text.split('\n')) {
    const found = /^(?:(\d+) +)?(\d+\.\d+) (.*)$/.exec(line);
    if (found === null) continue;
    const pid = Number(found[1] ?? 0);
    const [, interrupted] = /^(.*) <unfinished \.\.\.>$/.exec(found[3] ?? '') ?? [];
    if (interrupted !== undefined) {
      begun.set(pid, interrupted);
      continue;
    }
    const rest = (found[3] ?? '').replace(/^<\.\.\. \w+ resumed>/, () => begun.get(pid) ?? '');
    const call = readCall(pid, Number(found[2]), rest);
    if (call !== null) calls.push(call);
  }
  return calls;
}

function readCall(pid: number, began: number, text: string): Syscall | null {
  const [, name, body = ''] = /^(\w+)\((.*)$/.exec(text) ?? [];
  if (name === undefined) return null; // a signal, an exit
  const ended = /^(.*)\)\s+= (-?\d+|\?)(.*?)(?: <(\d+\.\d+)>)?$/.exec(body);
  const result = ended === null || ended[2] === '?' ? null : Number(ended[2]);
  const took = Number(ended?.[4] ?? 0);
  return {
    pid,
    time: began + took,
    tookMs: took * 1_000,
    name,
    args: ended?.[1] ?? body,
    result,
    more: ended?.[3] ?? '',
  };
}

/** One row of the server's table, as far as it is seen from here. */
interface Row {
  uname: PhpValue;
  handshake: boolean;
}

/** What a client sent and how the server took it; the bytes that go out next are the answer. */
type Unanswered =
  | { what: 'handshake'; fd: number; key: string }
  | { what: 'deal'; fd: number; value: PhpValue; text: string };

/** Tells calls as steps. Kernel numbers are `socket` here, ours are `fd`. */
class Teller {
  readonly #events: TraceEvent[] = [];
  /** Our number of every open socket: listener 3, then the lowest free, whatever else PHP has open. */
  readonly #fds = new Map<number, Fd>();
  readonly #rows = new Map<number, Row>();
  #master: number | null = null;
  #unanswered: Unanswered | null = null;
  /** The write that has not returned, or not taken all. */
  #stuck: Extract<Step, { step: 'block' }> | null = null;
  #turn = 0;
  #start: number | null = null;
  #time = 0;

  tell(call: Syscall): void {
    this.#time = call.time;
    this.#stuck = null;
    switch (call.name) {
      case 'socket':
        this.#socket(call);
        break;
      case 'setsockopt':
      case 'bind':
      case 'listen':
        this.#setUp(call);
        break;
      case 'select':
      case 'pselect6':
        this.#select(call);
        break;
      case 'accept':
      case 'accept4':
        this.#accept(call);
        break;
      case 'recv':
      case 'recvfrom':
      case 'read':
        this.#recv(call);
        break;
      case 'send':
      case 'sendto':
      case 'write':
        this.#write(call);
        break;
      case 'close':
        this.#close(call);
        break;
    }
  }

  end(): TraceEvent[] {
    if (this.#stuck !== null) this.#add(this.#stuck);
    return this.#events;
  }

  #add(step: Step): void {
    this.#start ??= this.#time;
    const t = Math.round((this.#time - this.#start) * 1e6) / 1e3;
    this.#events.push({ v: 1, seq: this.#events.length, turn: this.#turn, t, ...step });
  }

  #socket({ args, result }: Syscall): void {
    if (this.#master !== null || result === null || result < 0) return;
    if (!args.startsWith('AF_INET, SOCK_STREAM')) return; // a name is looked up, say
    this.#master = result;
    const fd = this.#number(result);
    this.#add({ step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' });
  }

  /** What is done to the listener before the loop. */
  #setUp({ name, args, result }: Syscall): void {
    const socket = firstNumber(args);
    const fd = this.#fds.get(socket);
    if (socket !== this.#master || fd === undefined || result !== 0) return;
    if (name === 'listen') this.#add({ step: 'listen', fd, backlog: lastNumber(args) });
    else if (name === 'bind') this.#add({ step: 'bind', fd, ...addressOf(args) });
    else {
      const [, level = '', option = '', value = 0] =
        /^\d+, (\w+), (\w+), \[(-?\d+)\]/.exec(args) ?? [];
      this.#add({ step: 'setsockopt', fd, level, option, value: Number(value) });
    }
  }

  #select({ args, result, more }: Syscall): void {
    this.#answered();
    if (result === null || /\{tv_sec=0, tv_\w+=0\}/.test(args)) return; // no waiting, only a question
    this.#turn++;
    if (result < 0) return;
    const [, read, write] = /^\d+, (\[.*?\]|NULL), (\[.*?\]|NULL)/.exec(args) ?? [];
    const step = { read: this.#listed(read), write: this.#listed(write) };
    const readyRead = this.#listed(/\bin (\[.*?\])/.exec(more)?.[1]);
    const readyWrite = this.#listed(/\bout (\[.*?\])/.exec(more)?.[1]);
    const scanned = step.read.length + step.write.length;
    this.#add({ step: 'select', ...step, readyRead, readyWrite, scanned });
  }

  #accept({ args, result }: Syscall): void {
    this.#answered();
    const listener = this.#fds.get(firstNumber(args));
    if (listener === undefined || result === null || result < 0) return;
    this.#rows.set(result, { uname: '', handshake: false });
    this.#add({ step: 'accept', listener, fd: this.#number(result), ...addressOf(args) });
  }

  #recv({ args, result, more }: Syscall): void {
    const socket = firstNumber(args);
    const row = this.#rows.get(socket);
    const fd = this.#fds.get(socket);
    if (row === undefined || fd === undefined || result === null || more.includes('EAGAIN')) return;
    this.#answered();
    const bytes = result < 0 ? null : bytesOf(args);
    if (bytes !== null) this.#add({ step: 'recv', fd, bytes });
    if (bytes === null || bytes.length < 9) this.#disconnect(socket, fd, row, bytes);
    else if (!row.handshake) {
      const key = textOf(Buffer.from(findKey(bytes), 'latin1'));
      this.#unanswered = { what: 'handshake', fd: socket, key };
    } else this.#parse(socket, fd, bytes);
  }

  #disconnect(socket: number, fd: Fd, { uname }: Row, bytes: Uint8Array | null): void {
    this.#rows.delete(socket);
    const cause: DisconnectCause =
      bytes === null ? 'reset' : bytes.length === 0 ? 'fin' : 'short-read';
    this.#add({ step: 'disconnect', fd, cause });
    const value = new Map<string, PhpValue>([
      ['type', 'logout'],
      ['content', uname],
    ]);
    this.#unanswered = { what: 'deal', fd: socket, value, text: textOf(encode(value)) };
  }

  #parse(socket: number, fd: Fd, bytes: Uint8Array): void {
    const [first = 0, second = 0] = bytes;
    const payload = unmask(bytes);
    this.#add({
      step: 'parse',
      fd,
      fin: (first & 0b1000_0000) !== 0,
      opcode: first & 0b0000_1111,
      masked: (second & 0b1000_0000) !== 0,
      payloadLength: payload.length,
      bytes,
    });
    const value = phpJsonDecode(payload);
    this.#unanswered = { what: 'deal', fd: socket, value, text: textOf(payload) };
  }

  #write({ args, result }: Syscall): void {
    const socket = firstNumber(args);
    const fd = this.#fds.get(socket);
    if (fd === undefined || !this.#rows.has(socket)) return; // its log, its trace, its output
    const bytes = bytesOf(args);
    this.#answer(bytes);
    if (result !== null && result >= 0) {
      this.#add({ step: 'send', fd, length: bytes.length, taken: result });
    }
    if (result === null || (result >= 0 && result < bytes.length)) {
      const rest = bytes.length - (result ?? 0);
      const reason = fill(room['block.send'], { length: rest });
      this.#stuck = { step: 'block', fd, syscall: 'send', reason };
    }
  }

  /** The first bytes that go out after a client was heard tell what the server made of it. */
  #answer(bytes: Uint8Array): void {
    const unanswered = this.#unanswered;
    this.#unanswered = null;
    if (unanswered?.what === 'deal') this.#deal(unanswered, bytes);
    if (unanswered?.what !== 'handshake') return;
    const { key } = unanswered;
    const accept = /^Sec-WebSocket-Accept:\s*(\S*)/im.exec(textOf(bytes))?.[1] ?? '';
    const row = this.#rows.get(unanswered.fd);
    if (row !== undefined) row.handshake = true;
    this.#add({ step: 'handshake', fd: this.#ours(unanswered.fd), key, accept });
  }

  /** When the last one has left, nobody hears of it, and so no call shows the answer. */
  #answered(): void {
    const unanswered = this.#unanswered;
    this.#unanswered = null;
    if (unanswered?.what !== 'deal' || this.#rows.size > 0) return;
    const { value } = unanswered;
    const reply = new Map([...(value as Map<string, PhpValue>), ['user_list', phpList([])]]);
    this.#deal(unanswered, build(encode(reply)));
  }

  #deal({ fd, value, text }: Extract<Unanswered, { what: 'deal' }>, bytes: Uint8Array): void {
    const row = this.#rows.get(fd);
    if (row !== undefined && looselyEquals(phpIndex(value, 'type'), 'login')) {
      row.uname = phpIndex(value, 'content');
    }
    this.#add({ step: 'deal', fd: this.#ours(fd), message: text, reply: textOf(payloadOf(bytes)) });
    this.#add({ step: 'broadcast', to: [...this.#rows.keys()].map((to) => this.#ours(to)), bytes });
  }

  #close({ args }: Syscall): void {
    const socket = firstNumber(args);
    if (!this.#fds.has(socket)) return;
    this.#answered(); // while the number is still its own
    this.#fds.delete(socket);
    this.#rows.delete(socket);
  }

  #number(socket: number): Fd {
    const taken = new Set(this.#fds.values());
    let fd = 3;
    while (taken.has(fd)) fd++;
    this.#fds.set(socket, fd);
    return fd;
  }

  #ours(socket: number): Fd {
    const fd = this.#fds.get(socket);
    if (fd === undefined) throw new Error(`bug: fd ${socket} of the kernel is no open socket`);
    return fd;
  }

  /** The descriptors of a set such as `[3 4]`, in the order of the server's table. */
  #listed(set = ''): Fd[] {
    const sockets = (set.match(/\d+/g) ?? []).map(Number);
    return [...this.#fds].filter(([socket]) => sockets.includes(socket)).map(([, fd]) => fd);
  }
}

function firstNumber(args: string): number {
  return Number.parseInt(args, 10);
}

function lastNumber(args: string): number {
  return Number(/(-?\d+)$/.exec(args)?.[1] ?? 0);
}

/** Reads `sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")`, where -xx makes hex of the text. */
function addressOf(args: string): { host: string; port: number } {
  const port = Number(/htons\((\d+)\)/.exec(args)?.[1] ?? 0);
  const [, text = ''] = /inet_addr\((".*?")\)/.exec(args) ?? [];
  return { host: text.includes('\\x') ? textOf(bytesOf(text)) : text.slice(1, -1), port };
}

/** The bytes of the first string, which -xx prints as `"\x81\x02"`. */
function bytesOf(args: string): Uint8Array {
  const [, text = ''] = /"((?:\\x[\da-f]{2})*)"/.exec(args) ?? [];
  return fromHex(text.replaceAll('\\x', '')) ?? new Uint8Array(0);
}

/** What a frame of the server's carries; its length forms are those of `build`. */
function payloadOf(frame: Uint8Array): Uint8Array {
  const form = (frame[1] ?? 0) & 0b0111_1111;
  return frame.subarray(form === 126 ? 4 : form === 127 ? 10 : 2);
}

function encode(value: PhpValue): Uint8Array {
  return phpJsonEncode(value) || new Uint8Array(0);
}
