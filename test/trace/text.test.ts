import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/trace/event.js';
import { describeStep, printable } from '../../src/trace/text.js';
import { hex } from '../support/bytes.js';
import { STEPS } from '../support/steps.js';

describe('each step has a line', () => {
  test.each<[string, Step]>([
    ['fd 3 is a TCP socket (AF_INET, SOCK_STREAM, SOL_TCP)', STEPS.socket],
    ['fd 3: SO_REUSEADDR = 1', STEPS.setsockopt],
    ['fd 3 to 127.0.0.1:8080', STEPS.bind],
    ['fd 3, backlog 511', STEPS.listen],
    ['2 sockets watched; readable: fd 3', STEPS.select],
    [
      '3 sockets watched; readable: fd 4 5; writable: fd 4',
      { ...STEPS.select, readyRead: [4, 5], readyWrite: [4], scanned: 3 },
    ],
    [
      '2 sockets watched; frames wait from the turn before: fd 4 5',
      { ...STEPS.select, readyRead: [], pending: [4, 5] },
    ],
    ['1 socket watched; none ready', { ...STEPS.select, readyRead: [], scanned: 1 }],
    ['fd 4 from 127.0.0.1:50000, out of the queue of fd 3', STEPS.accept],
    ['fd 4: 11 bytes  81 85 37 fa 21 3d 7f 9f 4d 51 58', STEPS.recv],
    ['fd 4: 1 byte  81', { ...STEPS.recv, bytes: hex('81') }],
    ['fd 4: 0 bytes, the peer has sent FIN', { ...STEPS.recv, bytes: hex('') }],
    ['fd 4: 101, key k → accept a', STEPS.handshake],
    [
      'fd 4: 426, no upgrade',
      { step: 'handshake', fd: 4, refused: { status: 426, reason: 'no upgrade' } },
    ],
    ['fd 4: text, the last frame, masked, payload 5 bytes', STEPS.parse],
    [
      'fd 4: binary, more follow, not masked, payload 1 byte',
      { ...STEPS.parse, fin: false, opcode: 2, masked: false, payloadLength: 1 },
    ],
    ['fd 4: ping, masked, payload 5 bytes', { ...STEPS.parse, opcode: 9 }],
    ['fd 4: Hello → Hi', STEPS.deal],
    ['fd 4: gone → Hi', { ...STEPS.deal, message: '' }],
    ['fd 4: is here → {"type":"login"}', { ...STEPS.deal, message: '', reply: '{"type":"login"}' }],
    ['4 bytes to fd 4 5  81 02 48 69', STEPS.broadcast],
    ['4 bytes to nobody  81 02 48 69', { ...STEPS.broadcast, to: [] }],
    ['fd 4: 4 bytes', STEPS.send],
    ['fd 4: 1 of 4 bytes taken, the rest waits', { ...STEPS.send, taken: 1 }],
    ['fd 4: the loop stands still in send; its buffer is full', STEPS.block],
    ['fd 4: 101, key k → accept a (worked out, not seen)', { ...STEPS.handshake, inferred: true }],
    [
      'fd 4: the loop stood still for 4300 ms in sendto; its buffer is full',
      { ...STEPS.block, call: 'sendto', took: 4_300.2 },
    ],
    ['fd 4: the peer sent FIN', STEPS.disconnect],
    ['fd 4: 1002: opcode 0x3 is reserved (RFC 6455 5.2)', STEPS.error],
    ['fd 4: 11 bytes arrived', STEPS.arrive],
    ['fd 4: fin arrived', { ...STEPS.arrive, kind: 'fin' }],
    ['client anna: send  81 00', STEPS.act],
    ['client anna: close', { ...STEPS.act, do: 'close', bytes: hex('') }],
  ])('%s', (line, step) => {
    expect(describeStep(step)).toBe(line);
  });

  test('only the first 16 bytes are shown', () => {
    const bytes = new Uint8Array(17);
    expect(describeStep({ ...STEPS.recv, bytes })).toBe(
      `fd 4: 17 bytes  ${Array(16).fill('00').join(' ')} …`,
    );
  });

  test('only the first 12 descriptors are shown', () => {
    const to = Array.from({ length: 15 }, (_, i) => i + 4);
    expect(describeStep({ ...STEPS.broadcast, to })).toContain(
      'to fd 4 5 6 7 8 9 10 11 12 13 14 15 and 3 more',
    );
  });

  test('a cause that this version does not know is shown as it is', () => {
    const step = { step: 'disconnect', fd: 4, cause: 'oom' } as unknown as Step;
    expect(describeStep(step)).toBe('fd 4: oom');
  });
});

describe('text of a peer is safe for a terminal', () => {
  test.each([
    ['colours', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a bell', '\u0007', '\\u{7}'],
    ['line breaks', 'a\r\nb', 'a\\u{d}\\u{a}b'],
    ['DEL', '\u007f', '\\u{7f}'],
    ['the eight-bit form of ESC [', '\u009b31m', '\\u{9b}31m'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['text that runs backwards', '\u202eabc', '\\u{202e}abc'],
    ['a byte order mark', '\ufeffa', '\\u{feff}a'],
  ])('%s become signs', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test.each(['👩‍👩‍👧‍👦', '🏳️‍🌈', '你好', 'é', 'e\u0301', 'a b'])('%s stays', (text) => {
    expect(printable(text)).toBe(text);
  });

  test.each<[string, Step]>([
    ['a message', { ...STEPS.deal, message: '\u001b[2J' }],
    ['a reply', { ...STEPS.deal, reply: '\u001b[2J' }],
    [
      'the method in a refusal',
      { step: 'handshake', fd: 4, refused: { status: 405, reason: 'the method is \u001b[2J' } },
    ],
    ['a key', { ...STEPS.handshake, key: '\u001b[2J' }],
    ['an error', { ...STEPS.error, message: '\u001b[2J' }],
    ['a host in a trace from elsewhere', { ...STEPS.accept, host: '\u001b[2J' }],
    ['a client in a trace from elsewhere', { ...STEPS.act, client: '\u001b[2J' }],
  ])('%s cannot clear the screen', (_, step) => {
    expect(describeStep(step)).toContain('\\u{1b}[2J');
    expect(describeStep(step)).not.toContain('\u001b');
  });
});
