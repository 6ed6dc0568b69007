import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { Connection, type Received } from '../../src/websocket/connection.js';
import { type Compression, InflateError } from '../../src/websocket/deflate.js';
import { DEFLATE_DEFAULTS, type DeflateParameters } from '../../src/websocket/deflate-offer.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { offsets, text } from '../support/arbitraries.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { byteByByte, cutAt } from '../support/cuts.js';

interface Options {
  parameters?: Partial<DeflateParameters>;
  compression?: Compression;
  threshold?: number;
  maxMessageLength?: number;
}

/** Options of a connection with deflate. Every message is compressed unless the threshold says otherwise. */
function withDeflate({ parameters, compression, threshold = 0, maxMessageLength }: Options = {}) {
  return {
    deflate: {
      parameters: { ...DEFLATE_DEFAULTS, ...parameters },
      compression: compression ?? nodeCompression,
      threshold,
    },
    ...(maxMessageLength === undefined ? {} : { maxMessageLength }),
  };
}

function server(options?: Options): Connection {
  return new Connection('server', withDeflate(options));
}

function client(options?: Options): Connection {
  return new Connection('client', { maskingKey: () => 0, ...withDeflate(options) });
}

function receive(connection: Connection, ...pieces: (string | Uint8Array)[]): Received[] {
  return pieces.flatMap((piece) => [
    ...connection.receive(typeof piece === 'string' ? hex(piece) : piece),
  ]);
}

function texts(received: Received[]): string[] {
  return received.flatMap((one) =>
    one.kind === 'frame' && one.message !== null ? [one.message.text] : [],
  );
}

function problems(received: Received[]): object[] {
  return received.flatMap((one) => {
    if (one.kind !== 'problem') return [];
    const { code, closeCode, section } = one.problem;
    const { reply } = one;
    const at = ((reply?.[1] ?? 0) & 0x80) === 0 ? 2 : 6; // behind the key, which is 0
    return [{ code, closeCode, section, reply: reply && toHex(reply.subarray(at, at + 2)) }];
  });
}

const BAD_DEFLATE = {
  code: 'bad-deflate',
  closeCode: 1007,
  section: 'RFC 7692 7.2.2',
  reply: '03ef',
};
const TOO_BIG = { code: 'message-too-big', closeCode: 1009, section: '7.4.1', reply: '03f1' };

describe('RFC 7692 7.2.3 examples', () => {
  test.each([
    ['7.2.3.1 a message compressed in one block', 'c1 07 f248cdc9c90700'],
    ['7.2.3.1 the same in two fragments', '41 03 f248cd  80 04 c9c90700'],
    ['7.2.3.3 a block with no compression', 'c1 0b 000500faff48656c6c6f00'],
    ['7.2.3.4 a block that says it is the last', 'c1 08 f348cdc9c9070000'],
    ['7.2.3.5 two blocks', 'c1 0d f248050000 00ffff cac9c90700'],
  ])('%s is Hello', (_, bytes) => {
    expect(texts(receive(client(), bytes))).toEqual(['Hello']);
    expect(texts(receive(client(), ...byteByByte(hex(bytes))))).toEqual(['Hello']);
  });

  test('7.2.3.2 the second Hello looks back at the first', () => {
    const bytes = ['c1 07 f248cdc9c90700', 'c1 05 f200110000'];
    expect(texts(receive(client(), ...bytes))).toEqual(['Hello', 'Hello']);
    const hello = utf8('Hello');
    const blocks = [new Uint8Array(0), hello].map((dictionary) =>
      nodeCompression.deflate(hello, { dictionary, windowBits: 15 }),
    );
    expect(blocks.map(toHex)).toEqual(['f248cdc9c907000000ffff', 'f2001100000000ffff']);
  });

  test('7.2.3.6 an empty message is one byte, and a fragment may be empty', () => {
    expect(texts(receive(client(), 'c1 01 00', '41 00 80 01 00'))).toEqual(['', '']);
  });

  test('7.2.3.4 blocks go on behind one that says it is the last, at the next byte, and look back', () => {
    const [received] = receive(client(), 'c1 0c f348cdc9c90700 f3001100 00');
    expect(received).toMatchObject({ message: { text: 'HelloHello', compressed: false } });
  });

  test('a payload of nothing, which some send for an empty message, is taken for one', () => {
    expect(texts(receive(client(), 'c1 00'))).toEqual(['']);
  });
});

