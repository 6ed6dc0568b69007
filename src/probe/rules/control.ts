/**
 * Control frames, RFC 6455 5.5, and what 5.2 reserves for extensions: bits and opcodes.
 * @module
 */

import { joinBytes, toUtf8 } from '../../bytes.js';
import { Opcode } from '../../websocket/frame.js';
import {
  binary,
  bytesOfLength,
  close,
  frame,
  oneByOne,
  ping,
  pong,
  text,
  textOf,
} from '../frames.js';
import type { Act, Rule, RuleCode } from '../rule.js';
import { PROTOCOL_ERROR, wrong } from './wrong.js';

/** Answers a ping with this payload. */
function answered(code: RuleCode, payload: Uint8Array | string, acts?: () => readonly Act[]): Rule {
  const bytes = typeof payload === 'string' ? toUtf8(payload) : payload;
  return {
    id: code,
    group: 'control',
    section: '5.5.2',
    says: { code },
    acts: () => [...(acts?.() ?? [ping(bytes)]), { pong: bytes }],
    expect: { is: 'taken' },
  };
}

/** The rules of 5.5. */
export const CONTROL: readonly Rule[] = [
  answered('ping-empty', ''),
  answered('ping-short', 'ping'),
  answered('ping-bytes', Uint8Array.of(0x00, 0xff, 0xfe, 0x80, 0x0a)),
  answered('ping-125', bytesOfLength(125)),
  answered('ping-by-bytes', 'in pieces', () => oneByOne(ping('in pieces'))),
  answered('pings-10', 'ping 9', () => [
    joinBytes(Array.from({ length: 10 }, (_, i) => ping(`ping ${i}`))),
  ]),
  answered('ping-between', 'between', () => [text('"one"'), ping('between'), text('"two"')]),
  {
    id: 'pong-unasked',
    group: 'control',
    section: '5.5.3',
    says: { code: 'pong-unasked' },
    acts: () => [pong('nobody asked')],
    expect: { is: 'taken' },
  },
  {
    id: 'pong-empty',
    group: 'control',
    section: '5.5.3',
    says: { code: 'pong-empty' },
    acts: () => [pong()],
    expect: { is: 'taken' },
  },
  wrong('control', '5.5', 'ping-126', () => [ping(bytesOfLength(126))]),
  wrong('control', '5.5', 'ping-65536', () => [ping(bytesOfLength(65_536))]),
  wrong('control', '5.5', 'pong-126', () => [pong(bytesOfLength(126))]),
  wrong('control', '5.5', 'close-126', () => [close(1000, textOf(124))]),
  wrong('control', '5.5', 'ping-fragment', () => [ping('begun', { fin: false })]),
  wrong('control', '5.5', 'pong-fragment', () => [pong('begun', { fin: false })]),
  wrong('control', '5.5', 'ping-continued', () => [
    joinBytes([ping('be', { fin: false }), frame(Opcode.continuation, 'gun')]),
  ]),
];

const OPCODES = [0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf];

const one = { rsv1: true };
const BITS: readonly [RuleCode, () => readonly Act[]][] = [
  ['rsv1-text', () => [text('"odd"', one)]],
  ['rsv2-text', () => [text('"odd"', { rsv2: true })]],
  ['rsv3-text', () => [text('"odd"', { rsv3: true })]],
  ['rsv-all', () => [text('"odd"', { rsv1: true, rsv2: true, rsv3: true })]],
  ['rsv1-binary', () => [binary('odd', one)]],
  ['rsv1-ping', () => [ping('odd', one)]],
  ['rsv2-pong', () => [pong('odd', { rsv2: true })]],
  ['rsv3-last', () => [text('"be', { fin: false }), frame(0, 'gun"', { rsv3: true })]],
  ['rsv2-later', () => [joinBytes([text('"right"'), text('"odd"', { rsv2: true })])]],
];

/** Reserved bits and opcodes, 5.2: they belong to extensions. */
export const RESERVED: readonly Rule[] = [
  ...BITS.map(([code, acts]) => wrong('reserved', '5.2', code, acts)),
  ...OPCODES.map((opcode): Rule => {
    const hex = `0x${opcode.toString(16)}`;
    return {
      id: `opcode-${hex}`,
      group: 'reserved',
      section: '5.2',
      says: { code: 'opcode', values: { opcode: hex } },
      acts: () => [frame(opcode, 'reserved')],
      expect: PROTOCOL_ERROR,
    };
  }),
];
