import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { nodeBytes } from '../../src/net/node-bytes.js';
import { decodeClose } from '../../src/websocket/closing.js';
import { ClosingError, Connection, type Received } from '../../src/websocket/connection.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { Message } from '../../src/websocket/message.js';
import { hex, utf8 } from '../support/bytes.js';
import { byteByByte, decode } from '../support/cuts.js';

/** Key 0 masks nothing: what a client sends stays readable here. */
const MASK = '00000000';

function server(options = {}): Connection {
  return new Connection('server', options);
}

function client(options = {}): Connection {
  return new Connection('client', { maskingKey: () => 0x37fa213d, ...options });
}

/** All that the bytes amount to; they may come in pieces. */
function receive(connection: Connection, ...pieces: (string | Uint8Array)[]): Received[] {
  return pieces.flatMap((piece) => [
    ...connection.receive(typeof piece === 'string' ? hex(piece) : piece),
  ]);
}

/** What is sent back at once, as hex. */
function replies(received: Received[]): string[] {
  return received.flatMap(({ reply }) => (reply === null ? [] : [toHex(reply)]));
}

function texts(received: Received[]): string[] {
  return received.flatMap((one) =>
    one.kind === 'frame' && one.message !== null ? [one.message.text] : [],
  );
}

describe('the number of frames in a message', () => {
  const [begin, more, end] = ['01 80 00000000', '00 80 00000000', '80 80 00000000'];

  test('may be the limit; with one more the connection is failed, and that is seen at once', () => {
    const three = { maxFragments: 3 };
    expect(texts(receive(server(three), begin, more, end, begin, more, end))).toEqual(['', '']);
    const [last] = receive(server(three), begin, more, more).slice(-1);
    expect(last).toMatchObject({ kind: 'problem', problem: { closeCode: 1008 } });
  });
});

describe('RFC 6455 5.1 masking is for clients', () => {
  test('a server sends its frames unmasked', () => {
    expect(server().text('Hello')).toEqual(hex('81 05 48656c6c6f'));
  });

  test('a client masks each frame with the next key of its source', () => {
    const keys = [0x37fa213d, 0x00000000];
    const connection = client({ maskingKey: () => keys.shift() ?? 0 });
    expect(connection.text('Hello')).toEqual(hex('81 85 37fa213d 7f9f4d5158'));
    expect(connection.text('Hello')).toEqual(hex('81 85 00000000 48656c6c6f'));
  });

  test('a client without a source of keys is not made', () => {
    expect(() => new Connection('client')).toThrow(TypeError);
    expect(() => new Connection('client')).toThrow('options.maskingKey');
  });

  test('a server that is given a source of keys does not use it', () => {
    expect(server({ maskingKey: () => 1 }).text('')).toEqual(hex('81 00'));
  });

  test('a server fails an unmasked frame, a client a masked one, both with 1002', () => {
    expect(receive(server(), '81 00')).toMatchObject([
      { kind: 'problem', problem: { code: 'unmasked-client-frame', closeCode: 1002 } },
    ]);
    expect(receive(client(), '81 80')).toMatchObject([
      { kind: 'problem', problem: { code: 'masked-server-frame', closeCode: 1002 } },
    ]);
  });
});