describe('RFC 7692 6 RSV1', () => {
  test.each([
    ['a ping', 'c9 00'],
    ['a Close', 'c8 00'],
    ['a continuation', '41 01 00 c0 01 00'],
  ])('on %s fails the connection with 1002', (_, bytes) => {
    const wrong = { code: 'reserved-bits', closeCode: 1002, section: '5.2', reply: '03ea' };
    expect(problems(receive(server({}), masked(bytes)))).toEqual([wrong]);
  });

  test('holds for every frame of its message: none of them is checked as text', () => {
    // f2 48 is no UTF-8, and stands in the third frame
    const bytes = ['41 00', '00 00', '80 07 f248cdc9c90700', '81 01 61'];
    expect(texts(receive(client(), ...bytes))).toEqual(['Hello', 'a']);
  });

  test('fails it where nothing was agreed on', () => {
    const [received] = new Connection('server').receive(masked('c1 01 00'));
    expect(received).toMatchObject({ kind: 'problem', problem: { code: 'reserved-bits' } });
  });

  test('messages without it come as they are, between compressed ones', () => {
    const bytes = ['c1 07 f248cdc9c90700', '81 03 616263', '01 01 61 89 00 80 01 62'];
    expect(texts(receive(client(), ...bytes, 'c1 05 f200110000'))).toEqual([
      'Hello',
      'abc',
      'ab',
      'Hello',
    ]);
  });
});

/** Frames with short payloads as a client sends them, with key 0, which changes nothing. */
function masked(frames: string): Uint8Array {
  const bytes = hex(frames);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at + 1] as number;
    parts.push(bytes.subarray(at, at + 1), Uint8Array.of(0x80 | length, 0, 0, 0, 0));
    parts.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return joinBytes(parts);
}

const LONG = 'The window slides over the text. '.repeat(50);

describe('RFC 7692 7.1.1 context takeover', () => {
  test.each([
    ['server', { serverNoContextTakeover: true }],
    ['client', { clientNoContextTakeover: true }],
  ] as const)('is left out by the %s alone, when that was agreed on', (who, parameters) => {
    const [near, far] = [server({ parameters }), client({ parameters })];
    const [quiet, other] = who === 'server' ? [near, far] : [far, near];
    expect(quiet.text(LONG)).toEqual(quiet.text(LONG));
    expect(other.text(LONG).length).toBeGreaterThan(other.text(LONG).length);
  });

  test.each<Partial<DeflateParameters>>([
    {},
    { serverNoContextTakeover: true },
    { clientNoContextTakeover: true },
    { serverNoContextTakeover: true, clientNoContextTakeover: true },
    { serverMaxWindowBits: 9, clientMaxWindowBits: 10 },
  ])('messages of both ends arrive as they were, with %j', (parameters) => {
    const [near, far] = [server({ parameters }), client({ parameters })];
    const said = [LONG, '', LONG, 'x', `${LONG}!`];
    for (const text of said) expect(texts(receive(far, near.text(text)))).toEqual([text]);
    for (const text of said) expect(texts(receive(near, far.text(text)))).toEqual([text]);
  });

  test('a message that looks back where that was ruled out is bad', () => {
    const far = client({ parameters: { serverNoContextTakeover: true } });
    const received = receive(far, 'c1 07 f248cdc9c90700', 'c1 05 f200110000');
    expect(problems(received)).toMatchObject([{ code: 'bad-deflate', closeCode: 1007 }]);
  });

  test('what is kept is 32 KiB of the last messages, whatever their lengths', () => {
    const seen: number[] = [];
    const compression: Compression = {
      ...nodeCompression,
      deflate(bytes, options) {
        seen.push(options.dictionary.length);
        return nodeCompression.deflate(bytes, options);
      },
    };
    const near = server({ compression });
    for (const length of [20_000, 20_000, 100_000, 5]) near.binary(new Uint8Array(length));
    near.binary(new Uint8Array(10));
    expect(seen).toEqual([0, 20_000, 32_768, 32_768, 32_768]);
  });
});

describe('RFC 7692 7.1.2 windows', () => {
  test('a sender looks back no further than was agreed on', () => {
    const payload = joinBytes([someBytes(600), new Uint8Array(600), someBytes(600)]);
    const lengths = [9, 15].map((serverMaxWindowBits) => {
      const windows: number[] = [];
      const compression: Compression = {
        ...nodeCompression,
        deflate(bytes, options) {
          windows.push(options.windowBits, options.dictionary.length);
          return nodeCompression.deflate(bytes, options);
        },
      };
      const near = server({ parameters: { serverMaxWindowBits }, compression });
      near.binary(payload);
      const { length } = near.binary(payload);
      expect(windows).toEqual([
        serverMaxWindowBits,
        0,
        serverMaxWindowBits,
        Math.min(1_800, 2 ** serverMaxWindowBits),
      ]);
      return length;
    });
    expect(lengths[0]).toBeGreaterThan(lengths[1] as number);
  });

  test('a client that is held to 8 bits, which zlib cannot make, sends nothing compressed', () => {
    const far = client({ parameters: { clientMaxWindowBits: 8 } });
    expect(far.text(LONG)[0]).toBe(0x81);
  });
});

