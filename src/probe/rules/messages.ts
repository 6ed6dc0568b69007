/**
 * Messages: fragments (RFC 6455 5.4) and UTF-8 (8.1).
 * @module
 */

import { fromHex, joinBytes } from '../../bytes.js';
import {
  binary,
  bytesOf,
  bytesOfLength,
  close,
  echoBinary,
  echoText,
  last,
  more,
  oneByOne,
  ping,
  pong,
  text,
} from '../frames.js';
import type { Act, Expect, Rule, RuleCode } from '../rule.js';

const OPEN = { fin: false };

/** A message in fragments that has to come back whole. */
function joined(code: RuleCode, acts: () => readonly Act[], whole: string): Rule {
  return {
    id: code,
    group: 'fragments',
    section: '5.4',
    says: { code },
    acts,
    expect: { is: 'taken', echo: [echoText(whole)], whole: true },
  };
}

function disordered(code: RuleCode, acts: () => readonly Act[]): Rule {
  const expect: Expect = { is: 'refused', codes: [1002] };
  return { id: code, group: 'fragments', section: '5.4', says: { code }, acts, expect };
}

const THREE = [text('"one', OPEN), more(' two'), last(' three"')];

/** The rules of 5.4. */
export const FRAGMENTS: readonly Rule[] = [
  joined('two-fragments', () => [text('"one', OPEN), last(' two"')], '"one two"'),
  joined('three-fragments', () => THREE, '"one two three"'),
  joined('fragments-glued', () => [joinBytes(THREE)], '"one two three"'),
  joined('fragments-bytes', () => oneByOne(joinBytes(THREE)), '"one two three"'),
  joined('first-empty', () => [text('', OPEN), last('"all"')], '"all"'),
  joined('middle-empty', () => [text('"one', OPEN), more(''), last(' two"')], '"one two"'),
  joined('last-empty', () => [text('"all"', OPEN), last('')], '"all"'),
  joined('all-empty', () => [text('', OPEN), more(''), last('')], ''),
  joined(
    'fragments-100',
    () => [joinBytes([text('"', OPEN), ...Array.from({ length: 98 }, () => more('x')), last('"')])],
    `"${'x'.repeat(98)}"`,
  ),
  {
    id: 'binary-fragments',
    group: 'fragments',
    section: '5.4',
    says: { code: 'binary-fragments' },
    acts: () => [binary(bytesOfLength(10), OPEN), last(bytesOfLength(300))],
    expect: {
      is: 'taken',
      echo: [echoBinary(joinBytes([bytesOfLength(10), bytesOfLength(300)]))],
      whole: true,
    },
  },
  joined(
    'ping-inside',
    () => [text('"one', OPEN), ping('inside'), { pong: bytesOf('inside') }, last(' two"')],
    '"one two"',
  ),
  joined(
    'pong-inside',
    () => [joinBytes([text('"one', OPEN), pong('inside'), last(' two"')])],
    '"one two"',
  ),
  {
    id: 'close-inside',
    group: 'fragments',
    section: '5.4',
    says: { code: 'close-inside' },
    acts: () => [text('"one', OPEN), close(1000)],
    expect: { is: 'closed', code: 1000 },
  },
  disordered('continues-nothing', () => [last('"nothing"')]),
  disordered('continues-nothing-open', () => [more('"nothing'), last('"')]),
  disordered('continues-finished', () => [text('"done"'), last('"more"')]),
  disordered('text-inside', () => [text('"one', OPEN), text('"two"')]),
  disordered('binary-inside', () => [text('"one', OPEN), binary('two')]),
  disordered('begins-twice', () => [text('"one', OPEN), text('two', OPEN), last('"')]),
];

/** Characters at the borders of what UTF-8 may hold, and the ones that decoders trip over. */
const CHARACTERS = [
  0x00, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x10ffff,
];

const name = (point: number): string => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;

/** In quotes and not as JSON: what is asked for is UTF-8. */
const quoted = (character: string): string => `"${character}"`;

const SENTENCE = '"κόσμε 你好 👋"';

