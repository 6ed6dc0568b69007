import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy, joinBytes, toHex } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import { Conversation, type Passing } from '../../src/inspect/passing.js';
import { KEPT_LENGTH, type PassingFrame, PassingFrames } from '../../src/inspect/passing-frames.js';
import { stepsOfPassing } from '../../src/inspect/passing-steps.js';
import { DEFLATE_DEFAULTS } from '../../src/websocket/deflate-offer.js';
import { encodeFrame, Opcode, type Role } from '../../src/websocket/frame.js';
import { hex, utf8 } from '../support/bytes.js';
import { byteByByte, cutAt } from '../support/cuts.js';

const REQUEST = utf8(
  'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n',
);
const ANSWER = utf8(
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
);

function told(from: Role, pieces: readonly Uint8Array[], deflate = false) {
  const frames = new PassingFrames(from, deflate ? DEFLATE_DEFAULTS : null);
  return [...pieces.flatMap((piece) => [...frames.feed(piece)]), ...frames.end()];
}

/** A frame as both `inspect` and the tap show it. */
function shownAsPassing({ header, payload, problems }: PassingFrame) {
  const { maskingKey, ...others } = header;
  return { ...others, payload: toHex(payload), problems: problems.map(({ message }) => message) };
}

function shownByInspect(bytes: Uint8Array, role: Role) {
  const { frames, rest } = inspect(bytes, { role, deflate: false });
  const whole = rest !== null && rest.length === 0 ? frames.slice(0, -1) : frames;
  return whole.map(({ header, payload, problems }) => {
    const { maskingKey, opcodeName, ...others } = header;
    return { ...others, payload: payload.hex, problems: problems.map(({ message }) => message) };
  });
}

describe('frames that pass by', () => {
  test('are those of the inspector, whatever the bytes and however they are cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .record({
          opcode: fc.integer({ min: 0, max: 15 }),
          payload: fc.uint8Array({ maxLength: 200 }),
          fin: fc.boolean(),
          maskingKey: fc.option(fc.nat(0xffff_ffff)),
        })
        .map(({ opcode, payload, fin, maskingKey }) =>
          encodeFrame(opcode, payload, { fin, maskingKey }),
        ),
    );
    const stream = fc.array(piece, { maxLength: 6 }).map(joinBytes);
    const role = fc.constantFrom<Role>('client', 'server');
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 8 }), role, (bytes, offsets, from) => {
        const before = toHex(bytes);
        const pieces = cutAt(Buffer.from(bytes.buffer), offsets); // as sockets give them
        const frames = told(from, pieces)
          .filter((one) => one.kind === 'frame' && one.bytes !== null)
          .map((one) => shownAsPassing(one as PassingFrame));
        expect(frames).toEqual(shownByInspect(bytes, from));
        expect(toHex(bytes), 'the bytes are not changed').toBe(before);
      }),
      { numRuns: 500, examples: [[hex('810548656c6c6f'), [], 'client']] },
    );
  });

  test('a character that is cut between two frames is shown whole', () => {
    const bytes = hex('0102 e4bd 8001a0');
    const texts = told('server', byteByByte(bytes)).map((one) => (one as PassingFrame).text);
    expect(texts).toEqual(['', '你']);
  });

  test('a long frame is told once, when its beginning is here, and not kept', () => {
    const payload = utf8('你'.repeat(100_000));
    const bytes = encodeFrame(Opcode.text, payload, { maskingKey: 0x01020304 });
    const frames = new PassingFrames('client', null);
    const first = [...frames.feed(bytes.subarray(0, 70_000))];
    expect(first).toHaveLength(1);
    expect(first[0]).toMatchObject({ kind: 'frame', bytes: null, problems: [] });
    expect((first[0] as PassingFrame).payload).toHaveLength(KEPT_LENGTH);
    expect((first[0] as PassingFrame).text).toBe('你'.repeat(21_845)); // 65,535 bytes
    expect([...frames.feed(bytes.subarray(70_000))]).toEqual([]);
    const [next] = [...frames.feed(hex('8100'))];
    expect(next).toMatchObject({ kind: 'frame', header: { opcode: Opcode.text } });
  });

  test('what is wrong deep in a long text is told behind it', () => {
    const payload = new Uint8Array(200_000).fill(0x61);
    payload[150_000] = 0xff;
    const both = told('server', [encodeFrame(Opcode.text, payload)]);
    expect(both).toMatchObject([
      { kind: 'frame', problems: [] },
      { kind: 'problem', problem: { message: 'the text is not UTF-8 at byte 150000' } },
    ]);
  });

  test('a length that cannot be is told at once, with the end that never comes', () => {
    const frames = new PassingFrames('server', null);
    const [frame] = [...frames.feed(hex('82 7f ffffffffffffffff 00'))];
    const length = '18446744073709551615'; // exactly
    expect(frame).toMatchObject({ length, problems: [{ code: 'length-too-long' }], bytes: null });
    expect([...frames.end()]).toEqual([
      { kind: 'rest', from: 'server', have: 1, payloadLength: length },
    ]);
  });

  test('the end within a frame is told', () => {
    expect(told('server', [hex('81')])).toEqual([
      { kind: 'rest', from: 'server', have: 1, payloadLength: null },
    ]);
    expect(told('server', [hex('8105 4865')])).toMatchObject([
      { kind: 'frame', text: 'He', bytes: null },
      { kind: 'rest', have: 2, payloadLength: 5 },
    ]);
  });
});

