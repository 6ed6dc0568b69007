import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy, joinBytes } from '../../src/bytes.js';
import { type Answer, acceptKey, ServerHandshake } from '../../src/websocket/handshake.js';
import { refuse } from '../../src/websocket/refusal.js';
import { hex, utf8 } from '../support/bytes.js';
import { byteByByte, cutsInTwo } from '../support/cuts.js';

/** The request of RFC 6455 section 1.2. */
const REQUEST = [
  'GET /chat HTTP/1.1',
  'Host: server.example.com',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Origin: http://example.com',
  'Sec-WebSocket-Protocol: chat, superchat',
  'Sec-WebSocket-Version: 13',
  '',
  '',
].join('\r\n');

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** The request with one text in it replaced, which must be there. */
function requestWith(text: string, by: string): string {
  expect(REQUEST).toContain(text);
  return REQUEST.replace(text, by);
}

function answerTo(pieces: readonly Uint8Array[]): Answer | null {
  const handshake = new ServerHandshake();
  for (const piece of pieces) {
    const answer = handshake.feed(piece);
    if (answer !== null) return answer;
  }
  return null;
}

/** An answer with its bytes as text, taken apart. */
interface Refusal {
  status: number;
  reason: string;
  fields: string[];
  body: string;
}

/** How a request is refused: the same byte by byte, and in good HTTP. */
function refusalOf(request: string | Uint8Array): Refusal {
  const bytes = typeof request === 'string' ? utf8(request) : request;
  const answer = answerTo([bytes]);
  expect(answerTo(byteByByte(bytes))).toEqual(answer);
  if (answer === null || !('reason' in answer)) throw new Error('not refused');
  return takeApart(answer);
}