const valid: Rule[] = [
  {
    id: 'utf8-sentence',
    group: 'utf8',
    section: '5.6',
    says: { code: 'utf8-sentence' },
    acts: () => [text(SENTENCE)],
    expect: { is: 'taken', echo: [echoText(SENTENCE)] },
  },
  ...CHARACTERS.map((point): Rule => {
    const payload = quoted(String.fromCodePoint(point));
    return {
      id: `utf8-${name(point)}`,
      group: 'utf8',
      section: '5.6',
      says: { code: 'utf8-character', values: { character: name(point) } },
      acts: () => [text(payload)],
      expect: { is: 'taken', echo: [echoText(payload)] },
    };
  }),
  {
    id: 'utf8-split',
    group: 'utf8',
    section: '8.1',
    says: { code: 'utf8-split' },
    acts: () => {
      const bytes = bytesOf(SENTENCE);
      const parts = Array.from(bytes, (byte) => Uint8Array.of(byte));
      return [
        text(parts[0] as Uint8Array, OPEN),
        ...parts.slice(1, -1).map((part) => more(part)),
        last(parts.at(-1) as Uint8Array),
      ];
    },
    expect: { is: 'taken', echo: [echoText(SENTENCE)], whole: true },
  },
  {
    id: 'utf8-not-asked',
    group: 'utf8',
    section: '5.6',
    says: { code: 'utf8-not-asked' },
    acts: () => [binary(Uint8Array.of(0xff, 0xc0, 0x80))],
    expect: { is: 'taken', echo: [echoBinary(Uint8Array.of(0xff, 0xc0, 0x80))] },
  },
];

/** Bytes that are no UTF-8, by what is wrong with them. */
const BAD: readonly [RuleCode, string][] = [
  ['lone-continuation', '80'],
  ['lone-continuation', 'bf'],
  ['cut-off', 'c3'],
  ['cut-off', 'e282'],
  ['cut-off', 'f09f98'],
  ['not-continued', 'c328'],
  ['not-continued', 'e28228'],
  ['overlong', 'c0af'],
  ['overlong', 'c1bf'],
  ['overlong', 'e080af'],
  ['overlong', 'e09fbf'],
  ['overlong', 'f08080af'],
  ['overlong', 'f08fbfbf'],
  ['surrogate', 'eda080'],
  ['surrogate', 'edbfbf'],
  ['surrogate', 'eda0bdedb880'],
  ['too-high', 'f4908080'],
  ['too-high', 'f5808080'],
  ['never', 'f8888080af'],
  ['never', 'fe'],
  ['never', 'ff'],
];

const NOT_UTF8: Expect = { is: 'refused', codes: [1007] };

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);

const invalid: Rule[] = BAD.map(([code, hex]) => ({
  id: `utf8-${hex}`,
  group: 'utf8',
  section: '8.1',
  says: { code, values: { bytes: hex.replace(/..(?!$)/g, '$& ') } },
  acts: () => [
    text(joinBytes([bytesOf('"a'), bytes(hex), bytesOf(code === 'cut-off' ? '' : '"')])),
  ],
  expect: NOT_UTF8,
}));

function inFragments(code: RuleCode, parts: readonly string[]): Rule {
  return {
    id: code,
    group: 'utf8',
    section: '8.1',
    says: { code },
    acts: () => {
      const [first = '', ...others] = parts;
      const end = others.pop() ?? '';
      return [text(bytes(first), OPEN), ...others.map((hex) => more(bytes(hex))), last(bytes(end))];
    },
    expect: NOT_UTF8,
  };
}

/** What is never ended has to be refused at the bytes that no end can mend. */
function failsFast(code: RuleCode, acts: () => readonly Act[]): Rule {
  return {
    id: code,
    group: 'utf8',
    section: '8.1',
    level: 'should',
    says: { code },
    acts,
    expect: NOT_UTF8,
  };
}

/** The rules of 5.6 and 8.1. */
export const UTF8: readonly Rule[] = [
  ...valid,
  ...invalid,
  inFragments('utf8-bad-second', ['226162', '6380', '6422']),
  inFragments('utf8-bad-surrogate-split', ['22ed', 'a080', '22']),
  inFragments('utf8-cut-by-end', ['2261', 'f09f', '91']),
  inFragments('utf8-message-between', ['22c3', '28', '22']),
  failsFast('fail-fast-first', () => [text(bytes('2261ff62'), OPEN)]),
  failsFast('fail-fast-second', () => [text(bytes('226162'), OPEN), more(bytes('63c080'))]),
  failsFast('fail-fast-split', () => [text(bytes('22ed'), OPEN), more(bytes('a0'))]),
  {
    id: 'utf8-ping',
    group: 'utf8',
    section: '5.5.2',
    says: { code: 'utf8-ping' },
    acts: () => [ping(bytes('fffe80')), { pong: bytes('fffe80') }],
    expect: { is: 'taken' },
  },
];
