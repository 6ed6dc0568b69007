import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy, joinBytes } from '../../src/bytes.js';
import { type Answer, ServerHandshake } from '../../src/websocket/handshake.js';
import { hex, utf8 } from '../support/bytes.js';
import { byteByByte } from '../support/cuts.js';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const FIELDS = `Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n`;
const NOON = new Date('1994-11-06T08:49:37Z');

/** The answer to a request, which must be the same byte by byte. */
function answerTo(request: string | Uint8Array, protocols: readonly string[] = []): Answer {
  const bytes = typeof request === 'string' ? utf8(request) : request;
  const options = { protocols, date: () => NOON };
  const whole = new ServerHandshake(options).feed(bytes);
  const handshake = new ServerHandshake(options);
  const answers = byteByByte(bytes).map((byte) => handshake.feed(byte));
  expect(answers.find((answer) => answer !== null)).toEqual(whole);
  if (whole === null) throw new Error('not whole');
  return whole;
}

/** A handshake with another first line, other fields, or both. */
function ask(line: string, fields = FIELDS): string {
  return `${line}\r\n${fields}\r\n`;
}

function textOf(answer: Answer): string {
  return fromUtf8Lossy(answer.bytes);
}

describe('RFC 9112 3.2 Host', () => {
  const asks = (host: string): string =>
    ask('GET / HTTP/1.1', FIELDS.replace('Host: a', `Host: ${host}`));

  test.each(
    [
      'a b',
      'a/b',
      'u@a',
      'u:p@a',
      'a:99x',
      'a, b',
      'a\\b',
      'a?b',
      'a#b',
      '<a>',
      '"a"',
      'é',
      'http://a',
      '[::1',
      '::1',
      '[::g]',
      '[1:2]',
      '[::1]x',
      '[]',
      'a%',
      'a%2',
      '[v1]',
      ':80',
    ].filter((host) => host !== 'a:'),
  )('%j is no host: 400', (host) => {
    expect(answerTo(asks(host))).toMatchObject({
      status: 400,
      reason: expect.stringContaining('the Host '),
    });
  });

  test.each([
    'a',
    'A.example',
    'a:80',
    'a:',
    '127.0.0.1:8080',
    '[::1]',
    '[::1]:8080',
    '[::ffff:127.0.0.1]',
    '[v1.a:b]',
    'my_host',
    'xn--bcher-kva.example',
    'a%C3%A9',
    'a,b',
  ])('%j is one', (host) => {
    const answer = answerTo(asks(host));
    expect(answer).toMatchObject({ status: 101 });
    expect('headers' in answer && answer.headers.get('host')).toBe(host);
  });

  test('stands once, also in a request that asks for no WebSocket', () => {
    expect(answerTo('GET / HTTP/1.1\r\n\r\n')).toMatchObject({ status: 400 });
    expect(answerTo('GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n')).toMatchObject({ status: 400 });
    expect(answerTo('GET / HTTP/1.0\r\n\r\n')).toMatchObject({ status: 200 });
  });
});

describe('RFC 9112 3.2 the target', () => {
  test.each([
    '/',
    '/chat',
    '/chat?room=1&x[]=2',
    '//a',
    '/?',
    '/a:b@c;d=e',
    '/%E4%BD%A0',
    '/a|b{c}^`',
    '/?/?',
  ])('%j is taken', (target) => {
    expect(answerTo(ask(`GET ${target} HTTP/1.1`))).toMatchObject({ status: 101, target });
  });

  test.each([
    ['*', '*'],
    ['a word', 'x'],
    ['a host and a port', 'host:80'],
    ['a fragment', '/x#f'],
    ['angle brackets', '/<>'],
    ['a quote', '/"'],
    ['a byte 01', '/\u0001'],
    ['a byte 7f', '/\u007f'],
    ['another scheme', 'ftp://a/'],
    ['an absolute one with a user', 'http://u@a/'],
    ['an absolute one with a fragment', 'http://a/#f'],
    ['an absolute one without a host', 'http:///x'],
  ])('%s is refused', (_, target) => {
    expect(answerTo(ask(`GET ${target} HTTP/1.1`))).toMatchObject({ status: 400 });
  });

  test('a byte e9 is refused', () => {
    const bytes = joinBytes([utf8('GET /'), hex('e9'), utf8(` HTTP/1.1\r\n${FIELDS}\r\n`)]);
    expect(answerTo(bytes)).toMatchObject({ status: 400 });
  });

  test.each([
    ['http://b/chat?x', '/chat?x', 'b'],
    ['HTTP://b:8080', '/', 'b:8080'],
    ['https://[::1]?x=1', '/?x=1', '[::1]'],
  ])(
    '3.2.2: of the absolute-form %s the host counts, and not the field',
    (written, target, host) => {
      const answer = answerTo(ask(`GET ${written} HTTP/1.1`));
      expect(answer).toMatchObject({ status: 101, target });
      expect('headers' in answer && answer.headers.get('host')).toBe(host);
    },
  );
});