describe('RFC 6455 5.4 messages', () => {
  test('come with the frame that ends them', () => {
    const received = receive(server(), `01 81 ${MASK} 61  80 81 ${MASK} 62`);
    expect(received).toMatchObject([
      { kind: 'frame', message: null },
      { kind: 'frame', message: { opcode: Opcode.text, payload: utf8('ab') } },
    ]);
  });

  test('are whole in spite of pings between their fragments, which are answered at once', () => {
    const received = receive(
      server(),
      `01 81 ${MASK} 61  89 81 ${MASK} 31  00 81 ${MASK} 62  89 81 ${MASK} 32  80 81 ${MASK} 63`,
    );
    expect(received.map(({ reply }) => reply && toHex(reply))).toEqual([
      null,
      '8a0131',
      null,
      '8a0132',
      null,
    ]);
    expect(texts(received)).toEqual(['abc']);
  });

  test('come the same byte by byte', () => {
    const bytes = joinBytes([
      encodeFrame(Opcode.text, utf8('Grüße'), { maskingKey: 0xdeadbeef }),
      encodeFrame(Opcode.binary, hex('00ff'), { maskingKey: 0x01020304 }),
    ]);
    expect(receive(server(), ...byteByByte(bytes))).toEqual(receive(server(), bytes));
  });

  test('one longer than the limit is answered with 1009 as soon as its header is here', () => {
    const connection = server({ maxMessageLength: 3 });
    const [received] = receive(connection, '82 84');
    expect(received).toMatchObject({ kind: 'problem', problem: { closeCode: 1009 } });
    expect(replies(received ? [received] : [])[0]).toMatch(/^88..03f1/);
  });

  test('are limited to 1 MiB unless told otherwise', () => {
    expect(receive(client(), '82 7f 0000000000100000')).toEqual([]);
    expect(receive(client(), '82 7f 0000000000100001')).toMatchObject([{ kind: 'problem' }]);
  });

  test('of either kind are sent in one frame', () => {
    const connection = server();
    expect(connection.binary(hex('00ff'))).toEqual(hex('82 02 00ff'));
    expect(connection.message(new Message(Opcode.text, utf8('a')))).toEqual(hex('81 01 61'));
  });
});

describe('a long message that came in', () => {
  const payload = new Uint8Array(70_000).map((_, i) => i);
  const sent = encodeFrame(Opcode.binary, payload, { maskingKey: 0x37fa213d });

  /** What comes in as one message, in pieces of so many bytes. */
  function take(connection: Connection, most: number): Message {
    for (let at = 0; at < sent.length; at += most) {
      for (const one of connection.receive(sent.subarray(at, at + most))) {
        if (one.kind === 'frame' && one.message !== null) return one.message;
      }
    }
    throw new Error('no message came');
  }

  test.each([
    ['all JavaScript', null],
    ["Node's tools", nodeBytes],
  ])('goes back from where it lies, with a header in front: %s', (_, tools) => {
    const expected = toHex(encodeFrame(Opcode.binary, payload));
    for (const most of [1_000, 30_000, sent.length]) {
      const connection = server({ tools });
      const message = take(connection, most);
      const back = connection.message(message);
      expect(back.buffer).toBe(message.payload.buffer);
      expect(toHex(back)).toBe(expected);
      expect(toHex(connection.message(message)), 'once more').toBe(expected);
      expect(toHex(message.payload)).toBe(toHex(payload));
    }
  });

  test('is copied by a client, which masks what it sends', () => {
    const message = take(server(), sent.length);
    expect(toHex(client().message(message))).toBe(toHex(sent));
    expect(toHex(message.payload)).toBe(toHex(payload));
  });
});

describe('RFC 6455 5.5.2 ping and pong', () => {
  test('a ping is answered with its own payload', () => {
    expect(replies(receive(server(), `89 85 ${MASK} 48656c6c6f`))).toEqual(['8a0548656c6c6f']);
  });

  test('a client answers with a masked pong: the example of 5.7', () => {
    expect(replies(receive(client(), '89 05 48656c6c6f'))).toEqual(['8a8537fa213d7f9f4d5158']);
  });

  test('an empty ping is answered with an empty pong', () => {
    expect(replies(receive(client(), '89 00'))).toEqual(['8a8037fa213d']);
  });

  test('a pong is not answered', () => {
    expect(replies(receive(client(), '8a 00'))).toEqual([]);
  });

  test('no pong goes out behind our own Close', () => {
    const connection = client();
    connection.close();
    const received = receive(connection, '89 01 61');
    expect(received).toMatchObject([{ kind: 'frame', frame: { opcode: Opcode.ping } }]);
    expect(replies(received)).toEqual([]);
  });

  test('a ping of ours carries at most 125 bytes', () => {
    expect(server().ping()).toEqual(hex('89 00'));
    expect(server().ping(new Uint8Array(125))).toHaveLength(127);
    expect(() => server().ping(new Uint8Array(126))).toThrow(RangeError);
  });
});

