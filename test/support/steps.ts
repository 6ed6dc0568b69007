/**
 * One step of every kind, and any step of every kind.
 * @module
 */

import fc from 'fast-check';
import type { DisconnectCause, Step, StepName, TraceEvent } from '../../src/trace/event.js';
import { hex } from './bytes.js';

/** A step of each kind; the compiler finds the one that is missing. */
export const STEPS: { [Name in StepName]: Step & { step: Name } } = {
  socket: { step: 'socket', fd: 3, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
  setsockopt: { step: 'setsockopt', fd: 3, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },
  bind: { step: 'bind', fd: 3, host: '127.0.0.1', port: 8080 },
  listen: { step: 'listen', fd: 3, backlog: 511 },
  select: { step: 'select', read: [3, 4], write: [4], readyRead: [3], readyWrite: [], scanned: 2 },
  accept: { step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 50_000 },
  recv: { step: 'recv', fd: 4, bytes: hex('8185 37fa213d 7f9f4d5158') },
  handshake: { step: 'handshake', fd: 4, key: 'k', accept: 'a' },
  parse: {
    step: 'parse',
    fd: 4,
    fin: true,
    opcode: 1,
    masked: true,
    payloadLength: 5,
    bytes: hex('8185 37fa213d 7f9f4d5158'),
  },
  deal: { step: 'deal', fd: 4, message: 'Hello', reply: 'Hi' },
  broadcast: { step: 'broadcast', to: [4, 5], bytes: hex('8102 4869') },
  send: { step: 'send', fd: 4, length: 4, taken: 4 },
  block: { step: 'block', fd: 4, syscall: 'send', reason: 'its buffer is full' },
  disconnect: { step: 'disconnect', fd: 4, cause: 'fin' },
  error: {
    step: 'error',
    fd: 4,
    code: 'reserved-opcode',
    closeCode: 1002,
    section: '5.2',
    message: '1002: opcode 0x3 is reserved (RFC 6455 5.2)',
  },
  arrive: { step: 'arrive', fd: 4, kind: 'bytes', length: 11 },
  act: { step: 'act', client: 'anna', do: 'send', bytes: hex('8100') },
  again: { step: 'again', fd: 4, call: 'recvfrom' },
  fault: { step: 'fault', fd: 3, call: 'accept4', code: 'EMFILE' },
  wake: { step: 'wake', fd: 6, kind: 'timer' },
  other: { step: 'other', call: 'fsync', count: 2, took: 3.5 },
  broker: { step: 'broker', fd: 5, do: 'drop', message: 'our own, come back' },
  call: {
    step: 'call',
    lesson: 5,
    part: 'accept',
    name: 'acceptClient',
    args: ['net', '3'],
    returned: '4',
    expected: '4',
  },
  unknown: { step: 'unknown', name: 'dream', keys: { fd: 4, deep: [1] } },
};

const fd = fc.nat(2_000);
const fds = fc.array(fd, { maxLength: 5 });
const number = fc.nat();
const text = fc.string({ unit: 'binary' });
const bytes = fc.uint8Array();
const causes: DisconnectCause[] = [
  'fin',
  'reset',
  'close-frame',
  'short-read',
  'protocol-error',
  'limit',
  'timeout',
  'closed-here',
];

/** What each key of a step may hold. */
const ANY: { [Name in StepName]: fc.Arbitrary<Omit<Step & { step: Name }, 'step'>> } = {
  socket: fc.record({ fd, domain: text, type: text, protocol: text }),
  setsockopt: fc.record({ fd, level: text, option: text, value: fc.integer() }),
  bind: fc.record({ fd, host: text, port: number }),
  listen: fc.record({ fd, backlog: number }),
  select: fc.record(
    {
      read: fds,
      write: fds,
      readyRead: fds,
      readyWrite: fds,
      scanned: number,
      pending: fds,
      call: text,
      inferred: fc.constant(true as const),
      watched: fc.option(number),
      waited: number,
      timeout: fc.option(number),
      polls: number,
      changes: number,
    },
    { requiredKeys: ['read', 'write', 'readyRead', 'readyWrite', 'scanned'] },
  ),
  accept: fc.record({ listener: fd, fd, host: text, port: number }),
  recv: fc.record(
    { fd, bytes, call: text, room: number, length: number },
    { requiredKeys: ['fd', 'bytes'] },
  ),
  handshake: fc.oneof(
    fc.record({ fd, key: text, accept: text }),
    fc.record({ fd, refused: fc.record({ status: number, reason: text }) }),
  ),
  parse: fc.record({
    fd,
    fin: fc.boolean(),
    opcode: fc.nat(15),
    masked: fc.boolean(),
    payloadLength: number,
    bytes,
  }),
  deal: fc.record({ fd, message: text, reply: text }),
  broadcast: fc.record({ to: fds, bytes }),
  send: fc.record(
    { fd, length: number, taken: number, call: text, bytes },
    { requiredKeys: ['fd', 'length', 'taken'] },
  ),
  block: fc.record({ fd, syscall: fc.constantFrom('send', 'recv'), reason: text }),
  disconnect: fc.record({ fd, cause: fc.constantFrom(...causes) }),
  error: fc.record({ fd, code: text, closeCode: number, section: text, message: text }),
  arrive: fc.record({
    fd,
    kind: fc.constantFrom('connect', 'bytes', 'fin', 'reset'),
    length: number,
  }),
  act: fc.record({ client: text, do: text, bytes }),
  again: fc.record({ fd, call: text }),
  fault: fc.record(
    { fd, call: text, code: text, injected: fc.constant(true as const) },
    { requiredKeys: ['fd', 'call', 'code'] },
  ),
  wake: fc.record({ fd, kind: text }),
  other: fc.record({ call: text, count: number, took: number }),
  broker: fc.record({
    fd,
    do: fc.constantFrom('connect', 'publish', 'message', 'drop', 'look', 'lost'),
    message: text,
  }),
  call: fc.record(
    {
      lesson: number,
      part: text,
      name: text,
      args: fc.array(text, { maxLength: 3 }),
      returned: text,
      expected: text,
      given: text,
      fault: fc.constantFrom('wrong', 'threw'),
    },
    { requiredKeys: ['lesson', 'name', 'args', 'returned'] },
  ),
  unknown: fc.record({ name: fc.constantFrom('dream', 'sleep'), keys: fc.record({ fd, text }) }),
};

const stamp = fc.record({
  v: fc.constant(1),
  seq: number,
  turn: number,
  t: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
});

/** Any event whose step is of this kind. */
export function anyEvent(step: StepName): fc.Arbitrary<TraceEvent> {
  return fc
    .tuple(stamp, ANY[step])
    .map(([stamp, keys]) => ({ ...stamp, step, ...keys }) as unknown as TraceEvent);
}
