import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy, joinBytes } from '../../src/bytes.js';
import { ClientHandshake, type ClientRequest } from '../../src/websocket/client-handshake.js';
import { makeKey, ServerHandshake } from '../../src/websocket/handshake.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { byteByByte, cutsInTwo } from '../support/cuts.js';

/** The key of RFC 6455 1.3, and what a server makes of it. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

describe('RFC 6455 4.1 the client', () => {
  const ANSWER = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${ACCEPT}`,
    '',
    '',
  ].join('\r\n');

  function judge(answer: string | Uint8Array): ReturnType<ClientHandshake['feed']> {
    const client = new ClientHandshake({ host: 'server.example.com', key: KEY });
    return client.feed(typeof answer === 'string' ? utf8(answer) : answer);
  }

  function answerWith(text: string, by: string): string {
    expect(ANSWER).toContain(text);
    return ANSWER.replace(text, by);
  }

  test('asks for what it was told to', () => {
    const options = { host: 'a:8080', target: '/chat?x=1', key: KEY, origin: 'http://b' };
    expect(fromUtf8Lossy(new ClientHandshake(options).request)).toBe(
      'GET /chat?x=1 HTTP/1.1\r\n' +
        'Host: a:8080\r\n' +
        'Upgrade: websocket\r\n' +
        'Connection: Upgrade\r\n' +
        `Sec-WebSocket-Key: ${KEY}\r\n` +
        'Sec-WebSocket-Version: 13\r\n' +
        'Origin: http://b\r\n\r\n',
    );
  });

  test('asks in a way that our server takes', () => {
    const { request } = new ClientHandshake({ host: 'a', key: KEY });
    expect(new ServerHandshake().feed(request)).toMatchObject({ status: 101, target: '/' });
  });

  test('makes its key from 16 bytes: the example of 1.3', () => {
    expect(makeKey(utf8('the sample nonce'))).toBe(KEY);
    expect(() => new ClientHandshake({ host: 'a', key: makeKey(someBytes(16)) })).not.toThrow();
    expect(() => new ClientHandshake({ host: 'a', key: 'short' })).toThrow(TypeError);
    expect(() => new ClientHandshake({ host: 'a\r\nEvil: b', key: KEY })).toThrow(TypeError);
  });

  test('takes the answer of 1.3 however it is cut, and frames behind it', () => {
    const frames = hex('81 05 48656c6c6f');
    for (const [first, second] of cutsInTwo(joinBytes([utf8(ANSWER), frames]))) {
      const client = new ClientHandshake({ host: 'a', key: KEY });
      const early = client.feed(first);
      const result = early ?? client.feed(second);
      if (!result?.open) throw new Error('not open');
      expect(joinBytes([result.rest, early === null ? hex('') : second])).toEqual(frames);
    }
  });

  test('waits for an answer that is not whole', () => {
    expect(judge(ANSWER.slice(0, -1))).toBeNull();
  });

  test.each([
    ['another case', 'Upgrade: websocket', 'upgrade: WEBSOCKET'],
    ['more in Connection', 'Connection: Upgrade', 'Connection: keep-alive, upgrade'],
    ['no reason phrase', '101 Switching Protocols', '101'],
  ])('takes an answer with %s', (_, text, by) => {
    expect(judge(answerWith(text, by))).toEqual({
      open: true,
      deflate: null,
      protocol: '',
      rest: hex(''),
    });
  });

  test.each([
    ['another status', '101 Switching Protocols', '200 OK', 'the server answered: HTTP/1.1 200 OK'],
    ['a status like 101', '101 Switching', '1010', 'the server answered: HTTP/1.1 1010 Protocols'],
    ['no Upgrade', 'Upgrade: websocket\r\n', '', 'the answer lacks Upgrade: websocket'],
    [
      'another Upgrade',
      'Upgrade: websocket',
      'Upgrade: h2c',
      'the answer lacks Upgrade: websocket',
    ],
    ['no Connection', 'Connection: Upgrade\r\n', '', 'the answer lacks Connection: Upgrade'],
    [
      'no accept value',
      `Sec-WebSocket-Accept: ${ACCEPT}\r\n`,
      '',
      `Sec-WebSocket-Accept is missing, not ${ACCEPT}`,
    ],
    [
      'another accept value',
      ACCEPT,
      'S3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      `Sec-WebSocket-Accept is S3pPLMBiTxaQ9kYGzzhZRbK+xOo=, not ${ACCEPT}`,
    ],
    [
      'an extension',
      'Upgrade: websocket',
      'Upgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate',
      'the server uses an extension unasked',
    ],
    [
      'a subprotocol',
      'Upgrade: websocket',
      'Upgrade: websocket\r\nSec-WebSocket-Protocol: chat',
      'the server chose a subprotocol unasked: chat',
    ],
    [
      'a broken field',
      'Upgrade:',
      'Upgrade :',
      'the line "Upgrade : websocket" is no header field',
    ],
  ])('refuses an answer with %s', (_, text, by, reason) => {
    expect(judge(answerWith(text, by))).toEqual({ open: false, reason });
  });

  test('refuses what is no HTTP by its first byte', () => {
    expect(judge(hex('15 03 01'))).toEqual({
      open: false,
      reason: 'the first byte 0x15 begins no HTTP',
    });
  });

  test.each([
    ['one that was asked for', ['superchat'], 'superchat', { open: true, protocol: 'superchat' }],
    ['one of several', ['a', 'b'], 'b', { open: true, protocol: 'b' }],
    [
      'none of them, as a page has it',
      ['a', 'b'],
      null,
      { open: false, reason: 'the server speaks none of the subprotocols asked for: a, b' },
    ],
    ['another', ['a'], 'A', { open: false, reason: 'the server chose a subprotocol unasked: A' }],
    ['two', ['a', 'b'], 'a, b', { open: false }],
  ])('4.1 (6): of the subprotocols the server chose %s', (_, protocols, chosen, result) => {
    const client = new ClientHandshake({ host: 'a', key: KEY, protocols });
    expect(fromUtf8Lossy(client.request)).toContain(
      `\r\nSec-WebSocket-Protocol: ${protocols.join(', ')}\r\n`,
    );
    const field = chosen === null ? '' : `Sec-WebSocket-Protocol: ${chosen}\r\n`;
    expect(client.feed(utf8(answerWith('Upgrade: ', `${field}Upgrade: `)))).toMatchObject(result);
  });

  test('sends the fields that it is given behind its own', () => {
    const headers = { Authorization: 'Basic YTpi', Cookie: 'a=b; c=é' };
    const { request } = new ClientHandshake({ host: 'a', key: KEY, headers });
    expect(fromUtf8Lossy(request)).toMatch(
      /\r\nAuthorization: Basic YTpi\r\nCookie: a=b; c=é\r\n\r\n$/,
    );
  });

  const never: [string, Partial<ClientRequest>, string][] = [
    ['a host with a path', { host: 'a/b' }, 'is no host'],
    ['a host with a line behind it', { host: 'a\r\nEvil: b' }, 'is no host'],
    ['a target with a space', { target: '/a b' }, 'is no path'],
    ['a target with a fragment', { target: '/a#b' }, 'is no path'],
    ['an origin with a space', { origin: 'http://a b' }, 'is no origin'],
    ['a subprotocol with a comma', { protocols: ['a,b'] }, 'is no subprotocol'],
    ['a subprotocol twice', { protocols: ['a', 'b', 'a'] }, 'stands there twice'],
    ['a name that is no token', { headers: { 'a b': '' } }, 'cannot stand in a request'],
    ['a value with a line end', { headers: { a: 'b\r\nc: d' } }, 'cannot stand in a request'],
    ['Host among the fields', { headers: { Host: 'b' } }, "is the handshake's own"],
    ['a length among the fields', { headers: { 'content-length': '3' } }, "is the handshake's own"],
    ['a key among the fields', { headers: { 'Sec-WebSocket-Key': KEY } }, "is the handshake's own"],
  ];
  test.each(never)('never asks with %s', (_, options, says) => {
    expect(() => new ClientHandshake({ host: 'a', key: KEY, ...options })).toThrow(TypeError);
    expect(() => new ClientHandshake({ host: 'a', key: KEY, ...options })).toThrow(says);
  });

  const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
  const HINTS = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n';
  test.each([
    ['100', CONTINUE],
    ['103', HINTS],
    ['several of them', CONTINUE + HINTS + CONTINUE],
    ['one that nobody knows', 'HTTP/1.1 199\r\n\r\n'],
  ])('RFC 9110 15.2 passes over interim answers: %s', (_, interim) => {
    const frames = hex('81 05 48656c6c6f');
    const bytes = joinBytes([utf8(interim + ANSWER), frames]);
    const whole = { open: true, rest: frames };
    expect(judge(bytes)).toMatchObject(whole);
    for (const [first, second] of cutsInTwo(bytes)) {
      const client = new ClientHandshake({ host: 'a', key: KEY });
      const early = client.feed(first);
      const result = early ?? client.feed(second);
      if (!result?.open) throw new Error('not open');
      expect(joinBytes([result.rest, early === null ? hex('') : second])).toEqual(frames);
    }
    const client = new ClientHandshake({ host: 'a', key: KEY });
    const results = byteByByte(utf8(interim + ANSWER)).map((byte) => client.feed(byte));
    expect(results.slice(0, -1).every((result) => result === null)).toBe(true);
    expect(results.at(-1)).toMatchObject({ open: true });
  });

  test('RFC 9110 15.2 behind an interim answer the final one counts', () => {
    expect(judge(`${CONTINUE}HTTP/1.1 403 Forbidden\r\n\r\n`)).toEqual({
      open: false,
      reason: 'the server answered: HTTP/1.1 403 Forbidden',
    });
  });

  test('takes a head up to the length that it is told', () => {
    const client = () => new ClientHandshake({ host: 'a', key: KEY, maxLength: ANSWER.length });
    expect(client().feed(utf8(ANSWER))).toMatchObject({ open: true });
    expect(client().feed(utf8(answerWith('101 S', '101 SS')))).toEqual({
      open: false,
      reason: `the head is longer than ${ANSWER.length} bytes`,
    });
  });
});
