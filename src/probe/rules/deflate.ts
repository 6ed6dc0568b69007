/**
 * permessage-deflate, RFC 7692. The compressed bytes are written by hand, so that any peer's are held
 * against the format and not against a library.
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
  ping,
  text,
} from '../frames.js';
import type { Act, DeflateExpect, Expected, Rule, RuleCode } from '../rule.js';

/** What the rules about frames offer: nothing beside the extension itself. */
const OFFER = 'permessage-deflate';

const RSV1 = { rsv1: true };

function offered(code: RuleCode, offer: string, deflate: DeflateExpect, section: string): Rule {
  return {
    id: code,
    group: 'deflate',
    section: `RFC 7692 ${section}`,
    says: { code },
    draft: { offer },
    expect: { is: 'opens', deflate },
  };
}

function taken(code: RuleCode, acts: () => readonly Act[], echo: () => Expected[]): Rule {
  return {
    id: code,
    group: 'deflate',
    section: 'RFC 7692 7.2.2',
    says: { code },
    draft: { offer: OFFER },
    acts,
    expect: () => ({ is: 'taken', echo: echo(), whole: true }),
  };
}

function refused(code: RuleCode, codes: number[], section: string, acts: () => Act[]): Rule {
  return {
    id: code,
    group: 'deflate',
    section: `RFC 7692 ${section}`,
    says: { code },
    draft: { offer: OFFER },
    acts,
    expect: { is: 'refused', codes },
  };
}

const hex = (digits: string): Uint8Array => fromHex(digits) ?? new Uint8Array(0);

/** "Hello" as RFC 7692 7.2.3.1 has it, and again with a look back at the first (7.2.3.2). */
const HELLO = hex('f248cdc9c90700');
const HELLO_AGAIN = hex('f200110000');
/** In a block without compression (7.2.3.3), in a last block (7.2.3.4), and in two blocks (7.2.3.5). */
const HELLO_STORED = hex('000500faff48656c6c6f00');
const HELLO_LAST = hex('f348cdc9c9070000');
const HELLO_TWO = hex('f24805000000ffffcac9c90700');
const HELLO_ECHO = (): Expected[] => [echoText('Hello')];

/** Bytes as blocks without compression, which need no compressor; the empty one behind is taken off. */
function stored(payload: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += 65_535) {
    const part = payload.subarray(at, at + 65_535);
    const head = new Uint8Array(5);
    const view = new DataView(head.buffer);
    view.setUint16(1, part.length, true);
    view.setUint16(3, ~part.length & 0xffff, true);
    parts.push(head, part);
  }
  return joinBytes([...parts, Uint8Array.of(0)]);
}

/** The offers. */
const offers: Rule[] = [
  offered('offer', OFFER, {}, '7.1'),
  offered(
    'offer-window',
    `${OFFER}; client_max_window_bits`,
    { clientMaxWindowBits: null },
    '7.1.2',
  ),
  offered(
    'offer-no-takeover',
    `${OFFER}; server_no_context_takeover; client_no_context_takeover`,
    { serverNoContextTakeover: true },
    '7.1.1',
  ),
  offered(
    'offer-server-window',
    `${OFFER}; server_max_window_bits=10`,
    { serverMaxWindowBits: 10 },
    '7.1.2.1',
  ),
  // an offer that is declined leaves the next one; who refuses the whole request does no harm
  { ...offered('offer-two', `${OFFER}; nobody_knows=1, ${OFFER}`, {}, '7.1'), level: 'should' },
  ...(
    [
      ['offer-unknown', `${OFFER}; nobody_knows=1`],
      ['offer-window-7', `${OFFER}; server_max_window_bits=7`],
      ['offer-window-16', `${OFFER}; client_max_window_bits=16`],
      ['offer-window-empty', `${OFFER}; server_max_window_bits`],
      ['offer-takeover-value', `${OFFER}; server_no_context_takeover=1`],
      ['offer-twice-parameter', `${OFFER}; server_max_window_bits=9; server_max_window_bits=10`],
    ] as const
  ).map(([code, offer]) => offered(code, offer, { declined: true }, '7.1')),
];

/** The rules of RFC 7692. */
export const DEFLATE: readonly Rule[] = [
  ...offers,
  taken('deflate-hello', () => [text(HELLO, RSV1)], HELLO_ECHO),
  taken(
    'deflate-takeover',
    () => [text(HELLO, RSV1), text(HELLO_AGAIN, RSV1)],
    () => [...HELLO_ECHO(), ...HELLO_ECHO()],
  ),
  taken('deflate-stored', () => [text(HELLO_STORED, RSV1)], HELLO_ECHO),
  taken('deflate-last-block', () => [text(HELLO_LAST, RSV1)], HELLO_ECHO),
  taken('deflate-two-blocks', () => [text(HELLO_TWO, RSV1)], HELLO_ECHO),
  taken(
    'deflate-empty',
    () => [text(Uint8Array.of(0), RSV1)],
    () => [echoText('')],
  ),
  taken(
    'deflate-binary',
    () => [binary(stored(bytesOfLength(100_000)), RSV1)],
    () => [echoBinary(bytesOfLength(100_000))],
  ),
  taken(
    'deflate-not-compressed',
    () => [text('"as it is"'), text(HELLO, RSV1)],
    () => [echoText('"as it is"'), ...HELLO_ECHO()],
  ),
  taken(
    'deflate-fragments',
    () => [text(HELLO.subarray(0, 3), { rsv1: true, fin: false }), last(HELLO.subarray(3))],
    HELLO_ECHO,
  ),
  taken(
    'deflate-ping-inside',
    () => [
      text(HELLO.subarray(0, 3), { rsv1: true, fin: false }),
      ping('inside'),
      { pong: bytesOf('inside') },
      last(HELLO.subarray(3)),
    ],
    HELLO_ECHO,
  ),
  {
    ...taken('deflate-close', () => [text(HELLO, RSV1), close(1000)], HELLO_ECHO),
    expect: { is: 'closed', code: 1000, echo: HELLO_ECHO() },
  },
  refused('deflate-bad', [1007, 1002], '7.2.2', () => [text(hex('ffffffffffff'), RSV1)]),
  {
    // a zlib that is asked to flush takes it, so only who looks for the end of a block finds out
    ...refused('deflate-cut', [1007, 1002], '7.2.1', () => [text(HELLO.subarray(0, 4), RSV1)]),
    level: 'should',
  },
  refused('deflate-too-far', [1007, 1002], '7.2.2', () => [text(HELLO_AGAIN, RSV1)]),
  refused('deflate-bad-utf8', [1007], '7.2.2', () => [
    text(stored(Uint8Array.of(0x22, 0xc0, 0x80, 0x22)), RSV1),
  ]),
  refused('deflate-rsv1-continued', [1002], '6.1', () => [
    text(HELLO.subarray(0, 3), { rsv1: true, fin: false }),
    last(HELLO.subarray(3), RSV1),
  ]),
  refused('deflate-rsv1-ping', [1002], '6.1', () => [ping('odd', RSV1)]),
  refused('deflate-rsv2', [1002], '6.1', () => [text(HELLO, { rsv1: true, rsv2: true })]),
];
