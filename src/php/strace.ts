/**
 * A trace of a server that writes none: its system calls, as strace(1) prints them, told as the steps
 * of the original. What system calls do not show is worked out from the bytes that they carry: what
 * was parsed from what came, what was answered from what went out. Linux only.
 * @module
 */

import { build, findKey, textOf, unmask } from '../chat/original.js';
import { phpJsonDecode, phpJsonEncode } from '../chat/php-json.js';
import { looselyEquals, type PhpValue, phpIndex, phpList } from '../chat/php-values.js';
import type { Fd } from '../net/net.js';
import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import type { DisconnectCause, Step, TraceEvent } from '../trace/event.js';
import { type Call, CallReader } from '../watch/calls.js';
import { straceArguments } from '../watch/command.js';
import { addressOf } from '../watch/files.js';
import { Kernel } from '../watch/kernel.js';
import { readTransfer, type Transfer } from '../watch/transfers.js';
import { listOf, numberOf, wordOf } from '../watch/values.js';
import { readWait, type Wait } from '../watch/waits.js';

/** Puts strace before a command; its lines go to a file, each at once. */
export function straceCommand(file: string, command: readonly string[]): string[] {
  return ['strace', ...straceArguments(file, { command })];
}

/**
 * Reads what strace has written so far.
 *
 * @param text the file, with the options of `straceCommand`
 * @returns the steps of the first process that listens; none when no process does
 */
export function readStrace(text: string): TraceEvent[] {
  const teller = new Teller();
  for (const call of callsOfListener(text)) teller.tell(call);
  return teller.end();
}

/** The calls of the first process that listens, in order; none when no process does. */
export function callsOfListener(text: string): Call[] {
  const calls = readCalls(text);
  const listen = calls.find(({ name, result }) => name === 'listen' && result === 0);
  return listen === undefined ? [] : calls.filter(({ pid }) => pid === listen.pid);
}

/** All calls, each once: in the order in which they returned, then those that have not. */
export function readCalls(text: string): Call[] {
  const reader = new CallReader();
  const begun = new Map<number, Call>();
  const returned = [...reader.push(text), ...reader.end()].filter((told): told is Call => {
    if (told.state === 'exited') return false;
    if (told.state === 'begun') begun.set(told.pid, told);
    else begun.delete(told.pid);
    return told.state === 'returned';
  });
  return [...returned, ...begun.values()];
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
  /** The original's calls are all select(2): nothing is asked of the tables. */
  readonly #kernel = new Kernel();

  tell(call: Call): void {
    this.#time = call.began + (call.took ?? 0) / 1_000;
    this.#stuck = null;
    const wait = readWait(call, this.#kernel);
    const transfer = readTransfer(call);
    if (wait?.family === 'select') this.#select(call, wait);
    else if (transfer?.direction === 'in') this.#recv(call, transfer);
    else if (transfer?.direction === 'out') this.#write(call, transfer);
    else if (call.name === 'socket') this.#socket(call);
    else if (/^(?:setsockopt|bind|listen)$/.test(call.name)) this.#setUp(call);
    else if (/^accept4?$/.test(call.name)) this.#accept(call);
    else if (call.name === 'close') this.#close(call);
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

  #socket({ args, result }: Call): void {
    if (this.#master !== null || result === null || result < 0) return;
    const [domain, type] = args.map(wordOf);
    if (domain !== 'AF_INET' || type !== 'SOCK_STREAM') return; // a name is looked up, say
    this.#master = result;
    const fd = this.#number(result);
    this.#add({ step: 'socket', fd, domain, type, protocol: 'SOL_TCP' });
  }

  /** What is done to the listener before the loop. */
  #setUp({ name, args, result }: Call): void {
    const [socket, first, option, value] = args;
    const fd = this.#fds.get(numberOf(socket) ?? -1);
    if (numberOf(socket) !== this.#master || fd === undefined || result !== 0) return;
    if (name === 'listen') this.#add({ step: 'listen', fd, backlog: numberOf(first) ?? 0 });
    else if (name === 'bind') this.#add({ step: 'bind', fd, ...addressOf(first) });
    else {
      const on = numberOf(listOf(value)[0]) ?? 0;
      const names = { level: wordOf(first), option: wordOf(option) };
      this.#add({ step: 'setsockopt', fd, ...names, value: on });
    }
  }

  #select({ result }: Call, wait: Wait): void {
    this.#answered();
    if (result === null || wait.timeout === 0) return; // no waiting, only a question
    this.#turn++;
    if (result < 0) return;
    const step = { read: this.#listed(wait.read), write: this.#listed(wait.write) };
    const readyRead = this.#listed(wait.readyRead);
    const readyWrite = this.#listed(wait.readyWrite);
    const scanned = step.read.length + step.write.length;
    this.#add({ step: 'select', ...step, readyRead, readyWrite, scanned });
  }

  #accept({ args, result }: Call): void {
    this.#answered();
    const listener = this.#fds.get(numberOf(args[0]) ?? -1);
    if (listener === undefined || result === null || result < 0) return;
    this.#rows.set(result, { uname: '', handshake: false });
    this.#add({ step: 'accept', listener, fd: this.#number(result), ...addressOf(args[1]) });
  }

  #recv({ result, error }: Call, { fd: from, bytes: taken }: Transfer): void {
    const socket = numberOf(from) ?? -1;
    const row = this.#rows.get(socket);
    const fd = this.#fds.get(socket);
    if (row === undefined || fd === undefined || result === null || error === 'EAGAIN') return;
    this.#answered();
    const bytes = result < 0 ? null : taken;
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

  #write({ result }: Call, { fd: to, bytes }: Transfer): void {
    const socket = numberOf(to) ?? -1;
    const fd = this.#fds.get(socket);
    if (fd === undefined || !this.#rows.has(socket)) return; // its log, its trace, its output
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

  #close({ args }: Call): void {
    const socket = numberOf(args[0]) ?? -1;
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

  /** The descriptors of a set, in the order of the server's table. */
  #listed(sockets: readonly Fd[]): Fd[] {
    return [...this.#fds].filter(([socket]) => sockets.includes(socket)).map(([, fd]) => fd);
  }
}

/** What a frame of the server's carries; its length forms are those of `build`. */
function payloadOf(frame: Uint8Array): Uint8Array {
  const form = (frame[1] ?? 0) & 0b0111_1111;
  return frame.subarray(form === 126 ? 4 : form === 127 ? 10 : 2);
}

function encode(value: PhpValue): Uint8Array {
  return phpJsonEncode(value) || new Uint8Array(0);
}
