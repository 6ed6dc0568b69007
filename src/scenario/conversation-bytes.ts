/**
 * What is said in conversations by chance: words, JSON of which some is none, requests of which some
 * are good, and noise.
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import type { Random } from '../net/sim.js';
import { textFrame } from './build.js';
import { SCENARIO_REQUEST } from './play.js';

/** One of several. */
export type Pick = <Item>(items: readonly Item[]) => Item;

/** Picks by chance. */
export function picker(random: Random): Pick {
  return <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new Error('bug: nothing to choose from');
    return items[random.below(items.length)] as Item;
  };
}

const WORDS = [
  '',
  'Ada',
  '小明',
  'Grace',
  'a/b "c" \\',
  '<b>',
  '\u0000\t',
  'é\u2028',
  '👩‍💻',
  '\ufeff',
  'x'.repeat(125),
  'la '.repeat(700),
];
const VALUES = [
  '0',
  '-0',
  '1.0',
  '1e17',
  '0.1',
  '1e999',
  '-1e999',
  '12345678901234567890',
  'true',
  'false',
  'null',
  '""',
  '"0"',
  '"login"',
  '"user"',
  '"logout"',
  '[]',
  '{}',
  '[1,[2]]',
  '{"a":1}',
  '{"0":"a"}',
  '{"":0}',
  '"\\ud83d\\ude00"',
  '"\\ud83d"',
  '"\\/"',
];
const NO_JSON = [
  '',
  ' ',
  'hello',
  '{',
  '}',
  '[1,]',
  "{'type':'user'}",
  'True',
  'NULL',
  '01',
  '.5',
  '1.',
  '"\u0001"',
  '{"type":"user"}x',
  '{"type" "user"}',
  '\ufeff{"type":"user"}',
];

/** Draws what may be said. */
export function odd(random: Random) {
  const pick = picker(random);
  const space = (): string => pick(['', '', '', ' ', '\n\t']);
  const member = (key: string, value: string): string =>
    `${space()}"${key}"${space()}:${space()}${value}`;
  const words = (): string => pick(WORDS);
  const message = (): string => {
    const type = pick(['"user"', '"login"', '"logout"', pick(VALUES)]);
    const members = [
      member('type', type),
      member('content', pick([JSON.stringify(words()), pick(VALUES)])),
    ];
    if (random.below(6) === 0) members.pop();
    if (random.below(6) === 0)
      members.push(member(pick(['type', 'content', 'more']), pick(VALUES)));
    if (random.below(6) === 0) members.reverse();
    return `${space()}{${members.join(',')}}${space()}`;
  };
  return {
    words,
    /** A message, another value, or no JSON. */
    json: (): string =>
      pick([message, message, message, () => pick(VALUES), () => pick(NO_JSON)])(),
    noise: (length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      random.fill(bytes);
      return bytes;
    },
  };
}

/** A request that is not as it should be, or has something behind it. */
export function oddRequest(random: Random): Uint8Array {
  const pick = picker(random);
  const good = toUtf8(SCENARIO_REQUEST);
  const changed = (from: string | RegExp, to: string): Uint8Array =>
    toUtf8(SCENARIO_REQUEST.replace(from, to));
  return pick<() => Uint8Array>([
    () => good,
    () => changed('Sec-WebSocket-Key', 'sec-websocket-key'),
    () => changed(/Sec-WebSocket-Key.*\r\n/, ''),
    () => changed(/Key: .*\r\n/, 'Key:\r\n'),
    () => changed(/Key: (.*)\r\n/, 'Key:  \t$1\u0000\r\n'),
    () => changed('GET', pick(['POST', 'get', ''])),
    () => changed('Host:', `X-Filler: ${'y'.repeat(1_700 + random.below(900))}\r\nHost:`),
    () => good.subarray(0, random.below(good.length) + 1),
    () => good.subarray(random.below(good.length)),
    () => joinBytes([good, textFrame('{"type":"user","content":"early"}')]),
    () => odd(random).noise(1 + random.below(60)),
  ])();
}