function takeApart({ status, reason, bytes }: Answer & { reason: string }): Refusal {
  const [head = '', body = ''] = fromUtf8Lossy(bytes).split('\r\n\r\n');
  const [statusLine = '', ...fields] = head.split('\r\n');
  expect(statusLine).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`));
  expect(fields).toContain(`Content-Length: ${utf8(body).length}`);
  return { status, reason, fields, body };
}

describe('RFC 6455 1.3 the accept value', () => {
  test('the example: dGhlIHNhbXBsZSBub25jZQ==', () => {
    expect(acceptKey(KEY)).toBe(ACCEPT);
  });
});

describe('RFC 6455 4.2.2 a request that is right', () => {
  test('the example of 1.2 is answered with 101', () => {
    expect(answerTo([utf8(REQUEST)])).toEqual({
      status: 101,
      target: '/chat',
      headers: new Map([
        ['host', 'server.example.com'],
        ['upgrade', 'websocket'],
        ['connection', 'Upgrade'],
        ['sec-websocket-key', KEY],
        ['origin', 'http://example.com'],
        ['sec-websocket-protocol', 'chat, superchat'],
        ['sec-websocket-version', '13'],
      ]),
      key: KEY,
      accept: ACCEPT,
      protocols: ['chat', 'superchat'],
      protocol: null,
      deflate: null,
      bytes: utf8(
        'HTTP/1.1 101 Switching Protocols\r\n' +
          'Upgrade: websocket\r\n' +
          'Connection: Upgrade\r\n' +
          `Sec-WebSocket-Accept: ${ACCEPT}\r\n\r\n`,
      ),
      rest: hex(''),
    });
  });

  test('it may be cut anywhere', () => {
    const whole = answerTo([utf8(REQUEST)]);
    for (const pieces of cutsInTwo(utf8(REQUEST))) expect(answerTo(pieces)).toEqual(whole);
    expect(answerTo(byteByByte(utf8(REQUEST)))).toEqual(whole);
  });

  test('frames that come glued behind it are its rest, wherever the two are cut', () => {
    const frames = hex('81 85 37fa213d 7f9f4d5158');
    const request = utf8(REQUEST);
    const bytes = joinBytes([request, frames]);
    for (const [first, second] of cutsInTwo(bytes)) {
      const handshake = new ServerHandshake();
      const early = handshake.feed(first);
      const answer = early ?? handshake.feed(second);
      if (answer === null || !('rest' in answer)) throw new Error('not open');
      const later = early === null ? hex('') : second;
      expect(joinBytes([answer.rest, later])).toEqual(frames);
    }
  });

  test.each([
    ['names in other cases', 'Upgrade: websocket', 'UPGRADE: websocket'],
    ['Upgrade in other cases', 'Upgrade: websocket', 'Upgrade: WebSocket'],
    ['Upgrade among others', 'Upgrade: websocket', 'Upgrade: h2c, websocket'],
    ['Connection in other cases', 'Connection: Upgrade', 'Connection: UPGRADE'],
    ['Connection as Firefox has it', 'Connection: Upgrade', 'Connection: keep-alive, Upgrade'],
    ['Connection twice', 'Connection: Upgrade', 'Connection: close\r\nConnection: upgrade'],
    ['a folded line', 'Connection: Upgrade', 'Connection: keep-alive,\r\n Upgrade'],
    ['no space behind a colon', 'Connection: Upgrade', 'Connection:Upgrade'],
    ['a later HTTP', 'GET /chat HTTP/1.1', 'GET /chat HTTP/1.2'],
    ['no Origin: a client that is no browser', 'Origin: http://example.com\r\n', ''],
    ['a field that nobody knows', 'Origin:', 'X-Anything:'],
  ])('it may have %s', (_, text, by) => {
    expect(answerTo([utf8(requestWith(text, by))])).toMatchObject({ status: 101, accept: ACCEPT });
  });

  test('no subprotocol and no extension is granted: the server knows none', () => {
    const asked = requestWith('Origin:', 'Sec-WebSocket-Extensions: permessage-deflate\r\nOrigin:');
    const answer = answerTo([utf8(asked)]);
    expect(answer && fromUtf8Lossy(answer.bytes)).not.toMatch(/Protocol:|Extensions:/);
  });
});

describe('RFC 6455 4.2.1 a request that is wrong', () => {
  test('another method: 405, which says that GET is allowed', () => {
    const { status, reason, fields } = refusalOf(requestWith('GET', 'POST'));
    expect(status).toBe(405);
    expect(reason).toBe('the method is POST; a WebSocket begins with GET');
    expect(fields).toContain('Allow: GET, HEAD');
  });

  test.each([
    ['missing', 'Sec-WebSocket-Version: 13\r\n', ''],
    ['8', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 8'],
    ['13, 8', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 13, 8'],
  ])('version %s: 426, which tells the version (4.4)', (seen, text, by) => {
    const { status, reason, fields } = refusalOf(requestWith(text, by));
    expect(status).toBe(426);
    expect(reason).toBe(`Sec-WebSocket-Version is ${seen}; this server speaks 13`);
    expect(fields).toContain('Sec-WebSocket-Version: 13');
    expect(fields).toContain('Upgrade: websocket');
  });

  const KEY_LINE = `Sec-WebSocket-Key: ${KEY}`;
  test.each([
    ['Host missing', 'Host: server.example.com\r\n', '', 'one Host'],
    ['Host empty', 'Host: server.example.com', 'Host:', 'one Host'],
    ['Host twice', 'Host: server', 'Host: other\r\nHost: server', 'one Host'],
    ['Connection missing', 'Connection: Upgrade\r\n', '', 'lacks Upgrade'],
    ['Connection without Upgrade', 'Connection: Upgrade', 'Connection: close', 'lacks Upgrade'],
    ['the key missing', `${KEY_LINE}\r\n`, '', '16 bytes'],
    ['a key of 13 bytes', KEY, 'dGhlIHNhbXBsZSBubw==', '16 bytes'],
    ['a key of 15 bytes', KEY, 'dGhlIHNhbXBsZSBub25j', '16 bytes'],
    ['a key of 17 bytes', KEY, 'dGhlIHNhbXBsZSBub25jZWU=', '16 bytes'],
    ['a key that is not base64', KEY, 'dGhlIHNhbXBsZSBub25j*Q==', '16 bytes'],
    ['the key twice', KEY_LINE, `${KEY_LINE}\r\n${KEY_LINE}`, 'once'],
    ['the key and an empty one', KEY_LINE, `Sec-WebSocket-Key:\r\n${KEY_LINE}`, 'once'],
    ['a first line without a version', ' HTTP/1.1', '', 'no HTTP request line'],
    ['a first line with two spaces', 'GET /chat', 'GET  /chat', 'no HTTP request line'],
    ['garbage', 'GET /chat HTTP/1.1', 'hello there', 'no HTTP request line'],
    ['a stray CR', 'Origin: ', 'Origin: \r', 'control character'],
    ['a stray LF', 'Origin: ', 'Origin: \n', 'a line ends with LF alone'],
    ['a NUL', 'Origin: ', 'Origin: \0', 'control character'],
    ['a space before a colon', 'Host:', 'Host :', 'is no header field'],
    ['a first field that is folded', 'Host:', ' Host:', 'is no header field'],
  ])('%s: 400', (_, text, by, why) => {
    const { status, reason, body } = refusalOf(requestWith(text, by));
    expect(status).toBe(400);
    expect(reason).toContain(why);
    expect(body).toBe(`${reason}.\n`);
  });

  test('a TLS hello: 400 by its first byte', () => {
    const { status, reason } = refusalOf(hex('16'));
    expect(status).toBe(400);
    expect(reason).toContain('it looks like TLS; this server speaks ws:, not wss:');
  });

  test('a head of 16,384 bytes is taken, one more is 431', () => {
    const padded = (length: number): string =>
      requestWith('http://example.com', 'x'.repeat(length - REQUEST.length + 18));
    expect(padded(16_384)).toHaveLength(16_384);
    expect(answerTo([utf8(padded(16_384))])).toMatchObject({ status: 101 });
    expect(refusalOf(padded(16_385)).status).toBe(431);
  });

  test('the length of a head is the caller’s to choose', () => {
    const handshake = new ServerHandshake({ maxLength: 100 });
    expect(handshake.feed(utf8(REQUEST))).toMatchObject({ status: 431 });
  });

  test('a reason outside ASCII has its length in bytes', () => {
    const { body } = takeApart(refuse(403, 'für Gäste nicht') as Answer & { reason: string });
    expect(body).toBe('für Gäste nicht.\n');
  });

  test.each([
    ['a method that is no token', 'GET', 'G\u001b]0;x\u0007', 400, 'control character 0x1b'],
    ['a method with a bracket', 'GET', 'G]', 400, 'no HTTP request line'],
    ['a method outside ASCII', 'GET', 'GÉT', 400, 'no HTTP request line'],
    ['a target with a control character', '/chat', '/\u001b[2J', 400, 'control character 0x1b'],
    ['a target outside ASCII', '/chat', '/é', 400, 'the target /\\xc3\\xa9 is'],
    ['a long method', 'GET', 'G'.repeat(300), 405, `the method is ${'G'.repeat(60)}...; a`],
    ['a version', '13', '<b>[31m"\\é', 426, 'is <b>[31m\\x22\\x5c\\xc3\\xa9; this'],
    ['a line that is no field', 'Origin:', 'O\u009b\u001b:', 400, 'line "O\\xc2\\x9b\\x1b: http'],
  ])('RFC 9110 17.5 what the body repeats is harmless: %s', (_, text, by, status, says) => {
    const refusal = refusalOf(requestWith(text, by));
    expect(refusal.status).toBe(status);
    expect(refusal.body).toContain(says);
    expect(refusal.body).toMatch(/^[ -~]+\n$/);
    expect(refusal.body.length).toBeLessThan(300);
    expect(refusal.fields).toContain('Content-Type: text/plain; charset=utf-8');
    expect(refusal.fields).toContain('X-Content-Type-Options: nosniff');
  });

  test('whoever has no room refuses with 503', () => {
    const { status, fields, body } = takeApart(refuse(503, 'full') as Answer & { reason: string });
    expect(status).toBe(503);
    expect(fields).toContain('Connection: close');
    expect(body).toBe('full.\n');
  });
});
