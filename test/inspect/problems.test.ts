import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { type InspectOptions, inspect } from '../../src/inspect/inspect.js';
import { inspectionText } from '../../src/inspect/text.js';
import { hex, utf8 } from '../support/bytes.js';

/** The findings of all frames: code, close code, section. */
function found(bytes: Uint8Array, options: InspectOptions = { role: 'server' }): unknown[] {
  return inspect(bytes, options).frames.flatMap(({ problems }) =>
    problems.map(({ code, closeCode, section }) => [code, closeCode, section]),
  );
}

describe('every problem', () => {
  test.each([
    ['reserved bits', 'b1 00', ['reserved-bits', 1002, '5.2']],
    ['a reserved opcode', '83 00', ['reserved-opcode', 1002, '5.2']],
    ['a masked frame from the server', '81 80 01020304', ['masked-server-frame', 1002, '5.1']],
    ['a length not in its shortest form', '81 7e 0001 41', ['length-not-shortest', 1002, '5.2']],
    ['a fragmented control frame', '09 00', ['control-fragmented', 1002, '5.5']],
    ['a continuation of nothing', '80 00', ['nothing-to-continue', 1002, '5.4']],
    ['a message within a message', '01 00 81 00', ['message-not-finished', 1002, '5.4']],
    ['a close code that nobody may send', '88 02 03ed', ['bad-close-code', 1002, '7.4']],
    ['half a close code', '88 01 03', ['bad-close-code', 1002, '5.5.1']],
    ['a bad close reason', '88 03 03e8 ff', ['bad-utf8', 1007, '8.1']],
    ['text that is no UTF-8', '81 02 41 ff', ['bad-utf8', 1007, '8.1']],
    ['a length of more than 63 bits', '82 7f 80000000 00000000', ['length-too-long', 1002, '5.2']],
  ])('%s', (_, bytes, finding) => {
    expect(found(hex(bytes))).toEqual([finding]);
  });

  test('an unmasked frame from the client', () => {
    expect(found(hex('81 00'), { role: 'client' })).toEqual([
      ['unmasked-client-frame', 1002, '5.1'],
    ]);
  });

  test('a control frame that is too long', () => {
    const bytes = Uint8Array.of(0x89, 0x7e, 0, 126, ...new Uint8Array(126));
    expect(found(bytes)).toEqual([['control-too-long', 1002, '5.5']]);
  });

  test('the frame behind a problem is read as if nothing were', () => {
    const { frames } = inspect(hex('83 01 00 81 05 48656c6c6f'), { role: 'server' });
    expect(frames.map(({ payload }) => payload.text)).toEqual([undefined, 'Hello']);
  });
});