describe('RFC 9110 15.6.6 the version', () => {
  test.each(['HTTP/2.0', 'HTTP/3.0', 'HTTP/0.9'])('%s is answered with 505', (version) => {
    const answer = answerTo(ask(`GET / ${version}`));
    expect(answer).toMatchObject({
      status: 505,
      reason: `${version} is not spoken here, only HTTP/1.1`,
    });
    expect(textOf(answer)).toMatch(/^HTTP\/1\.1 505 HTTP Version Not Supported\r\n/);
  });

  test.each(['HTTP/1', 'HTTP/1.10', 'http/1.1', 'HTTP/x.y', 'HTTP', ' HTTP/1.1', 'HTTP/1.1 '])(
    '%j is none: 400',
    (version) => {
      expect(answerTo(ask(`GET / ${version}`))).toMatchObject({ status: 400 });
    },
  );

  test('HTTP/1.0 cannot upgrade: 426', () => {
    const answer = answerTo(ask('GET / HTTP/1.0'));
    expect(answer).toMatchObject({
      status: 426,
      reason:
        'HTTP/1.0 cannot upgrade; a proxy in between, if there is one, has to speak HTTP/1.1 to this server',
    });
    expect(textOf(answer)).toContain('\r\nUpgrade: websocket\r\n');
  });
});

describe('RFC 9110 7.8 a handshake with a body', () => {
  test.each([
    ['a length', 'Content-Length: 5'],
    ['a length that is none', 'Content-Length: x'],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 0'],
    ['an empty length', 'Content-Length:'],
    ['chunks', 'Transfer-Encoding: chunked'],
    ['an encoding that is none', 'Transfer-Encoding:'],
    ['both', 'Content-Length: 0\r\nTransfer-Encoding: chunked'],
  ])('%s is refused with 400: it would be read as frames', (_, field) => {
    expect(answerTo(ask('GET / HTTP/1.1', `${FIELDS}${field}\r\n`))).toMatchObject({
      status: 400,
      reason: 'a handshake has no body: no Transfer-Encoding, and no Content-Length but 0',
    });
  });

  test('a length of 0 is no body', () => {
    expect(answerTo(ask('GET / HTTP/1.1', `${FIELDS}Content-Length: 0\r\n`))).toMatchObject({
      status: 101,
    });
  });
});

describe('RFC 9112 2.2 an empty line in front of a request', () => {
  test('is passed over', () => {
    expect(answerTo(`\r\n${ask('GET / HTTP/1.1')}`)).toMatchObject({ status: 101 });
    expect(answerTo(`\r\n${ask('HEAD / HTTP/1.1')}`)).toMatchObject({ status: 405 });
  });
});

