import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.js';
import type { FrameInspection, Inspection, Span } from '../../src/inspect/inspection.js';
import { hex, utf8 } from '../support/bytes.js';

function only(inspection: Inspection): FrameInspection {
  expect(inspection.frames).toHaveLength(1);
  return inspection.frames[0] as FrameInspection;
}

function sentences(spans: readonly Span[] | undefined): string[] {
  return (spans ?? []).map(({ start, end, meaning }) => `${start}-${end} ${meaning}`);
}

describe('RFC 6455 5.7 examples', () => {
  test('a single-frame unmasked text message', () => {
    const frame = only(inspect(hex('81 05 48656c6c6f')));
    expect(frame).toMatchObject({ direction: 'server', offset: 0, length: 7, problems: [] });
    expect(frame.header.maskingKey).toBeNull();
    expect(frame.payload.text).toBe('Hello');
    expect(sentences(frame.spans)).toEqual([
      '0-1 0x81: FIN is 1, this frame ends its message, the reserved bits are 0, and opcode 0x1 is text.',
      '1-2 0x05: MASK is 0, no masking key, and the payload has 5 bytes.',
      '2-7 5 bytes of payload, not masked: 5 characters in 5 bytes of UTF-8: "Hello".',
    ]);
  });

  test('a single-frame masked text message, byte for byte', () => {
    const frame = only(inspect(hex('81 85 37fa213d 7f9f4d5158')));
    expect(frame).toMatchObject({ direction: 'client', length: 11, problems: [] });
    expect(frame.header).toEqual({
      fin: true,
      rsv1: false,
      rsv2: false,
      rsv3: false,
      opcode: 1,
      opcodeName: 'text',
      masked: true,
      maskingKey: '37fa213d',
      payloadLength: 5,
    });
    expect(frame.spans[0]?.bits?.map(({ name, mask, value }) => [name, mask, value])).toEqual([
      ['FIN', 0b1000_0000, 1],
      ['RSV1', 0b0100_0000, 0],
      ['RSV2', 0b0010_0000, 0],
      ['RSV3', 0b0001_0000, 0],
      ['opcode', 0b0000_1111, 1],
    ]);
    expect(sentences(frame.spans).slice(1, 3)).toEqual([
      '1-2 0x85: MASK is 1, a masking key follows, and the payload has 5 bytes.',
      '2-6 The masking key is 37fa213d: byte i of the payload was XORed with byte i mod 4 of it.',
    ]);
    const [masking, ...characters] = frame.spans[3]?.parts ?? [];
    expect(sentences(masking?.parts)).toEqual([
      '6-7 0x7f XOR 0x37 (byte 0 of the key) is 0x48, "H".',
      '7-8 0x9f XOR 0xfa (byte 1 of the key) is 0x65, "e".',
      '8-9 0x4d XOR 0x21 (byte 2 of the key) is 0x6c, "l".',
      '9-10 0x51 XOR 0x3d (byte 3 of the key) is 0x6c, "l".',
      '10-11 0x58 XOR 0x37 (byte 0 of the key) is 0x6f, "o".',
    ]);
    expect(sentences(characters)[0]).toBe('6-7 "H" is U+0048, in 1 byte: 48.');
  });

  test('a fragmented unmasked text message', () => {
    const { frames, rest } = inspect(hex('01 03 48656c 80 02 6c6f'));
    expect(rest).toBeNull();
    expect(frames.map(({ problems }) => problems)).toEqual([[], []]);
    expect(frames[0]?.message).toEqual({ offset: 0, frame: 1, length: 3 });
    expect(frames[1]?.message).toEqual({ offset: 0, frame: 2, length: 5, text: 'Hello' });
    expect(frames.map(({ spans }) => spans[0]?.meaning)).toEqual([
      '0x01: FIN is 0, more frames of this message follow, the reserved bits are 0, and opcode 0x1 is text; it is frame 1 of the message that begins at byte 0, which has 3 bytes up to here.',
      '0x80: FIN is 1, this frame ends its message, the reserved bits are 0, and opcode 0x0 is continuation; it is frame 2 of the message that begins at byte 0, which has 5 bytes up to here.',
    ]);
  });

  test('an unmasked ping and its masked pong', () => {
    expect(only(inspect(hex('89 05 48656c6c6f'))).header.opcodeName).toBe('ping');
    const pong = only(inspect(hex('8a 85 37fa213d 7f9f4d5158')));
    expect(pong.payload).toEqual({ hex: '48656c6c6f' });
    expect(pong.spans[0]?.meaning).toBe(
      '0x8a: FIN is 1, as in every control frame, the reserved bits are 0, and opcode 0xa is pong.',
    );
  });

  test('256 bytes of binary in 16 bits of length, and 64 KiB in 64', () => {
    const short = only(inspect(Uint8Array.of(0x82, 0x7e, 1, 0, ...new Uint8Array(256))));
    expect(sentences(short.spans).slice(1)).toEqual([
      '1-2 0x7e: MASK is 0, no masking key, and 126 says that the length is in the next 2 bytes.',
      '2-4 The payload has 256 bytes, written in 16 bits.',
      '4-260 256 bytes of payload, not masked: bytes without a further form.',
    ]);
    const long = new Uint8Array(65_546);
    long.set(hex('82 7f 0000000000010000'));
    const frame = only(inspect(long, { role: 'server' }));
    expect(frame.problems).toEqual([]);
    expect(sentences(frame.spans).slice(1)).toEqual([
      '1-2 0x7f: MASK is 0, no masking key, and 127 says that the length is in the next 8 bytes.',
      "2-6 The high 32 of the length's 64 bits: 0 times 4294967296.",
      '6-10 The low 32 bits of the length: 65536; the payload has 65536 bytes.',
      '10-65546 65536 bytes of payload, not masked: bytes without a further form.',
    ]);
  });
});

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
const ANSWER = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  'Sec-WebSocket-Protocol: chat',
  '',
  '',
].join('\r\n');