describe('what is compressed', () => {
  test('messages of 1,024 bytes and more, by default', () => {
    const near = new Connection('server', {
      deflate: { parameters: DEFLATE_DEFAULTS, compression: nodeCompression },
    });
    expect(near.text('a'.repeat(1_023))[0]).toBe(0x81);
    expect(near.text('a'.repeat(1_024))[0]).toBe(0xc1);
    expect(near.binary(new Uint8Array(1_024))[0]).toBe(0xc2);
    expect(near.ping(new Uint8Array(125))[0]).toBe(0x89);
  });

  test('no message that would grow, and later ones do not look back at it', () => {
    const [near, far] = [server(), client()];
    const noise = hex('93a1c7e5f00b2d4466789abc');
    expect(near.binary(noise)[0]).toBe(0x82);
    const bytes = near.binary(joinBytes([noise, new Uint8Array(100)]));
    expect(bytes[0]).toBe(0xc2);
    expect(receive(far, bytes)).toMatchObject([{ message: { opcode: Opcode.binary } }]);
  });

  test('nothing behind our Close', () => {
    const near = server();
    near.close();
    expect(() => near.text(LONG)).toThrow('nothing may follow');
  });
});

/** A frame from the server whose message is these compressed bytes. */
function compressedFrame(opcode: number, payload: Uint8Array): Uint8Array {
  return encodeFrame(opcode, payload, { rsv1: true });
}

/** Bytes compressed as badly as can be: in stored blocks of 100 (RFC 1951 3.2.4), 5 bytes more for each. */
function storedInHundreds(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 100) {
    blocks.push(hex('00 6400 9bff'), bytes.subarray(at, at + 100));
  }
  return joinBytes([...blocks, Uint8Array.of(0)]); // the empty block whose last four bytes are taken off
}

/** The message that inflates to so many zeros. */
function zeros(length: number): Uint8Array {
  const dictionary = new Uint8Array(0);
  return nodeCompression
    .deflate(new Uint8Array(length), { dictionary, windowBits: 15 })
    .subarray(0, -4);
}

