import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import { messageLines } from '../../src/inspect/har-text.js';
import { inspect } from '../../src/inspect/inspect.js';
import { FormError, streamsInFile, streamsInText } from '../../src/inspect/streams.js';
import { utf8 } from '../support/bytes.js';

const REQUEST = {
  Host: 'a:8080',
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const RESPONSE = {
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
};
const MESSAGES = [
  { type: 'send', time: 1_700_000_000.1, opcode: 1, data: 'hello' },
  { type: 'receive', time: 1_700_000_000.25, opcode: 1, data: 'héllo 小明' },
  { type: 'receive', time: 1_700_000_000.3, opcode: 2, data: 'AAEC/w==' },
];

const headers = (fields: object) =>
  Object.entries(fields).map(([name, value]) => ({ name, value }));

/** A HAR with one WebSocket, as Chrome saves it. */
function har({
  request = REQUEST as object,
  response = RESPONSE as object,
  messages = MESSAGES as unknown[],
} = {}) {
  const asked = { method: 'GET', url: 'ws://a:8080/chat?x=1', httpVersion: 'HTTP/1.1' };
  const answered = { status: 101, statusText: 'Switching Protocols', httpVersion: 'HTTP/1.1' };
  const entry = {
    _resourceType: 'websocket',
    _webSocketMessages: messages,
    request: { ...asked, headers: headers(request) },
    response: { ...answered, headers: headers(response) },
  };
  const page = { request: { method: 'GET', url: 'http://a/' }, response: { status: 200 } };
  return JSON.stringify({ log: { version: '1.2', entries: [page, entry] } });
}

describe('a HAR', () => {
  test('has messages with direction, time and opcode, and no frames', () => {
    const { streams } = streamsInText(har());
    expect(streams).toHaveLength(1);
    const [{ name, note, messages = [] }] = streams as [(typeof streams)[0] & object];
    expect(name).toBe('connection 0, ws://a:8080/chat?x=1');
    expect(note).toMatch(/^A HAR has messages, and neither frames nor masks nor lengths/);
    expect(
      messages.map(({ direction, opcodeName, text, bytes }) => [
        direction,
        opcodeName,
        text ?? toHex(bytes),
      ]),
    ).toEqual([
      ['client', 'text', 'hello'],
      ['server', 'text', 'héllo 小明'],
      ['server', 'binary', '000102ff'],
    ]);
    expect([...messageLines(messages)].map(({ text }) => text)).toEqual([
      'Message 1 from the client, 2023-11-14T22:13:20.100Z: text, 5 bytes',
      '        "hello"',
      'Message 2 from the server, 2023-11-14T22:13:20.250Z (+0.150 s): text, 13 bytes',
      '        "héllo 小明"',
      'Message 3 from the server, 2023-11-14T22:13:20.300Z (+0.050 s): binary, 4 bytes',
      '        00 01 02 ff',
    ]);
  });

  test('has the handshake, which is inspected', () => {
    const [stream] = streamsInFile(utf8(har())).streams;
    const { handshakes, frames } = inspect(stream?.bytes ?? utf8(''), stream?.options);
    expect(handshakes.map(({ acceptOk, problems }) => [acceptOk, problems])).toEqual([
      [null, []],
      [true, []],
    ]);
    expect(frames).toEqual([]);
    const wrong = { ...RESPONSE, 'Sec-WebSocket-Accept': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' };
    const [bad] = streamsInText(har({ response: wrong })).streams;
    const read = inspect(bad?.bytes ?? utf8(''), bad?.options);
    expect(read.handshakes[1]?.problems).toMatchObject([{ code: 'bad-handshake' }]);
  });

  test('that leaves out fields of the handshake is not judged for that', () => {
    const { 'Sec-WebSocket-Key': key } = REQUEST;
    const [stream] = streamsInText(har({ request: { 'Sec-WebSocket-Key': key } })).streams;
    expect(stream?.note).toContain('The HAR lacks of the handshake host, upgrade, connection');
    const { handshakes } = inspect(stream?.bytes ?? utf8(''), stream?.options);
    expect(handshakes.flatMap(({ problems }) => problems)).toEqual([]);
    expect(handshakes[1]?.acceptOk).toBe(true);
  });

  test('may count its times in thousandths and millionths, or have none', () => {
    const times = [1_700_000_000_100, 1_700_000_000_100_000, undefined, 'x', -1, true, 1e300];
    const messages = times.map((time) => ({ type: 'send', opcode: 1, data: '', time }));
    const [stream] = streamsInText(har({ messages })).streams;
    const lines = [...messageLines(stream?.messages ?? [])].map(({ text }) => text);
    expect(lines[0]).toContain('2023-11-14T22:13:20.100Z');
    expect(lines[2]).toContain('2023-11-14T22:13:20.100Z');
    expect(lines[4]).toBe('Message 3 from the client: text, 0 bytes');
    expect(lines[12]).toBe('Message 7 from the client: text, 0 bytes');
  });

  test('has its times to the millionth, as Chrome counts them', () => {
    const times = [1_795_754_828.593908, 1_795_754_828.593937, 1_795_754_828.6];
    const messages = times.map((time) => ({ type: 'send', opcode: 1, data: '', time }));
    const [stream] = streamsInText(har({ messages })).streams;
    const lines = [...messageLines(stream?.messages ?? [])].map(({ text }) => text);
    expect(lines[0]).toContain('2026-11-27T04:47:08.593908Z: text');
    expect(lines[2]).toContain('2026-11-27T04:47:08.593937Z (+0.000029 s): text');
    expect(lines[4]).toContain('2026-11-27T04:47:08.600Z (+0.006063 s): text');
  });

  test('has entries that are no messages counted', () => {
    const messages = [...MESSAGES, { type: 'error', data: 'gone' }, null];
    const [stream] = streamsInText(har({ messages })).streams;
    expect(stream?.messages).toHaveLength(3);
    expect(stream?.note).toContain('2 entries are no message');
  });

  test('without a WebSocket, or cut, is refused and named', () => {
    const none = '{"log":{"entries":[]}}';
    expect(() => streamsInText(none)).toThrow(/a HAR without a WebSocket/);
    expect(() => streamsInText(har().slice(0, -9))).toThrow(FormError);
    expect(() => streamsInText(har().slice(0, -9))).toThrow(/a HAR that is cut/);
  });

  test('of any kind is read or refused, and moves no cursor', () => {
    const entry = fc.record({
      _webSocketMessages: fc.oneof(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.jsonValue(),
      ),
      request: fc.jsonValue(),
      response: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(entry), fc.string({ unit: 'binary' }), (entries, url) => {
        const odd = { _resourceType: 'websocket', request: { url } };
        const text = JSON.stringify({ log: { entries: [...entries, odd] } });
        for (const { name, messages = [], bytes, options } of streamsInText(text).streams) {
          inspect(bytes, options);
          const lines = [name, ...[...messageLines(messages)].map((line) => line.text)];
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
          for (const line of lines) expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
        }
      }),
    );
  });
});
