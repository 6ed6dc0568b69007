/**
 * Bytes to begin with: a few frames that are worth a look.
 * @module
 */

import { joinBytes, toHex } from '../../bytes.js';
import {
  chatFrame,
  closeFrame,
  continuationFrame,
  lyingFrame,
  pingFrame,
  textFrame,
  unmaskedFrame,
} from '../../scenario/build.js';
import { SCENARIO_REQUEST } from '../../scenario/play.js';
import type { TextKey } from '../texts.js';

/** Bytes with a name. */
export interface ByteExample {
  /** What they are. */
  readonly title: TextKey;
  /** The bytes in hex. */
  readonly hex: string;
}

/** It goes over the wire, so it is the same in every language. */
const BEGINNING = ['a', 'payload', 'of', '70,000', 'bytes', 'begins'].join(' ');

const request = new TextEncoder().encode(SCENARIO_REQUEST);

/** The examples; the first is what the view begins with. */
export const BYTE_EXAMPLES: readonly [ByteExample, ...ByteExample[]] = [
  example('example.hello', textFrame('Hello'), closeFrame(1001)),
  example('example.chinese', chatFrame('你好')),
  example('example.medium', textFrame('你'.repeat(42))),
  example('example.large', lyingFrame(BEGINNING, 70_000, 64)),
  example('example.ping', pingFrame('ping')),
  example(
    'example.fragments',
    textFrame('{"type":"user",', false),
    pingFrame(),
    continuationFrame('"content":"hi"}'),
  ),
  example('example.glued', request, chatFrame('early')),
  example('example.unmasked', unmaskedFrame('{"type":"user","content":"hi"}')),
  example('example.not-shortest', lyingFrame('{"type":"user","content":"hi"}', 30, 16)),
  example('example.reason', closeFrame(1000, 'bye')),
  example('example.reserved', Uint8Array.of(0xc1), textFrame('Hello').subarray(1)),
];

/** Two messages of a chat, one behind the other. */
export const TWO_FRAMES: Uint8Array = joinBytes([chatFrame('hello'), chatFrame('你好')]);

function example(title: TextKey, ...parts: Uint8Array[]): ByteExample {
  return { title, hex: toHex(joinBytes(parts)) };
}
