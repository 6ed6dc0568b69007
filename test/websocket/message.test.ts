import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { Message, MessageAssembler } from '../../src/websocket/message.js';
import { hex, utf8 } from '../support/bytes.js';

/** The messages of a stream from a server. */
function messagesOf(bytes: Uint8Array): Message[] {
  const assembler = new MessageAssembler();
  const messages: Message[] = [];
  for (const frame of new FrameDecoder('server').feed(bytes)) {
    const message = assembler.push(frame);
    if (message !== null) messages.push(message);
  }
  return messages;
}

describe('RFC 6455 5.4 fragments become messages', () => {
  test('the example of 5.7: Hel and lo are Hello', () => {
    const [message, ...others] = messagesOf(hex('01 03 48 65 6c  80 02 6c 6f'));
    expect(others).toEqual([]);
    expect(message?.isText).toBe(true);
    expect(message?.text).toBe('Hello');
  });

  test('the kind is that of the first frame', () => {
    const [message] = messagesOf(hex('02 01 00  00 01 01  80 01 02'));
    expect(message?.opcode).toBe(Opcode.binary);
    expect(message?.isText).toBe(false);
    expect(message?.payload).toEqual(hex('00 01 02'));
  });

  test('pings, pongs and a Close between them belong to none', () => {
    const bytes = hex('01 01 61  89 01 78  80 01 62  8a 01 79  88 00');
    expect(messagesOf(bytes).map((message) => message.text)).toEqual(['ab']);
  });

  test('empty frames add nothing, and an empty message is a message', () => {
    const bytes = hex('01 00  00 01 61  00 00  80 00    81 00    01 00  80 00');
    expect(messagesOf(bytes).map((message) => message.text)).toEqual(['a', '', '']);
  });

  test('one message does not leak into the next', () => {
    const bytes = hex('01 03 616263  80 03 646566  01 01 67  80 01 68  81 01 69');
    expect(messagesOf(bytes).map((message) => message.text)).toEqual(['abcdef', 'gh', 'i']);
  });

  test('ten thousand frames of one byte are one message', () => {
    const frames = Array.from({ length: 10_000 }, (_, i) =>
      encodeFrame(i === 0 ? Opcode.binary : Opcode.continuation, Uint8Array.of(i), {
        fin: i === 9_999,
      }),
    );
    const [message] = messagesOf(joinBytes(frames));
    expect(toHex(message?.payload ?? hex(''))).toBe(
      toHex(Uint8Array.from({ length: 10_000 }, (_, i) => i)),
    );
  });
});

describe('RFC 6455 5.6 text', () => {
  test('a byte order mark is a character like any other', () => {
    expect(new Message(Opcode.text, hex('efbbbf 61')).text).toBe('\ufeffa');
  });

  test('is decoded anew each time it is asked for, from the bytes as they came', () => {
    const message = new Message(Opcode.text, utf8('😀'));
    expect(message.text).toBe(message.text);
    expect(message.payload).toEqual(hex('f09f9880'));
  });
});
