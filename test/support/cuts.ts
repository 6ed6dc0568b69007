/**
 * TCP keeps no boundaries: whatever takes a stream must give the same for every cut of it. Every
 * decoder case runs through `decodeEveryWay`.
 * @module
 */

import { expect } from 'vitest';
import { type ByteTools, joinBytes, toHex } from '../../src/bytes.js';
import { nodeBytes } from '../../src/net/node-bytes.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import {
  encodeFrame,
  type Frame,
  frameBytes,
  Opcode,
  type Role,
} from '../../src/websocket/frame.js';
import type { Problem } from '../../src/websocket/problem.js';

/** What a decoder made of a stream. */
export interface Decoded {
  frames: Frame[];
  problem: Problem | null;
}

/** Cuts bytes at the given offsets, in any order; the pieces joined are the bytes again. */
export function cutAt(bytes: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const places = [...offsets].map((offset) => offset % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}

/** One byte a piece. */
export function byteByByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
}

/** All ways to cut bytes in two, with the empty pieces. */
export function cutsInTwo(bytes: Uint8Array): [Uint8Array, Uint8Array][] {
  return Array.from({ length: bytes.length + 1 }, (_, i) => [
    bytes.subarray(0, i),
    bytes.subarray(i),
  ]);
}

/** Feeds the pieces one after the other to a new decoder. */
export function decode(
  from: Role,
  pieces: readonly Uint8Array[],
  options: { maxMessageLength?: number; tools?: ByteTools } = {},
): Decoded {
  const decoder = new FrameDecoder(from, options);
  const frames = pieces.flatMap((piece) => decoder.feed(piece));
  return { frames, problem: decoder.problem };
}

/**
 * Decodes a stream whole, byte by byte, with Node's tools and with bytes behind it, and expects the
 * same each time.
 *
 * @param from who sends it
 * @param bytes hex is the caller's: `hex('81 00')`
 */
export function decodeEveryWay(
  from: Role,
  bytes: Uint8Array,
  options: { maxMessageLength?: number } = {},
): Decoded {
  const before = toHex(bytes);
  const whole = decode(from, [bytes], options);
  expect(comparable(decode(from, byteByByte(bytes), options))).toEqual(comparable(whole));
  const withTools = { ...options, tools: nodeBytes };
  expect(comparable(decode(from, [bytes], withTools))).toEqual(comparable(whole));
  expect(comparable(decode(from, byteByByte(bytes), withTools))).toEqual(comparable(whole));

  const taken = whole.frames.map(frameBytes);
  if (whole.problem !== null || joinBytes(taken).length === bytes.length) {
    const pong = encodeFrame(Opcode.pong, new Uint8Array([1, 2, 3]), {
      maskingKey: from === 'client' ? 0x01020304 : null,
    });
    const { frames, problem } = decode(from, [joinBytes([bytes, pong])], options);
    const behind = whole.problem === null ? frames.pop() : undefined;
    expect(behind?.opcode).toBe(whole.problem === null ? Opcode.pong : undefined);
    expect(comparable({ frames, problem })).toEqual(comparable(whole));
  }
  expect(toHex(bytes), 'the bytes that were fed are not changed').toBe(before);
  return whole;
}

/** The same, with payloads as hex: a 64 KiB payload is one comparison, and a reader can read it. */
export function comparable({ frames, problem }: Decoded): unknown {
  return {
    frames: frames.map(({ room: _, payload, ...header }) => ({
      ...header,
      payload: toHex(payload),
    })),
    problem,
  };
}