describe('RFC 6455 1.3 opening handshake', () => {
  test('how the accept value is made from the key', () => {
    const { handshakes } = inspect(utf8(REQUEST));
    expect(handshakes[0]).toMatchObject({
      direction: 'client',
      key: 'dGhlIHNhbXBsZSBub25jZQ==',
      accept: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      acceptOk: null,
      problems: [],
    });
    const key = handshakes[0]?.spans.find(({ field }) => field === 'sec-websocket-key');
    expect(key?.meaning).toBe(
      'Sec-WebSocket-Key is dGhlIHNhbXBsZSBub25jZQ==, base64 of 16 bytes, new for each connection.',
    );
    expect(key?.parts?.map(({ meaning }) => meaning)).toEqual([
      'The key with the GUID behind it: dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11.',
      'The SHA-1 of that, 20 bytes: b37a4f2cc0624f1690f64606cf385945b2bec4ea.',
      'These 20 bytes in base64 are the accept value: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=.',
    ]);
    expect(handshakes[0]?.spans).toHaveLength(9);
  });

  test('request, answer and frames one behind the other', () => {
    const bytes = Uint8Array.of(...utf8(REQUEST + ANSWER), ...hex('81 05 48656c6c6f'));
    const { handshakes, frames, rest } = inspect(bytes);
    expect(handshakes.map(({ acceptOk, problems }) => [acceptOk, problems])).toEqual([
      [null, []],
      [true, []],
    ]);
    expect(frames[0]?.offset).toBe(REQUEST.length + ANSWER.length);
    expect(rest).toBeNull();
  });

  test('RFC 9110 15.2 interim answers in front of it are passed over, as our client does', () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n';
    const bytes = Uint8Array.of(...utf8(REQUEST + interim + ANSWER), ...hex('81 05 48656c6c6f'));
    const { handshakes, frames } = inspect(bytes);
    expect(handshakes.map(({ acceptOk, problems }) => [acceptOk, problems])).toEqual([
      [null, []],
      [null, []],
      [null, []],
      [true, []],
    ]);
    expect(frames).toMatchObject([{ problems: [] }]);
  });

  test('RFC 9112 2.2 an empty line in front of the request is passed over, as our server does', () => {
    const [handshake] = inspect(utf8(`\r\n${REQUEST}`)).handshakes;
    expect(handshake).toMatchObject({ offset: 0, problems: [] });
    expect(sentences(handshake?.spans ?? []).slice(0, 2)).toEqual([
      '0-2 An empty line in front of the request; a server passes it over.',
      expect.stringMatching(/^2-22 The request line: GET \/chat HTTP\/1\.1;/),
    ]);
    expect(handshake?.spans).toHaveLength(10);
  });

  test('an answer alone is judged with the key that is known, and else let be', () => {
    const known = inspect(utf8(ANSWER), { key: 'dGhlIHNhbXBsZSBub25jZQ==' }).handshakes[0];
    expect(known).toMatchObject({ direction: 'server', acceptOk: true, problems: [] });
    const unknown = inspect(utf8(ANSWER)).handshakes[0];
    expect(unknown).toMatchObject({ key: null, acceptOk: null, problems: [] });
    const other = inspect(utf8(ANSWER), { key: 'AAAAAAAAAAAAAAAAAAAAAA==' }).handshakes[0];
    expect(other?.acceptOk).toBe(false);
    expect(other?.problems[0]?.code).toBe('bad-handshake');
  });

  test('a wrong request is explained, and refused as the server refuses it', () => {
    const [handshake] = inspect(utf8(REQUEST.replace('Version: 13', 'Version: 8'))).handshakes;
    expect(handshake?.problems).toEqual([
      {
        code: 'bad-handshake',
        closeCode: null,
        section: '4.2.1',
        message:
          'Sec-WebSocket-Version is 8; this server speaks 13, which a server answers with 426',
      },
    ]);
  });

  test('a request whose end is not here is the rest', () => {
    const { rest, handshakes } = inspect(utf8(REQUEST.slice(0, -2)));
    expect(handshakes).toEqual([]);
    expect(rest).toMatchObject({ offset: 0, length: REQUEST.length - 2, needs: 2 });
  });
});