describe('RFC 9110 9.3.2 HEAD', () => {
  test.each([
    ['no WebSocket', 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', 200],
    ['a WebSocket', ask('HEAD / HTTP/1.1'), 405],
    ['what another HTTP is for', ask('HEAD / HTTP/2.0'), 505],
    ['a target that is none', ask('HEAD * HTTP/1.1'), 400],
    ['a line that is no field', ask('HEAD / HTTP/1.1', 'x\r\n'), 400],
  ])('that asks for %s gets no body, and its length', (_, request, status) => {
    const answer = answerTo(request);
    expect(answer.status).toBe(status);
    expect(textOf(answer)).toMatch(/\r\n\r\n$/);
    const [, length] = /\r\nContent-Length: (\d+)\r\n/.exec(textOf(answer)) ?? [];
    expect(Number(length)).toBeGreaterThan(10);
  });

  test('has the fields that GET has', () => {
    const [head, get] = ['HEAD', 'GET'].map((method) =>
      textOf(answerTo(`${method} / HTTP/1.1\r\nHost: a\r\n\r\n`)),
    );
    expect(get?.startsWith(head ?? 'x')).toBe(true);
  });

  test('is not in front of what only begins like it', () => {
    expect(textOf(answerTo(ask('HEADER / HTTP/1.1')))).toMatch(/\.\n$/);
  });
});

describe('RFC 9110 6.6.1 Date', () => {
  test.each([
    ['a refusal', ask('POST / HTTP/1.1')],
    ['an answer to who asks for no WebSocket', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['what is no HTTP', '\u0016'],
  ])('%s has it', (_, request) => {
    expect(textOf(answerTo(request))).toContain('\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n');
  });

  test('a server without a clock has none', () => {
    expect(textOf(new ServerHandshake().feed(utf8('\u0016')) as Answer)).not.toContain('Date');
  });
});

describe('a request that asks for no WebSocket', () => {
  test.each([
    ['a page', 'GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n'],
    ['another path', 'GET /health HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a check of a proxy without Host', 'GET / HTTP/1.0\r\n\r\n'],
    ['another upgrade', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'],
  ])('gets 200, with a body that says how to connect: %s', (_, request) => {
    const answer = answerTo(request);
    expect(answer).toMatchObject({ status: 200, reason: 'this is a WebSocket server' });
    expect(textOf(answer)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(textOf(answer)).toContain('\r\nConnection: close\r\n');
    expect(textOf(answer)).toContain('new WebSocket("ws://...")');
    expect(textOf(answer)).toContain('npx loopscope chat');
  });
});

describe('RFC 9110 7.8 a handshake that lost a field on its way', () => {
  const without = (line: string, more = '') => ask('GET / HTTP/1.1', FIELDS.replace(line, more));
  test.each([
    [
      'Upgrade',
      without('Upgrade: websocket\r\n'),
      426,
      'Upgrade: websocket is missing from what else is a handshake; a proxy in between, if there is one, has to pass Upgrade and Connection on',
    ],
    [
      'Upgrade, and a proxy shows itself',
      without('Upgrade: websocket\r\n', 'X-Forwarded-For: 1.2.3.4\r\n'),
      426,
      'Upgrade: websocket is missing from what else is a handshake; the proxy that sent X-Forwarded-For has to pass Upgrade and Connection on',
    ],
    [
      'Connection',
      without('Connection: Upgrade\r\n', 'Connection: close\r\nVia: 1.1 x\r\n'),
      400,
      'the Connection field lacks Upgrade; the proxy that sent Via has to pass Upgrade and Connection on',
    ],
  ])('is told who may have taken it: %s', (_, request, status, reason) => {
    const answer = answerTo(request);
    expect(answer).toMatchObject({ status, reason });
    expect(textOf(answer).includes('\r\nUpgrade: websocket\r\n')).toBe(status === 426);
  });
});

describe('RFC 6455 4.2.2 subprotocols', () => {
  const asking = (...values: string[]): string =>
    ask(
      'GET / HTTP/1.1',
      FIELDS + values.map((value) => `Sec-WebSocket-Protocol: ${value}\r\n`).join(''),
    );

  test.each([
    ['the client’s first that is spoken', ['b, a'], ['a', 'b'], 'b'],
    ['the only one that is spoken', ['x, a, y'], ['a'], 'a'],
    ['from several fields', ['x', 'a'], ['a'], 'a'],
    ['none when none is spoken', ['x'], ['a'], null],
    ['none when none is asked for', [], ['a'], null],
    ['none that differs in case', ['A'], ['a'], null],
  ])('the server chooses %s', (_, values, spoken, protocol) => {
    const answer = answerTo(asking(...values), spoken);
    expect(answer).toMatchObject({ status: 101, protocol });
    const field = /\r\nSec-WebSocket-Protocol: (.*)\r\n/.exec(textOf(answer))?.[1] ?? null;
    expect(field).toBe(protocol);
  });

  test.each(['a b', 'a, a', 'a;b', '"a"', 'é'])('4.1 (10): %j is no list of them: 400', (value) => {
    expect(answerTo(asking(value), ['a'])).toMatchObject({
      status: 400,
      reason: 'Sec-WebSocket-Protocol must name subprotocols, each once',
    });
  });
});
