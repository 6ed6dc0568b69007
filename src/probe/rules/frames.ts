/**
 * Frames, RFC 6455 5.1 to 5.3: lengths, pieces, masks.
 * @module
 */

import { joinBytes } from '../../bytes.js';
import { Opcode } from '../../websocket/frame.js';
import {
  binary,
  bytesOfLength,
  claim,
  echoBinary,
  echoText,
  lengthIn,
  oneByOne,
  ping,
  text,
  textOf,
} from '../frames.js';
import type { Rule } from '../rule.js';
import { PROTOCOL_ERROR, wrong } from './wrong.js';

const LENGTHS = [0, 1, 125, 126, 127, 128, 65_535, 65_536];

const lengths: Rule[] = [
  ...LENGTHS.map(
    (length): Rule => ({
      id: `text-${length}`,
      group: 'frames',
      section: '5.2',
      says: { code: 'text', values: { length } },
      acts: () => [text(textOf(length))],
      expect: () => ({ is: 'taken', echo: [echoText(textOf(length))] }),
    }),
  ),
  ...LENGTHS.map(
    (length): Rule => ({
      id: `binary-${length}`,
      group: 'frames',
      section: '5.2',
      says: { code: 'binary', values: { length } },
      acts: () => [binary(bytesOfLength(length))],
      expect: () => ({ is: 'taken', echo: [echoBinary(bytesOfLength(length))] }),
    }),
  ),
];

const TWO = ['"one"', '"two"'];

const delivery: Rule[] = [
  {
    id: 'frame-bytes',
    group: 'frames',
    section: '5.2',
    says: { code: 'frame-bytes' },
    acts: () => oneByOne(text(textOf(20))),
    expect: { is: 'taken', echo: [echoText(textOf(20))] },
  },
  {
    id: 'header-bytes',
    group: 'frames',
    section: '5.2',
    says: { code: 'header-bytes' },
    acts: () => {
      const bytes = text(textOf(126));
      return [...oneByOne(bytes.subarray(0, 8)), bytes.subarray(8)];
    },
    expect: { is: 'taken', echo: [echoText(textOf(126))] },
  },
  {
    id: 'payload-halves',
    group: 'frames',
    section: '5.2',
    says: { code: 'payload-halves' },
    acts: () => {
      const bytes = text(textOf(40));
      return [bytes.subarray(0, 25), bytes.subarray(25)];
    },
    expect: { is: 'taken', echo: [echoText(textOf(40))] },
  },
  {
    id: 'glued',
    group: 'frames',
    section: '6.2',
    says: { code: 'glued' },
    acts: () => [joinBytes(TWO.map((one) => text(one)))],
    expect: { is: 'taken', echo: TWO.map((one) => echoText(one)) },
  },
  {
    id: 'many',
    group: 'frames',
    section: '6.2',
    says: { code: 'many', values: { count: 200 } },
    acts: () => [joinBytes(Array.from({ length: 200 }, (_, i) => text(`"${i}"`)))],
    expect: () => ({
      is: 'taken',
      echo: Array.from({ length: 200 }, (_, i) => echoText(`"${i}"`)),
    }),
  },
  {
    id: 'cut-across',
    group: 'frames',
    section: '6.2',
    says: { code: 'cut-across' },
    acts: () => {
      const bytes = joinBytes(TWO.map((one) => text(one)));
      return [bytes.subarray(0, 14), bytes.subarray(14)];
    },
    expect: { is: 'taken', echo: TWO.map((one) => echoText(one)) },
  },
];

const masks: Rule[] = [
  {
    id: 'mask-zero',
    group: 'frames',
    section: '5.3',
    says: { code: 'mask-zero' },
    acts: () => [text('"not hidden"', { maskingKey: 0 })],
    expect: { is: 'taken', echo: [echoText('"not hidden"')], whole: true },
  },
  {
    id: 'mask-changes',
    group: 'frames',
    section: '5.3',
    says: { code: 'mask-changes' },
    acts: () => [
      text('"one"', { maskingKey: 0xffffffff }),
      text('"two"', { maskingKey: 0x00ff0080 }),
    ],
    expect: { is: 'taken', echo: TWO.map((one) => echoText(one)), whole: true },
  },
  ...(
    [
      ['unmasked', () => [text('"in the open"', { maskingKey: null })]],
      ['unmasked-empty', () => [text('', { maskingKey: null })]],
      ['unmasked-ping', () => [ping('open', { maskingKey: null })]],
      ['unmasked-later', () => [text('"masked"'), text('"in the open"', { maskingKey: null })]],
    ] as const
  ).map(([code, acts]): Rule => wrong('frames', '5.1', code, acts)),
];

const encodings: Rule[] = [
  ...(
    [
      [0, 16],
      [125, 16],
      [125, 64],
      [126, 64],
      [65_535, 64],
    ] as const
  ).map(
    ([length, bits]): Rule => ({
      id: `length-${length}-in-${bits}`,
      group: 'frames',
      section: '5.2',
      says: { code: 'length-in', values: { length, bits } },
      acts: () => [lengthIn(bits, Opcode.text, textOf(length))],
      expect: PROTOCOL_ERROR,
    }),
  ),
  {
    id: 'top-bit',
    group: 'frames',
    section: '5.2',
    says: { code: 'top-bit' },
    acts: () => [claim(2n ** 63n + 5n)],
    expect: PROTOCOL_ERROR,
  },
];

/** The rules of 5.1 to 5.3. */
export const FRAMES: readonly Rule[] = [...lengths, ...delivery, ...masks, ...encodings];
