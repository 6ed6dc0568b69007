import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromUtf8, joinBytes, toHex } from '../../src/bytes.js';
import { newPerson } from '../../src/class/messages.js';
import { Veil } from '../../src/class/veil.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { mask } from '../../src/websocket/mask.js';
import { utf8 } from '../support/bytes.js';
import { clientFrame, MASKING_KEY, request } from '../support/room.js';

const person = newPerson(new Uint8Array(16).fill(9));
const vote = JSON.stringify({ type: 'vote', person, lesson: 7, round: 1, letter: 'c' });
const chat = JSON.stringify({ type: 'user', content: 'hello' });

/** A veil over a connection whose request has come. */
function opened(): Veil {
  const veil = new Veil();
  veil.over(eventOf({ step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 5 }));
  veil.over(eventOf({ step: 'recv', fd: 4, bytes: utf8(request()) }));
  return veil;
}

function eventOf(step: Step): TraceEvent {
  return { v: 1, seq: 0, turn: 1, t: 0, ...step };
}

function received(veil: Veil, bytes: Uint8Array): Uint8Array {
  const event = veil.over(eventOf({ step: 'recv', fd: 4, bytes }));
  if (event.step !== 'recv') throw new Error(event.step);
  return event.bytes;
}

function parsed(veil: Veil, bytes: Uint8Array): Uint8Array {
  const rest = { fin: true, opcode: 1, masked: true, payloadLength: 0 };
  const event = veil.over(eventOf({ step: 'parse', fd: 4, bytes, ...rest }));
  if (event.step !== 'parse') throw new Error(event.step);
  return event.bytes;
}

/** The payload of a short frame. */
function payloadOf(frame: Uint8Array, header = 6): string {
  const bytes = new Uint8Array(frame.subarray(header));
  mask(bytes, MASKING_KEY);
  return fromUtf8(bytes) ?? toHex(bytes);
}

describe('the veil', () => {
  test('leaves of a vote its header, its key and its type, and the length', () => {
    const frame = clientFrame(Opcode.text, vote);
    for (const seen of [received(opened(), frame), parsed(opened(), frame)]) {
      expect(seen).toHaveLength(frame.length);
      expect(toHex(seen.subarray(0, 6))).toBe(toHex(frame.subarray(0, 6)));
      expect(payloadOf(seen)).toBe(`{"type":"vote"${' '.repeat(vote.length - 15)}}`);
    }
  });

  test('shows of the chat all that there is, also beside a vote in one recv', () => {
    const frames = [clientFrame(Opcode.text, chat), clientFrame(Opcode.text, vote)];
    const [first = new Uint8Array()] = frames;
    const seen = received(opened(), joinBytes([...frames, first]));
    expect(toHex(seen.subarray(0, first.length))).toBe(toHex(first));
    expect(toHex(seen.subarray(-first.length))).toBe(toHex(first));
    expect(payloadOf(seen.subarray(first.length, -first.length))).toMatch(/^\{"type":"vote" +\}$/);
  });

  test.each([
    ['a fragment', encodeFrame(Opcode.text, utf8(vote), { fin: false, maskingKey: MASKING_KEY })],
    ['a continuation', clientFrame(Opcode.continuation, vote)],
    ['compressed', encodeFrame(Opcode.text, utf8(vote), { rsv1: true, maskingKey: MASKING_KEY })],
  ])('of what nobody can say yet what it is, the header alone is seen: %s', (_, frame) => {
    for (const seen of [received(opened(), frame), parsed(opened(), frame)]) {
      expect(payloadOf(seen)).toBe(' '.repeat(vote.length));
    }
  });

  test('control frames and binary ones are seen as they are', () => {
    for (const opcode of [Opcode.ping, Opcode.close, Opcode.binary]) {
      const frame = clientFrame(opcode, 'hello');
      expect(toHex(received(opened(), frame))).toBe(toHex(frame));
    }
  });

  test('however a vote is cut, and whatever stands before and behind, no letter and no person is seen', () => {
    const frames = [chat, vote, chat, vote].map((text) => clientFrame(Opcode.text, text));
    const stream = joinBytes([utf8(request()), ...frames]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const ends = [...cuts, stream.length].sort((a, b) => a - b);
        const veil = new Veil();
        veil.over(eventOf({ step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 5 }));
        const seen = joinBytes(
          ends.map((end, i) => received(veil, stream.subarray(ends[i - 1] ?? 0, end))),
        );
        expect(seen).toHaveLength(stream.length);
        let at = utf8(request()).length;
        for (const frame of frames) {
          const payload = payloadOf(seen.subarray(at, at + frame.length));
          expect(payload).not.toContain(person.slice(0, 4));
          expect(payload).not.toContain('letter');
          at += frame.length;
        }
      }),
    );
  });

  test("the server's own bytes stay as they are, in a Buffer of Node's too", () => {
    const frame = Buffer.from(clientFrame(Opcode.text, vote));
    const before = toHex(frame);
    received(opened(), frame);
    expect(toHex(frame)).toBe(before);
  });

  test('behind a disconnect nothing is seen: nobody reads it as frames', () => {
    const veil = opened();
    veil.over(eventOf({ step: 'disconnect', fd: 4, cause: 'protocol-error' }));
    expect(toHex(received(veil, clientFrame(Opcode.text, vote)))).toMatch(/^(00)+$/);
  });
});
