/**
 * A trace as long as one likes, made up in a moment: a room in which everybody says something in turn, and
 * everybody hears it; now and then one leaves and comes again. It runs in a page too.
 * @module
 */

import type { Step, TraceEvent } from '../../src/trace/event.js';
import { encodeFrame } from '../../src/websocket/frame.js';

/** Names as they come: long, of two columns a letter, of several code points. */
const NAMES = ['Ada', '小明', '👩‍👩‍👧 family', 'N'.repeat(64)];
const FIRST_FD = 4;
/** An idle hour now and then. */
const IDLE_MS = 3_600_000;

/** A trace of at least so many events. */
export function longTrace(length: number, clients: number): TraceEvent[] {
  const events: TraceEvent[] = [];
  let turn = 0;
  let t = 0;
  const add = (step: Step): void => {
    events.push({ v: 1, seq: events.length, turn, t, ...step });
  };
  const fds = Array.from({ length: clients }, (_, i) => FIRST_FD + i);
  const there: number[] = [];
  const nameOf = (fd: number): string => NAMES[fd - FIRST_FD] ?? `C${fd}`;
  const awake = (fd: number): void => {
    turn++;
    t += turn % 500 === 0 ? IDLE_MS : 1 + ((turn * 7) % 40);
    const read = [3, ...there];
    add({ step: 'select', read, write: [], readyRead: [fd], readyWrite: [], scanned: read.length });
  };
  const tell = (reply: string): void => {
    const bytes = encodeFrame(1, new TextEncoder().encode(reply));
    add({ step: 'broadcast', to: [...there], bytes });
    for (const fd of there) add({ step: 'send', fd, length: bytes.length, taken: bytes.length });
  };
  const hears = (fd: number, message: object, reply: object): void => {
    const text = JSON.stringify(message);
    const bytes = encodeFrame(1, new TextEncoder().encode(text));
    add({ step: 'recv', fd, bytes });
    const frame = { fin: true, opcode: 1, masked: false, payloadLength: text.length, bytes };
    add({ step: 'parse', fd, ...frame });
    add({ step: 'deal', fd, message: text, reply: JSON.stringify(reply) });
    tell(JSON.stringify(reply));
  };
  const comes = (fd: number): void => {
    awake(3);
    add({ step: 'accept', listener: 3, fd, host: '127.0.0.1', port: 40_000 + fd });
    there.push(fd);
    awake(fd);
    add({ step: 'handshake', fd, key: 'k', accept: 'a' });
    awake(fd);
    const content = nameOf(fd);
    const reply = { type: 'login', content, user_list: there.map(nameOf) };
    hears(fd, { type: 'login', content }, reply);
  };
  const leaves = (fd: number): void => {
    awake(fd);
    add({ step: 'recv', fd, bytes: new Uint8Array(0) });
    there.splice(there.indexOf(fd), 1);
    add({ step: 'disconnect', fd, cause: 'fin' });
  };
  if (length === 0) return events;
  add({ step: 'socket', fd: 3, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' });
  add({ step: 'bind', fd: 3, host: '127.0.0.1', port: 8080 });
  add({ step: 'listen', fd: 3, backlog: 511 });
  for (const fd of fds) if (events.length < length) comes(fd);
  for (let i = 0; events.length < length; i++) {
    const fd = fds[i % clients] as number;
    if (i % 97 === 96) {
      leaves(fd);
      comes(fd);
    }
    awake(fd);
    const content = `hello ${i}`;
    hears(fd, { type: 'user', content }, { type: 'user', from: nameOf(fd), content });
  }
  return events.slice(0, length);
}