describe('what cannot be taken', () => {
  test('a message of the limit comes, one byte more gets 1009', () => {
    const options = { maxMessageLength: 50_000 };
    const good = receive(client(options), compressedFrame(Opcode.binary, zeros(50_000)));
    expect(good).toMatchObject([{ message: { payload: new Uint8Array(50_000) } }]);
    const bad = receive(client(options), compressedFrame(Opcode.binary, zeros(50_001)));
    expect(problems(bad)).toEqual([TOO_BIG]);
  });

  test('RFC 7692 6 the limit is that of the message: what cannot be made smaller comes, too', () => {
    const options = { maxMessageLength: 50_000 };
    const payload = someBytes(50_000);
    const compressed = storedInHundreds(payload);
    expect(compressed.length).toBeGreaterThan(52_500);
    const whole = receive(client(options), compressedFrame(Opcode.binary, compressed));
    expect(whole).toMatchObject([{ message: { payload } }]);
    const [, last] = receive(
      client(options),
      encodeFrame(Opcode.binary, compressed.subarray(0, 100), { rsv1: true, fin: false }),
      encodeFrame(Opcode.continuation, compressed.subarray(100)),
    );
    expect(last).toMatchObject({ message: { payload } });
    const over = compressedFrame(Opcode.binary, storedInHundreds(someBytes(50_100)));
    expect(problems(receive(client(options), over))).toEqual([TOO_BIG]);
  });

  test('RFC 6455 7.4.1 a compressed message far over the limit is not waited for, another not a byte', () => {
    const options = { maxMessageLength: 50_000 };
    // 50,000 and a sixteenth and 64 are 53,189
    expect(receive(client(options), 'c2 7e cfc5')).toEqual([]);
    expect(problems(receive(client(options), 'c2 7f 0000000000010000'))).toEqual([TOO_BIG]);
    expect(problems(receive(client(options), 'c2 7e cfc6'))).toEqual([TOO_BIG]);
    expect(problems(receive(client(options), '82 7e c351'))).toEqual([TOO_BIG]);
    const compressedBefore = compressedFrame(Opcode.text, hex('f248cdc9c90700'));
    expect(problems(receive(client(options), compressedBefore, '82 7e c351'))).toEqual([TOO_BIG]);
  });

  test('a limit of no bytes is one too', () => {
    const inflate = (bytes: string) =>
      nodeCompression.inflate(hex(bytes), { dictionary: new Uint8Array(0), maxLength: 0 });
    expect(inflate('00 0000ffff 010000ffff')).toHaveLength(0);
    expect(() => inflate('4b0400 010000ffff')).toThrow(InflateError);
  });

  test('a bomb of 1 GiB gets 1009, and costs no more than the limit', () => {
    const piece = zeros(1 << 20); // one MiB is 1,029 bytes, and again and again behind itself
    const once = joinBytes([piece, hex('0000ffff')]);
    const bomb = joinBytes(Array.from({ length: 1_024 }, () => once)).subarray(0, -4);
    const far = client({ maxMessageLength: 4 << 20 });
    const before = process.memoryUsage().rss;
    const received = receive(far, compressedFrame(Opcode.binary, bomb));
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
    expect(problems(received)).toEqual([TOO_BIG]);
  });

  test.each([
    ['a block of the reserved type', '06'],
    ['a block cut off', 'f248cdc9'],
    ['a stored block cut off', '000500faff4865'],
    ['a stored block whose lengths do not fit', '000500ffff48656c6c6f00'],
    ['a look back to where nothing was', 'f200110000'],
  ])('%s gets 1007', (_, payload) => {
    expect(problems(receive(client(), compressedFrame(Opcode.text, hex(payload))))).toEqual([
      BAD_DEFLATE,
    ]);
  });

  test('more last blocks than a thousand get 1007', () => {
    const payload = (count: number) => joinBytes([...Array(count).fill(hex('0300')), hex('00')]);
    expect(texts(receive(client(), compressedFrame(Opcode.text, payload(900))))).toEqual(['']);
    const received = receive(client(), compressedFrame(Opcode.text, payload(1_100)));
    expect(problems(received)).toEqual([BAD_DEFLATE]);
  });

  test.each([
    ['a wrong byte', '61ff', 'the inflated text is not UTF-8 at byte 1'],
    ['a character cut off', '61e282', 'the inflated text ends within a UTF-8 character, at byte 3'],
  ])('RFC 6455 8.1 text with %s, found when it is inflated, gets 1007', (_, text, message) => {
    const raw = encodeFrame(Opcode.text, stored(hex(text)), { rsv1: true });
    const [received] = receive(client(), raw);
    expect(received).toMatchObject({
      problem: { code: 'bad-utf8', closeCode: 1007, message: expect.stringContaining(message) },
    });
  });

  test('frames behind a message that cannot be inflated are not given', () => {
    const received = receive(client(), joinBytes([hex('c1 01 06'), hex('81 01 61')]));
    expect(received.map(({ kind }) => kind)).toEqual(['problem']);
  });

  test('a fault of the functions themselves is not taken for the peer’s', () => {
    const inflate = () => {
      throw new RangeError('out of memory');
    };
    const far = client({ compression: { ...nodeCompression, inflate } });
    expect(() => receive(far, 'c1 07 f248cdc9c90700')).toThrow(RangeError);
  });
});

/** Bytes as a stored block, for a message. */
function stored(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  return joinBytes([Uint8Array.of(0, length, 0, ~length, 0xff), bytes, hex('00')]);
}

describe('any cut of a compressed stream', () => {
  test('gives the same', () => {
    const messages = fc.array(fc.tuple(text, fc.nat(200)), { maxLength: 6 });
    fc.assert(
      fc.property(messages, fc.boolean(), offsets, (messages, alone, offsets) => {
        const parameters = { clientNoContextTakeover: alone };
        const far = client({ parameters, threshold: 20 });
        const said = messages.map(([text, times]) => text.repeat(times));
        const stream = joinBytes([...said.map((text) => far.text(text)), far.close(1000)]);
        const [whole, cut] = [server({ parameters }), server({ parameters })];
        expect(texts(receive(whole, stream))).toEqual(said);
        expect(texts(receive(cut, ...cutAt(stream, offsets)))).toEqual(said);
        expect([whole.state, cut.state]).toEqual(['closed', 'closed']);
      }),
      { numRuns: 100 },
    );
  });
});
