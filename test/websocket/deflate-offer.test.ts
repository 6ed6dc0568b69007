import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy } from '../../src/bytes.js';
import { ClientHandshake } from '../../src/websocket/client-handshake.js';
import {
  answerDeflate,
  DEFLATE_DEFAULTS,
  type DeflateParameters,
  offerDeflate,
  readDeflateAnswer,
} from '../../src/websocket/deflate-offer.js';
import { parseExtensions } from '../../src/websocket/extensions.js';
import { ServerHandshake } from '../../src/websocket/handshake.js';
import { utf8 } from '../support/bytes.js';

describe('RFC 6455 9.1 the field Sec-WebSocket-Extensions', () => {
  test.each([
    ['', []],
    [' , ,', []],
    ['foo', [{ name: 'foo', parameters: [] }]],
    [
      'foo, bar; baz=2',
      ['foo', 'bar'].map((name, i) => ({ name, parameters: i ? [['baz', '2']] : [] })),
    ],
    [
      '\tfoo ;a ; b = 1\t',
      [
        {
          name: 'foo',
          parameters: [
            ['a', null],
            ['b', '1'],
          ],
        },
      ],
    ],
    [
      'foo; a="1"; a="\\2"',
      [
        {
          name: 'foo',
          parameters: [
            ['a', '1'],
            ['a', '2'],
          ],
        },
      ],
    ],
  ])('reads %j', (field, extensions) => {
    expect(parseExtensions(field)).toEqual(extensions);
  });

  test.each([
    'foo bar',
    'foo;',
    ';a',
    'foo; a=',
    'foo; =1',
    'foo; a="1',
    'foo; a=""',
    'foo; a="1;2"',
    'foo; a="1,2"',
    'foo; a=1 2',
    'foo; a="1"2',
    'fo(o)',
  ])('finds %j malformed', (field) => {
    expect(parseExtensions(field)).toBeNull();
  });

  test('takes 16,000 quotes and semicolons in no time to speak of', () => {
    expect(parseExtensions(`a; b="${'\\"'.repeat(8_000)}"`)).toBeNull();
    expect(parseExtensions(`a${'; b'.repeat(8_000)}`)?.[0]?.parameters).toHaveLength(8_000);
  });
});

/** What a server makes of the offers. */
function answerTo(field: string) {
  return answerDeflate(parseExtensions(field) ?? []);
}

const NAME = 'permessage-deflate';

describe('RFC 7692 7.1 the server', () => {
  test.each<[offer: string, field: string, parameters: Partial<DeflateParameters>]>([
    [NAME, NAME, {}],
    [`${NAME}; client_max_window_bits`, NAME, {}],
    [`${NAME}; client_max_window_bits=8`, NAME, {}],
    [`${NAME}; client_max_window_bits="10"`, NAME, {}],
    [
      `${NAME}; server_no_context_takeover`,
      `${NAME}; server_no_context_takeover`,
      { serverNoContextTakeover: true },
    ],
    [
      `${NAME};client_no_context_takeover`,
      `${NAME}; client_no_context_takeover`,
      { clientNoContextTakeover: true },
    ],
    [
      `${NAME}; server_max_window_bits=9`,
      `${NAME}; server_max_window_bits=9`,
      { serverMaxWindowBits: 9 },
    ],
    [
      `${NAME}; server_max_window_bits=12; client_max_window_bits; client_no_context_takeover; server_no_context_takeover`,
      `${NAME}; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12`,
      { serverMaxWindowBits: 12, serverNoContextTakeover: true, clientNoContextTakeover: true },
    ],
    [`x-webkit-deflate-frame, ${NAME}`, NAME, {}],
    [
      `${NAME}; server_max_window_bits=8, ${NAME}; server_max_window_bits=10, ${NAME}`,
      `${NAME}; server_max_window_bits=10`,
      { serverMaxWindowBits: 10 },
    ],
    [`${NAME}; unknown, ${NAME}`, NAME, {}],
  ])('takes of %s', (offer, field, parameters) => {
    expect(answerTo(offer)).toEqual({ field, parameters: { ...DEFLATE_DEFAULTS, ...parameters } });
  });

  test.each([
    '',
    'deflate-frame',
    `${NAME}; unknown`,
    `${NAME}; unknown=1`,
    `${NAME}; server_no_context_takeover; server_no_context_takeover`,
    `${NAME}; client_max_window_bits; client_max_window_bits=10`,
    `${NAME}; server_no_context_takeover=1`,
    `${NAME}; client_no_context_takeover=true`,
    `${NAME}; server_max_window_bits`,
    `${NAME}; server_max_window_bits=8`,
    `${NAME}; server_max_window_bits=7`,
    `${NAME}; server_max_window_bits=16`,
    `${NAME}; server_max_window_bits=010`,
    `${NAME}; server_max_window_bits=10.0`,
    `${NAME}; server_max_window_bits=x`,
    `${NAME}; client_max_window_bits=7`,
    `${NAME}; client_max_window_bits=16`,
    `${NAME}; client_max_window_bits=09`,
    'Permessage-Deflate2',
  ])('declines %j', (offer) => {
    expect(answerTo(offer)).toBeNull();
  });
});

