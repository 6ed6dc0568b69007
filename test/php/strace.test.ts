import { describe, expect, test } from 'vitest';
import { readStrace, straceCommand } from '../../src/php/strace.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { hex, utf8 } from '../support/bytes.js';

/** Bytes as strace -xx prints them. */
function xx(bytes: Uint8Array): string {
  return `"${Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
}

/** Lines as strace writes them, of one process, a millisecond apart. */
function lines(...calls: string[]): string {
  return calls
    .map((call, i) => `4711 1700000000.${String(i).padStart(3, '0')}000 ${call}\n`)
    .join('');
}

function withoutStamp({ v, seq, turn, t, ...step }: TraceEvent): Step {
  return step as Step;
}

function stepsOf(...calls: string[]): Step[] {
  return readStrace(lines(...calls).slice(0, -1)).map(withoutStamp); // the last line may be within a call
}

const LISTEN = [
  'socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 7 <0.000010>',
  'setsockopt(7, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0 <0.000010>',
  `bind(7, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr(${xx(utf8('127.0.0.1'))})}, 16) = 0 <0.000010>`,
  'listen(7, 9)                            = 0 <0.000010>',
];

/** A client is accepted as the kernel's `fd`. */
function accept(fd: number, port = 50_000): string {
  return `accept(7, {sa_family=AF_INET, sin_port=htons(${port}), sin_addr=inet_addr(${xx(utf8('127.0.0.1'))})}, [128 => 16]) = ${fd} <0.000010>`;
}

function recv(fd: number, bytes: Uint8Array): string {
  return `recvfrom(${fd}, ${xx(bytes)}, 2048, 0, NULL, NULL) = ${bytes.length} <0.000010>`;
}

function write(fd: number, bytes: Uint8Array): string {
  return `write(${fd}, ${xx(bytes)}, ${bytes.length}) = ${bytes.length} <0.000010>`;
}

const OPENING: Step[] = [
  { step: 'socket', fd: 3, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
  { step: 'setsockopt', fd: 3, level: 'SOL_SOCKET', option: 'SO_REUSEADDR', value: 1 },
  { step: 'bind', fd: 3, host: '127.0.0.1', port: 8080 },
  { step: 'listen', fd: 3, backlog: 9 },
];

const REQUEST = utf8('GET / HTTP/1.1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
const ANSWER = utf8('HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept:s3pPLMBi\r\n\r\n');
const GREETING = hex('81 02 7b7d');
const SHAKE = [recv(9, REQUEST), write(9, ANSWER), write(9, GREETING)];

/** `{"type":"login","content":"al"}`, masked with 00000000. */
const LOGIN = new Uint8Array([
  ...hex('81 9f 00000000'),
  ...utf8('{"type":"login","content":"al"}'),
]);

describe('system calls as steps', () => {
  test('opening: the listener is fd 3, whatever the kernel calls it', () => {
    expect(stepsOf(...LISTEN)).toEqual(OPENING);
  });

  test('a client is fd 4; the key is found in what came, the accept value in what went out', () => {
    expect(stepsOf(...LISTEN, accept(9), ...SHAKE).slice(4)).toEqual([
      { step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 50_000 },
      { step: 'recv', fd: 4, bytes: REQUEST },
      { step: 'handshake', fd: 4, key: 'dGhlIHNhbXBsZSBub25jZQ==', accept: 's3pPLMBi' },
      { step: 'send', fd: 4, length: ANSWER.length, taken: ANSWER.length },
      { step: 'send', fd: 4, length: 4, taken: 4 },
    ]);
  });

  test('a message: what was parsed, what was answered, and all who are in the table', () => {
    const steps = stepsOf(
      ...LISTEN,
      accept(9),
      ...SHAKE,
      accept(12, 50_001),
      recv(9, LOGIN),
      write(9, hex('81 02 5b5d')),
      write(12, hex('81 02 5b5d')),
    );
    expect(steps.slice(10)).toEqual([
      { step: 'recv', fd: 4, bytes: LOGIN },
      {
        step: 'parse',
        fd: 4,
        fin: true,
        opcode: 1,
        masked: true,
        payloadLength: 31,
        bytes: LOGIN,
      },
      { step: 'deal', fd: 4, message: '{"type":"login","content":"al"}', reply: '[]' },
      { step: 'broadcast', to: [4, 5], bytes: hex('81 02 5b5d') },
      { step: 'send', fd: 4, length: 4, taken: 4 },
      { step: 'send', fd: 5, length: 4, taken: 4 },
    ]);
  });

  test('the last one leaves: what nobody hears of is worked out, with the name of the login', () => {
    const steps = stepsOf(
      ...LISTEN,
      accept(9),
      ...SHAKE,
      recv(9, LOGIN),
      write(9, hex('81 02 5b5d')),
      recv(9, new Uint8Array(0)),
      'close(9) = 0 <0.000010>',
    );
    const reply = '{"type":"logout","content":"al","user_list":[]}';
    expect(steps.slice(-4)).toEqual([
      { step: 'recv', fd: 4, bytes: new Uint8Array(0) },
      { step: 'disconnect', fd: 4, cause: 'fin' },
      { step: 'deal', fd: 4, message: '{"type":"logout","content":"al"}', reply },
      { step: 'broadcast', to: [], bytes: new Uint8Array([0x81, 47, ...utf8(reply)]) },
    ]);
  });

  test('fewer than 9 bytes and a reset are the other two causes; a reset has no bytes', () => {
    const short = stepsOf(...LISTEN, accept(9), recv(9, hex('88 80 00000000')));
    expect(short.slice(-2)).toEqual([
      { step: 'recv', fd: 4, bytes: hex('88 80 00000000') },
      { step: 'disconnect', fd: 4, cause: 'short-read' },
    ]);
    const reset = stepsOf(
      ...LISTEN,
      accept(9),
      'recvfrom(9, 0x7f669185b418, 2048, 0, NULL, NULL) = -1 ECONNRESET (Connection reset by peer) <0.000010>',
    );
    expect(reset.slice(5)).toEqual([{ step: 'disconnect', fd: 4, cause: 'reset' }]);
  });

  test('a closed number is given to the next client, as the kernel does', () => {
    const [first, second] = stepsOf(
      ...LISTEN,
      accept(9),
      recv(9, new Uint8Array(0)),
      'close(9) = 0 <0.000010>',
      accept(11, 50_001),
    ).filter(({ step }) => step === 'accept');
    expect(first).toMatchObject({ fd: 4 });
    expect(second).toMatchObject({ fd: 4, port: 50_001 });
  });
});

describe('select', () => {
  test('is told when it returns, with our numbers, and begins a turn', () => {
    const events = readStrace(
      lines(
        ...LISTEN,
        accept(9),
        'pselect6(10, [7 9], [], [], NULL, NULL) = 1 (in [9]) <0.500000>',
        recv(9, new Uint8Array(0)),
      ),
    );
    const select = { read: [3, 4], write: [], readyRead: [4], readyWrite: [], scanned: 2 };
    expect(events.slice(5, 7)).toEqual([
      { v: 1, seq: 5, turn: 1, t: 504.99, step: 'select', ...select },
      { v: 1, seq: 6, turn: 1, t: 6, step: 'recv', fd: 4, bytes: new Uint8Array(0) },
    ]);
  });

  test.each([
    'pselect6(10, [9], [], [], {tv_sec=0, tv_nsec=0}, NULL) = 1 (in [9]) <0.000010>',
    'pselect6(8, [7], [], [], NULL, NULL) = ? ERESTARTNOHAND (To be restarted if no handler) <0.1>',
    'select(8, [7], NULL, NULL, NULL',
  ])('is not told when it only asks, is interrupted or has not returned: %s', (call) => {
    expect(stepsOf(...LISTEN, call)).toEqual(OPENING);
  });
});

describe('lines of strace', () => {
  test('a write that has not returned is where the loop stands still', () => {
    const stuck = `write(9, ${xx(hex('81 02 5b5d'))}, 4`;
    expect(stepsOf(...LISTEN, accept(9), ...SHAKE, recv(9, LOGIN), stuck).at(-1)).toEqual({
      step: 'block',
      fd: 4,
      syscall: 'send',
      reason: '4 bytes wait for this client to read',
    });
  });

  test('a call in two lines, with another process in between, is one call', () => {
    const text = [
      ...lines(...LISTEN)
        .split('\n')
        .slice(0, -1),
      '4711 1700000001.0 accept(7,  <unfinished ...>',
      '4710 1700000001.1 read(0, "", 4096) = 0 <0.000010>',
      `4711 1700000001.2 <... accept resumed>{sa_family=AF_INET, sin_port=htons(5), sin_addr=inet_addr("127.0.0.1")}, [128 => 16]) = 9 <0.2>`,
      '',
    ].join('\n');
    expect(readStrace(text).slice(4).map(withoutStamp)).toEqual([
      { step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 5 },
    ]);
  });

  test('what is no socket is no step: a log, a trace, the output', () => {
    expect(stepsOf(...LISTEN, write(1, utf8('x')), 'close(5) = 0 <0.000010>')).toEqual(OPENING);
    expect(stepsOf(write(1, utf8('x')))).toEqual([]);
  });
});

test('the command asks for each call only where the system has it', () => {
  const command = straceCommand('FILE', ['php', 'server.php']);
  expect(command.slice(-5)).toEqual(['-o', 'FILE', '--', 'php', 'server.php']);
  expect(command.find((word) => word.startsWith('trace='))).toMatch(/^trace=(\?\w+,)+\?\w+$/);
});