describe('RFC 6455 5.5.1 and 7.1 closing', () => {
  test('a Close is answered with the same code', () => {
    const connection = server();
    const received = receive(connection, `88 85 ${MASK} 03e9 627965`);
    expect(received).toMatchObject([{ kind: 'close', close: { code: 1001, reason: 'bye' } }]);
    expect(replies(received)).toEqual(['880203e9']);
    expect(connection.state).toBe('closed');
  });

  test('an empty Close is answered with an empty one', () => {
    const received = receive(server(), `88 80 ${MASK}`);
    expect(received).toMatchObject([{ kind: 'close', close: { code: 1005, reason: '' } }]);
    expect(replies(received)).toEqual(['8800']);
  });

  test('the answer to our own Close is not answered', () => {
    const connection = client();
    expect(connection.state).toBe('open');
    expect(connection.close(1000, 'bye')).toEqual(
      encodeFrame(Opcode.close, hex('03e8 627965'), { maskingKey: 0x37fa213d }),
    );
    expect(connection.state).toBe('closing');
    expect(receive(connection, '88 02 03e8')).toMatchObject([{ kind: 'close', reply: null }]);
    expect(connection.state).toBe('closed');
  });

  test('a Close without a code is 1000', () => {
    expect(server().close()).toEqual(hex('88 02 03e8'));
  });

  test('what the peer sent before it saw our Close still counts', () => {
    const connection = client();
    connection.close();
    expect(texts(receive(connection, '81 01 61', '88 00'))).toEqual(['a']);
  });

  test('behind a Close nothing is processed, in the same bytes or later ones', () => {
    const connection = client();
    expect(receive(connection, '88 00 81 01 61 ff ff')).toMatchObject([{ kind: 'close' }]);
    expect(receive(connection, '81 01 61')).toEqual([]);
  });

  test('behind our Close we make no frame', () => {
    const connection = server();
    connection.close();
    expect(() => connection.text('late')).toThrow(ClosingError);
    expect(() => connection.close()).toThrow(ClosingError);
  });

  test('a code that may not go over the wire leaves the connection open', () => {
    const connection = server();
    expect(() => connection.close(1006)).toThrow(RangeError);
    expect(connection.state).toBe('open');
  });
});

describe('RFC 6455 7.1.7 failing the connection', () => {
  test.each([
    ['a reserved opcode', '83', 1002],
    ['text that is not UTF-8', '81 01 ff', 1007],
    ['a Close with a code that may not be sent', '88 02 03ee', 1002],
    ['a Close with a reason that is not UTF-8', '88 03 03e8 ff', 1007],
    ['a message that is too big', '82 7f 7fffffffffffffff', 1009],
  ])('%s: %s is answered with a Close of %i that says why', (_, bytes, code) => {
    const connection = client({ maskingKey: () => 0 });
    const [received] = receive(connection, bytes);
    expect(received?.kind).toBe('problem');
    const [reply] = decode('client', [received?.reply ?? hex('')]).frames;
    const close = decodeClose(reply?.payload ?? hex(''));
    expect(close.code).toBe(code);
    expect(close.reason).toMatch(new RegExp(`^${code}: .* \\(RFC 6455 [\\d.]+\\)$`));
    expect(connection.state).toBe('closed');
  });

  test('the frames before the problem come first', () => {
    const received = receive(client(), '81 01 61 89 00 83 00');
    expect(received.map(({ kind }) => kind)).toEqual(['frame', 'frame', 'problem']);
  });

  test('after a problem nothing is processed', () => {
    const connection = client();
    receive(connection, '83');
    expect(receive(connection, '81 01 61')).toEqual([]);
  });

  test('a problem behind our own Close is told, but not answered', () => {
    const connection = client();
    connection.close();
    expect(receive(connection, '83')).toMatchObject([{ kind: 'problem', reply: null }]);
  });
});

describe('two connections face to face', () => {
  test('a conversation from Hello to both Close frames', () => {
    const left = client();
    const right = server();
    expect(texts(receive(right, left.text('Hello')))).toEqual(['Hello']);
    const [pong] = receive(left, right.ping(utf8('there?')));
    expect(receive(right, pong?.reply ?? '')).toMatchObject([
      { frame: { opcode: Opcode.pong, payload: utf8('there?') } },
    ]);
    const [answer] = receive(left, right.close(1001, 'night falls'));
    expect(receive(right, answer?.reply ?? '')).toMatchObject([
      { kind: 'close', close: { code: 1001, reason: '' }, reply: null },
    ]);
    expect([left.state, right.state]).toEqual(['closed', 'closed']);
  });
});