describe('RFC 7692 7.1 the client', () => {
  test.each<[Partial<DeflateParameters>, string]>([
    [{}, `${NAME}; client_max_window_bits`],
    [
      { serverNoContextTakeover: true, clientNoContextTakeover: true },
      `${NAME}; server_no_context_takeover; client_no_context_takeover; client_max_window_bits`,
    ],
    [
      { serverMaxWindowBits: 10, clientMaxWindowBits: 11 },
      `${NAME}; server_max_window_bits=10; client_max_window_bits=11`,
    ],
  ])('that wants %j offers %s', (wanted, field) => {
    expect(offerDeflate(wanted)).toBe(field);
  });

  test('wants no window that there is not', () => {
    expect(() => offerDeflate({ serverMaxWindowBits: 7 })).toThrow(RangeError);
    expect(() => offerDeflate({ clientMaxWindowBits: 16 })).toThrow('8 to 15 bits, not 16');
  });

  test.each<[string, Partial<DeflateParameters>, Partial<DeflateParameters>]>([
    [NAME, {}, {}],
    [NAME, { clientNoContextTakeover: true }, { clientNoContextTakeover: true }],
    [NAME, { clientMaxWindowBits: 10 }, { clientMaxWindowBits: 10 }],
    [`${NAME}; client_max_window_bits=8`, {}, { clientMaxWindowBits: 8 }],
    [`${NAME}; client_no_context_takeover`, {}, { clientNoContextTakeover: true }],
    [`${NAME}; server_no_context_takeover`, {}, { serverNoContextTakeover: true }],
    [`${NAME}; server_max_window_bits=9`, {}, { serverMaxWindowBits: 9 }],
    [
      `${NAME}; server_max_window_bits="9"`,
      { serverMaxWindowBits: 10 },
      { serverMaxWindowBits: 9 },
    ],
  ])('takes the answer %s', (field, wanted, parameters) => {
    expect(readDeflateAnswer(field, wanted)).toEqual({ ...DEFLATE_DEFAULTS, ...parameters });
  });

  test.each<[string, Partial<DeflateParameters>, string]>([
    ['', {}, 'is empty'],
    ['foo bar', {}, 'cannot be read'],
    ['foo', {}, 'the extension foo unasked'],
    [`${NAME}, ${NAME}`, {}, 'more than the one'],
    [`${NAME}; foo`, {}, 'the unknown parameter foo'],
    [`${NAME}; server_max_window_bits=10; server_max_window_bits=10`, {}, 'twice'],
    [`${NAME}; server_no_context_takeover=1`, {}, 'server_no_context_takeover=1'],
    [`${NAME}; server_max_window_bits`, {}, 'server_max_window_bits without a value'],
    [`${NAME}; server_max_window_bits=16`, {}, 'server_max_window_bits=16'],
    [`${NAME}; client_max_window_bits`, {}, 'no value in the answer'],
    [`${NAME}; client_max_window_bits=11`, { clientMaxWindowBits: 10 }, 'was 10 in the offer'],
    [NAME, { serverNoContextTakeover: true }, 'lacks server_no_context_takeover'],
    [NAME, { serverMaxWindowBits: 10 }, 'a window of 15 bits'],
    [`${NAME}; server_max_window_bits=11`, { serverMaxWindowBits: 10 }, 'a window of 11 bits'],
  ])('fails the answer %j', (field, wanted, reason) => {
    expect(readDeflateAnswer(field, wanted)).toContain(reason);
  });
});

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** Both handshakes against each other. */
function shakeHands(wanted: Partial<DeflateParameters> | null, takesDeflate: boolean) {
  const client = new ClientHandshake({ host: 'a', key: KEY, deflate: wanted });
  const answer = new ServerHandshake({ deflate: takesDeflate }).feed(client.request);
  if (answer === null || !('key' in answer)) throw new Error('the request was refused');
  return { answer, result: client.feed(answer.bytes) };
}

describe('in the handshake', () => {
  test('both ends come to the same parameters', () => {
    const wanted = {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      serverMaxWindowBits: 10,
      clientMaxWindowBits: 15,
    };
    const { answer, result } = shakeHands(wanted, true);
    expect(answer.deflate).toEqual(wanted);
    expect(result).toMatchObject({ open: true, deflate: wanted });
  });

  test('nothing is agreed on when one end does not want to', () => {
    for (const { answer, result } of [shakeHands(null, true), shakeHands({}, false)]) {
      expect(fromUtf8Lossy(answer.bytes)).not.toMatch(/extensions/i);
      expect(answer.deflate).toBeNull();
      expect(result).toMatchObject({ open: true, deflate: null });
    }
  });

  const request = (lines: string) =>
    utf8(
      `GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n${lines}\r\n`,
    );

  test('offers on several lines are one list', () => {
    const lines = `Sec-WebSocket-Extensions: foo\r\nSec-WebSocket-Extensions: ${NAME}; server_max_window_bits=11\r\n`;
    const answer = new ServerHandshake({ deflate: true }).feed(request(lines));
    expect(answer).toMatchObject({ status: 101, deflate: { serverMaxWindowBits: 11 } });
  });

  test('a field of another form is refused with 400', () => {
    const answer = new ServerHandshake().feed(request('Sec-WebSocket-Extensions: foo bar\r\n'));
    expect(answer).toMatchObject({
      status: 400,
      reason: 'Sec-WebSocket-Extensions cannot be read',
    });
  });

  test('a client fails the connection on a bad answer', () => {
    const client = new ClientHandshake({ host: 'a', key: KEY, deflate: {} });
    const { answer } = shakeHands(null, false);
    const field = `\r\nSec-WebSocket-Extensions: ${NAME}; foo\r\n\r\n`;
    const bytes = utf8(fromUtf8Lossy(answer.bytes).replace('\r\n\r\n', field));
    expect(client.feed(bytes)).toEqual({
      open: false,
      reason: 'the server answers permessage-deflate with the unknown parameter foo',
    });
  });
});
