import { describe, expect, test } from 'vitest';
import type { FrameHeader, Role } from '../../src/websocket/frame.js';
import { newStream, parseFrame, type StreamState } from '../../src/websocket/parser.js';
import { hex } from '../support/bytes.js';

/** Answers the asks of one frame out of its bytes, and notes asks and problems in their order. */
function parse(
  bytes: string,
  stream: StreamState = newStream('client'),
): { noted: string[]; header: FrameHeader } {
  const all = hex(bytes);
  const noted: string[] = [];
  const parser = parseFrame(stream);
  let at = 0;
  let answer = 0;
  for (;;) {
    const { done, value } = parser.next(answer);
    if (done) return { noted, header: value };
    if ('ask' in value) {
      noted.push(value.ask);
      const field = all.subarray(at, at + value.length);
      answer = value.ask === 'payload' ? 0 : field.reduce((sum, byte) => sum * 256 + byte, 0);
      at += value.length;
    } else {
      noted.push(`! ${value.code}`);
      answer = 0;
    }
  }
}

function fromServer(): StreamState {
  return newStream('server');
}

describe('RFC 6455 5.2 the fields, in the order of the diagram', () => {
  test('a short masked frame', () => {
    const { noted, header } = parse('81 85 37fa213d 7f9f4d5158');
    expect(noted).toEqual(['fin-rsv-opcode', 'mask-length', 'masking-key', 'payload']);
    expect(header).toEqual({
      fin: true,
      rsv1: false,
      rsv2: false,
      rsv3: false,
      opcode: 1,
      masked: true,
      payloadLength: 5,
      maskingKey: 0x37fa213d,
    });
  });

  test('a length of 16 bits comes before the masking key', () => {
    expect(parse('82 fe 0100 01020304').noted).toEqual([
      'fin-rsv-opcode',
      'mask-length',
      'extended-length-16',
      'masking-key',
      'payload',
    ]);
  });

  test('a length of 64 bits is asked for in two halves', () => {
    const { noted, header } = parse('82 7f 00000001 00000002', fromServer());
    expect(noted).toEqual([
      'fin-rsv-opcode',
      'mask-length',
      'extended-length-64',
      'extended-length-continued',
      'payload',
    ]);
    expect(header.payloadLength).toBe(2 ** 32 + 2);
  });

  test('an empty payload is not asked for', () => {
    expect(parse('8a 00', fromServer()).noted).toEqual(['fin-rsv-opcode', 'mask-length']);
  });
});

describe('a problem is noted where it is met, and whoever wants to may go on', () => {
  test.each([
    ['reserved bits', '71 00', ['! reserved-bits']],
    ['a reserved opcode', '83 00', ['! reserved-opcode']],
    ['a control frame in fragments', '09 00', ['! control-fragmented']],
    ['reserved bits and a reserved opcode', 'f3 00', ['! reserved-bits', '! reserved-opcode']],
  ])('%s: before the second byte', (_, bytes, problems) => {
    const { noted } = parse(bytes, fromServer());
    expect(noted).toEqual(['fin-rsv-opcode', ...problems, 'mask-length']);
  });

  test('a length that is not the shortest: once it is known, before the masking key', () => {
    const { noted, header } = parse('81 fe 0005 37fa213d 7f9f4d5158');
    expect(noted.slice(2)).toEqual([
      'extended-length-16',
      '! length-not-shortest',
      'masking-key',
      'payload',
    ]);
    expect(header.payloadLength).toBe(5);
  });

  test('the highest bit of a 64-bit length: before its second half', () => {
    expect(parse('82 7f 80000000 00000000', fromServer()).noted.slice(2, 5)).toEqual([
      'extended-length-64',
      '! length-too-long',
      'extended-length-continued',
    ]);
  });

  test('one frame can break several rules', () => {
    expect(parse('79 7e 0005').noted.filter((note) => note.startsWith('!'))).toEqual([
      '! reserved-bits',
      '! control-fragmented',
      '! unmasked-client-frame',
      '! control-too-long',
      '! length-not-shortest',
    ]);
  });
});

describe('RFC 6455 5.4 fragments: the stream remembers the message', () => {
  /** The problems of each frame, and the message's opcode behind it. */
  function follow(from: Role, frames: string[]): [string[], number | null][] {
    const stream = newStream(from);
    return frames.map((frame) => {
      const { noted } = parse(frame, stream);
      return [noted.filter((note) => note.startsWith('!')), stream.opcode];
    });
  }

  test('from its first frame to its last, with control frames between', () => {
    expect(follow('server', ['01 03', '89 00', '00 01', '80 02'])).toEqual([
      [[], 1],
      [[], 1],
      [[], 1],
      [[], null],
    ]);
  });

  test('a new message within another is noted, and the first one goes on', () => {
    expect(follow('server', ['01 01', '02 01', '80 01'])).toEqual([
      [[], 1],
      [['! message-not-finished'], 1],
      [[], null],
    ]);
  });

  test('its length counts over all of its frames, and starts again with the next', () => {
    const stream = newStream('server', { maxMessageLength: 10 });
    for (const frame of ['02 06', '89 7d', '80 04', '82 0a']) {
      expect(parse(frame, stream).noted).not.toContain('! message-too-big');
    }
    parse('02 06', stream);
    expect(parse('80 05', stream).noted).toContain('! message-too-big');
  });
});

describe('RFC 7692 6: RSV1 where permessage-deflate was agreed on', () => {
  const stream = (): StreamState => newStream('server', { rsv1: true });

  test('may be set on the first frame of a message', () => {
    const { noted, header } = parse('c1 00', stream());
    expect(noted).toEqual(['fin-rsv-opcode', 'mask-length']);
    expect(header.rsv1).toBe(true);
  });

  test('may not be set on a control frame', () => {
    expect(parse('c9 00', stream()).noted).toContain('! reserved-bits');
  });

  test('may not be set on a continuation', () => {
    const deflated = stream();
    parse('41 00', deflated);
    expect(parse('c0 00', deflated).noted).toContain('! reserved-bits');
  });
});