describe('RFC 6455 5.1 masks', () => {
  const answer = utf8(
    'HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
  );
  const request = utf8(
    'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );

  test('masked frames behind an answer are a server that masks, unmasked ones behind a request a client that does not', () => {
    expect(found(joinBytes([answer, hex('8180 01020304')]), {})).toEqual([
      ['masked-server-frame', 1002, '5.1'],
    ]);
    expect(found(joinBytes([request, hex('8100')]), {})).toEqual([
      ['unmasked-client-frame', 1002, '5.1'],
    ]);
  });

  test('behind both, who sent is known by the mask', () => {
    expect(found(joinBytes([request, answer, hex('8180 01020304')]), {})).toEqual([]);
    expect(found(joinBytes([request, answer, hex('8100')]), {})).toEqual([]);
  });
});

describe('RFC 6455 5.5.1 behind a Close', () => {
  test.each([
    ['a data frame', '8800 8100', ['data-after-close', 1002, '5.5.1']],
    ['a continuation', '0100 8800 8000', ['data-after-close', 1002, '5.5.1']],
    ['another Close', '8800 8800', ['second-close', 1002, '5.5.1']],
  ])('%s is a problem', (_, bytes, finding) => {
    expect(found(hex(bytes))).toEqual([finding]);
  });

  test('a Ping and a Pong are none', () => {
    expect(found(hex('8800 8900 8a00'))).toEqual([]);
  });

  test('each frame of data is one', () => {
    expect(found(hex('8800 8100 8200'))).toHaveLength(2);
  });
});

describe('RFC 6455 8.1 text over frames', () => {
  test('a character may be cut between two frames', () => {
    const { frames } = inspect(hex('01 01 c3 80 02 a921'));
    expect(frames.flatMap(({ problems }) => problems)).toEqual([]);
    expect(frames[1]?.message?.text).toBe('é!');
    expect(frames[1]?.spans[2]?.parts?.map(({ meaning }) => meaning)).toEqual([
      'The last 1 byte of 2 of "é", which a frame before began.',
      '"!" is U+0021, in 1 byte: 21.',
    ]);
  });

  test('the position of a bad byte counts over the frames', () => {
    const problem = inspect(hex('01 03 414243 80 02 44 ff')).frames[1]?.problems[0];
    expect(problem?.message).toBe('the text is not UTF-8 at byte 4');
  });

  test('so many characters are so many bytes', () => {
    const frame = inspect(Uint8Array.of(0x81, 7, ...utf8('é😀!'))).frames[0];
    expect(frame?.spans[2]?.meaning).toBe(
      '7 bytes of payload, not masked: 3 characters in 7 bytes of UTF-8: "é😀!".',
    );
    expect(frame?.spans[2]?.parts?.[1]?.meaning).toBe('"😀" is U+1F600, in 4 bytes: f0 9f 98 80.');
  });
});

describe('the three shown in the README', () => {
  test('the 8 bytes that the original takes for a crash are a masked Close, 1001', () => {
    const { frames, original } = inspect(hex('88823f1c2a5d3cf5'));
    expect(frames[0]?.payload).toEqual({
      hex: '03e9',
      close: { code: 1001, name: 'going away', reason: '' },
    });
    expect(original).toEqual([
      {
        recv: { offset: 0, length: 8 },
        reads: 'a logout, because 8 bytes are fewer than 9',
        defect: 'D01',
      },
    ]);
  });

  test('a length form that is not the shortest is named', () => {
    const [frame] = inspect(hex('817e000568656c6c6f')).frames;
    expect(frame?.problems).toEqual([
      {
        code: 'length-not-shortest',
        closeCode: 1002,
        section: '5.2',
        message: 'length 5 written in 16 bits',
      },
    ]);
    expect(frame?.payload.text).toBe('hello');
    expect(frame?.spans[2]?.meaning).toBe(
      'The payload has 5 bytes, written in 16 bits, where 7 bits are enough.',
    );
  });
});

describe('the rest', () => {
  test.each([
    ['81', 2, 'at least 1'],
    ['81 85 37fa', 4, '7'],
    ['81 85 37fa213d 7f9f', 8, '3'],
    ['82 fe 01', 3, 'at least 5'],
    ['82 ff 0000', 4, 'at least 10'],
  ])('%s is no problem, and says what it needs', (bytes, _, needs) => {
    const { frames, rest } = inspect(hex(bytes));
    expect(frames).toEqual([]);
    expect(rest?.needs).toBe(Number(needs.replace('at least ', '')));
    expect(rest?.meaning).toContain(`${needs} byte`);
  });

  test('a frame with a problem is shown as far as it can be read', () => {
    const { frames, rest } = inspect(hex('83 05 41'), { role: 'server' });
    expect(frames[0]).toMatchObject({ length: 3, payload: { hex: '41' } });
    expect(rest).toMatchObject({ offset: 3, length: 0, needs: 4 });
  });
});

describe('RFC 7692 permessage-deflate', () => {
  test('RSV1 has a meaning where it was agreed on', () => {
    const bytes = hex('c1 07 f248cdc9c90700');
    expect(found(bytes)[0]).toEqual(['reserved-bits', 1002, '5.2']);
    const [frame] = inspect(bytes, { deflate: true }).frames;
    expect(frame?.problems).toEqual([]);
    expect(frame?.spans[0]?.meaning).toContain('compressed by permessage-deflate (RFC 7692)');
    expect(frame?.spans[2]?.meaning).toContain('7 bytes compressed by permessage-deflate');
    expect(frame?.payload).toMatchObject({ hex: 'f248cdc9c90700', text: 'Hello' });
  });
});

test('a length of 64 bits is told exactly, though no number holds it', () => {
  const { frames, rest } = inspect(hex('82 7f ffffffff ffffffff'), { role: 'server' });
  expect(frames[0]?.spans[3]?.meaning).toBe(
    'The low 32 bits of the length: 4294967295; the payload has 18446744073709551615 bytes.',
  );
  expect(rest?.meaning).toContain(' 18446744073709551615 bytes more');
});

test('what a problem quotes of the bytes moves no cursor, C1 controls neither', () => {
  const head = utf8('GET / HTTP/1.1\r\nBad?Name: 1\r\n\r\n');
  head[head.indexOf(0x3f)] = 0x9b; // CSI, in one byte
  const [handshake] = inspect(head).handshakes;
  expect(handshake?.problems[0]?.message).toContain('the line "Bad\\x9bName: 1"');
  const shown = inspectionText(head, inspect(head));
  expect(shown).toContain('! bad-handshake (RFC 6455 4.2.1): the line "Bad\\x9bName: 1"');
  expect(shown).not.toContain('\u009b');
});