describe('compressed messages that pass by', () => {
  const meant = (bytes: string) =>
    told('server', [hex(bytes)], true).map((one) => {
      const { inflated, problems } = one as PassingFrame;
      const text = inflated === null ? null : fromUtf8Lossy(inflated.bytes);
      return [text, ...problems.map(({ code }) => code)];
    });

  test('are told with what they mean, and look back at those before', () => {
    expect(meant('c107f248cdc9c90700 c105f200110000')).toEqual([['Hello'], ['Hello']]);
  });

  test('over several frames, at the last; a Ping may come between', () => {
    expect(meant('4103f248cd 8900 8004c9c90700')).toEqual([[null], [null], ['Hello']]);
  });

  test('that cannot be inflated are a problem, as in the inspector', () => {
    expect(meant('c10106 c107f248cdc9c90700')).toEqual([[null, 'bad-deflate'], ['Hello']]);
  });

  test('that are too long to keep are not inflated, and what looks back at them neither', () => {
    const long = encodeFrame(Opcode.text, new Uint8Array(70_000), { rsv1: true });
    const bytes = joinBytes([long, hex('c105f200110000 c107f248cdc9c90700')]);
    const frames = told('server', [bytes], true) as PassingFrame[];
    expect(frames.map(({ inflated }) => inflated?.length ?? null)).toEqual([null, null, 5]);
    expect(frames.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe('a conversation that passes by', () => {
  const talk = (...pieces: [Role, Uint8Array][]): Passing[] => {
    const conversation = new Conversation();
    return pieces.flatMap(([from, bytes]) => [...conversation.feed(from, bytes)]);
  };

  test('an empty line in front of the request and an interim answer are no other conversation', () => {
    const said: [Role, Uint8Array][] = [
      ['client', joinBytes([utf8('\r\n'), REQUEST])],
      ['server', joinBytes([utf8('HTTP/1.1 103 Early Hints\r\n\r\n'), ANSWER, hex('8100')])],
    ];
    const cut = said.flatMap(([from, bytes]) =>
      byteByByte(bytes).map((piece): [Role, Uint8Array] => [from, piece]),
    );
    for (const pieces of [said, cut]) {
      expect(talk(...pieces)).toMatchObject([
        { kind: 'handshake', line: 'GET /chat HTTP/1.1' },
        { kind: 'handshake', line: 'HTTP/1.1 103 Early Hints', inspection: { acceptOk: null } },
        { kind: 'handshake', inspection: { acceptOk: true } },
        { kind: 'frame', from: 'server', problems: [] },
      ]);
    }
  });

  test('the handshake of RFC 6455 1.3, byte by byte, and the frames behind it', () => {
    const pieces: [Role, Uint8Array][] = [
      ...byteByByte(REQUEST).map((piece): [Role, Uint8Array] => ['client', piece]),
      ...byteByByte(joinBytes([ANSWER, hex('8100')])).map((piece): [Role, Uint8Array] => [
        'server',
        piece,
      ]),
      ['client', hex('818537fa213d7f9f4d5158')],
    ];
    const whole: [Role, Uint8Array][] = [
      ['client', REQUEST],
      ['server', joinBytes([ANSWER, hex('8100')])],
      ['client', hex('818537fa213d7f9f4d5158')],
    ];
    for (const cut of [pieces, whole]) {
      expect(talk(...cut)).toMatchObject([
        { kind: 'handshake', line: 'GET /chat HTTP/1.1', deflate: true },
        {
          kind: 'handshake',
          from: 'server',
          deflate: false,
          inspection: { accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', acceptOk: true, problems: [] },
        },
        { kind: 'frame', from: 'server', text: '' },
        { kind: 'frame', from: 'client', text: 'Hello' },
      ]);
    }
  });

  test('a wrong accept value is a problem', () => {
    const wrong = utf8(fromUtf8Lossy(ANSWER).replace('s3pP', 'xxxx'));
    expect(talk(['client', REQUEST], ['server', wrong])[1]).toMatchObject({
      inspection: { acceptOk: false, problems: [{ code: 'bad-handshake' }] },
    });
  });

  test.each([
    ['client', '\u0016\u0003\u0001 and more of TLS', 'no HTTP request'],
    ['server', 'SSH-2.0-OpenSSH', 'no HTTP answer'],
  ] as const)('what is no WebSocket is said once: %s %j', (from, text, reason) => {
    const { length } = utf8(text);
    expect(talk([from, utf8(text)], ['client', REQUEST], ['server', ANSWER])).toEqual([
      { kind: 'other', from, reason, length },
    ]);
  });

  test('a 101 that no WebSocket was asked with is another protocol', () => {
    const ask = utf8('GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n');
    const answer = utf8('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n');
    expect(talk(['client', ask], ['server', answer], ['server', hex('8100')])).toMatchObject([
      { kind: 'http', line: 'GET / HTTP/1.1' },
      { kind: 'other', reason: 'the answer is HTTP/1.1 101 Switching Protocols' },
    ]);
  });

  test('frames that a client sends before the answer, and a handshake that only looks begun', () => {
    const [early, late] = [hex('818537fa213d7f9f4d5158'), hex('47 80 00000000')];
    expect(
      talk(['client', REQUEST], ['client', early], ['server', ANSWER], ['client', late]),
    ).toMatchObject([
      { kind: 'handshake' },
      { kind: 'frame', text: 'Hello' },
      { kind: 'handshake' },
      { kind: 'frame', problems: [{ code: 'reserved-opcode' }] },
    ]);
    // one byte is no more than the beginning of GET, and the answer says what it is
    const split: [Role, Uint8Array][] = [
      ['client', REQUEST],
      ['client', late.subarray(0, 1)],
      ['server', ANSWER],
      ['client', late.subarray(1)],
    ];
    expect(talk(...split).at(-1)).toMatchObject({ kind: 'frame', header: { opcode: 7 } });
  });
});

describe('HTTP beside the WebSocket', () => {
  const GET = 'GET /style.css HTTP/1.1\r\nHost: a\r\n\r\n';
  const POST =
    'POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 26\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r';
  const CHUNKS =
    'PUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n';
  const page = (length: number, body: string) =>
    `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${body}`;
  const DENIED =
    'HTTP/1.1 401 Unauthorized\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n';

  /** Request and answer in turn; the last pair opens the WebSocket. */
  const EXCHANGES: [string, string][] = [
    [GET, page(5, 'h2{}\n')],
    ['HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', page(70_000, '')],
    [POST, `HTTP/1.1 100 Continue\r\n\r\n${page(12, 'HTTP/1.1 101')}`],
    [CHUNKS, 'HTTP/1.1 204 No Content\r\n\r\n'],
    [fromUtf8Lossy(REQUEST), DENIED],
    [fromUtf8Lossy(REQUEST), fromUtf8Lossy(ANSWER)],
  ];
  const said = EXCHANGES.flatMap(([ask, answer]): [Role, Uint8Array][] => [
    ['client', utf8(ask)],
    ['server', utf8(answer)],
  ]);
  const lines = (pieces: readonly [Role, Uint8Array][]): string[] => {
    const conversation = new Conversation();
    return pieces.flatMap(([from, bytes]) =>
      [...conversation.feed(from, bytes)].map((one) => {
        if (one.kind === 'http') return `${one.line} ${one.body} ${one.refused}`;
        return one.kind === 'handshake' ? `${one.kind} ${one.line}` : one.kind;
      }),
    );
  };
  const expected = [
    'GET /style.css HTTP/1.1 0 null',
    'HTTP/1.1 200 OK 5 null',
    'HEAD / HTTP/1.1 0 null',
    'HTTP/1.1 200 OK 0 null',
    'POST /login HTTP/1.1 26 null',
    'HTTP/1.1 100 Continue 0 null',
    'HTTP/1.1 200 OK 12 null',
    'PUT /x HTTP/1.1 chunks null',
    'HTTP/1.1 204 No Content 0 null',
    'handshake GET /chat HTTP/1.1',
    'HTTP/1.1 401 Unauthorized chunks 401',
    'handshake GET /chat HTTP/1.1',
    'handshake HTTP/1.1 101 Switching Protocols',
    'frame',
    'frame',
  ];
  const frames: [Role, Uint8Array][] = [
    ['server', hex('8100')],
    ['client', hex('818537fa213d7f9f4d5158')],
  ];

  test('is told by its first lines, to the upgrade and the frames, however it is cut', () => {
    const whole = [...said, ...frames];
    expect(lines(whole)).toEqual(expected);
    const bytes = whole.flatMap(([from, all]) =>
      byteByByte(all).map((piece): [Role, Uint8Array] => [from, piece]),
    );
    expect(lines(bytes)).toEqual(expected);
  });

  test('a request for a WebSocket that is turned away is a step in English, whoever watches', () => {
    const conversation = new Conversation('zh');
    const told = said
      .slice(-4, -2)
      .flatMap(([from, bytes]) => [...conversation.feed(from, bytes)])
      .flatMap((one) => [...stepsOfPassing(4, one)]);
    const refused = { status: 401, reason: 'the answer is HTTP/1.1 401 Unauthorized' };
    expect(told).toEqual([{ step: 'handshake', fd: 4, refused }]);
  });

  test('a client need not wait for the answers', () => {
    const of = (from: Role) =>
      joinBytes(said.filter(([own]) => own === from).map(([, all]) => all));
    const told = lines([['client', of('client')], ['server', of('server')], ...frames]);
    expect([...told].sort()).toEqual([...expected].sort());
  });

  test.each([
    ['HTTP/1.0 200 OK\r\n\r\n', 'close'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n', 'close'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n', 5],
  ])('a body without a length goes on to the end: %j', (answer, body) => {
    const told = talkOf(GET, answer, body === 5 ? 'HTTP/' : 'HTTP/1.1 200 OK\r\n\r\n');
    expect(told.slice(1)).toMatchObject([{ kind: 'http', body }]);
  });

  test('chunks that are none, and a head without an end, are not waited for', () => {
    const bad = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'z'.repeat(9_000)}`;
    expect(talkOf(GET, bad, '\r\nHTTP/1.1 200 OK\r\n\r\n')).toHaveLength(2);
    const long = `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(17_000)}`;
    expect(talkOf(GET, long, '\r\n\r\n')).toMatchObject([
      { kind: 'http' },
      { kind: 'other', reason: 'no HTTP answer' },
    ]);
  });

  function talkOf(ask: string, ...answers: string[]): Passing[] {
    const conversation = new Conversation();
    const told = [...conversation.feed('client', utf8(ask))];
    for (const answer of answers) told.push(...conversation.feed('server', utf8(answer)));
    return told;
  }
});
