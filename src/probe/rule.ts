/**
 * A rule of the RFC as a probe asks for it: what is sent to a server, and what it has to do with it.
 * Rules are data; what is said of them stands in texts/probe.en.ts, under their codes.
 * @module
 */

import type { probe } from '../texts/probe.en.js';

/** What rules are about, in the order in which they are asked. */
export const GROUPS = [
  'opening',
  'frames',
  'control',
  'reserved',
  'fragments',
  'utf8',
  'close',
  'limits',
  'deflate',
] as const;

/** What a rule is about. */
export type Group = (typeof GROUPS)[number];

/** How much a rule binds (RFC 2119): who breaks a SHOULD may have a reason. */
export type Level = 'must' | 'should';

/** A rule in words: the key behind `rule.` in the table, and what stands in the braces. */
export type RuleCode = keyof typeof probe extends infer Key
  ? Key extends `rule.${infer Code}`
    ? Code
    : never
  : never;

/** A message as it should come back from a server that echoes. */
export interface Expected {
  /** `Opcode.text` or `Opcode.binary`. */
  opcode: number;
  /** Its bytes. */
  payload: Uint8Array;
}

/**
 * What a client does: it sends bytes, in a send of their own; waits for the pong with this payload;
 * or ends its side without a Close frame.
 */
export type Act = Uint8Array | { pong: Uint8Array } | { end: 'fin' | 'reset' };

/** What the server has to do. */
export type Expect =
  /** Goes on. `echo`: what comes back; `whole`: that is what the rule is about. */
  | { is: 'taken'; echo?: readonly Expected[]; whole?: boolean }
  /** Fails the connection, with one of these close codes. */
  | { is: 'refused'; codes: readonly number[] }
  /** May take it or refuse it: a limit is the server's own. */
  | { is: 'either'; codes: readonly number[]; echo?: readonly Expected[] }
  /** Answers a Close with this code, and ends TCP if that is the rule. `echo`: what comes in front of it. */
  | { is: 'closed'; code: number; echo?: readonly Expected[]; ends?: boolean }
  /** Does not take a Close for a right one. */
  | { is: 'close-refused'; codes: readonly number[] }
  /** Whatever it does with this connection, the next one opens. */
  | { is: 'survived' }
  /** Opens the WebSocket, agrees on nothing that was not asked for, and does `field`. */
  | { is: 'opens'; deflate?: DeflateExpect }
  /** Answers with an HTTP error. `status`: the usual one; `field`: has to be there. */
  | { is: 'not-opened'; status: readonly number[]; field?: string; drops?: boolean }
  /** May open it or refuse it, but answers. */
  | { is: 'answered' };

/** What has to become of an offer of permessage-deflate. */
export interface DeflateExpect {
  /** May not be agreed on; else it may, or not. */
  declined?: boolean;
  /** Agreed on with `server_no_context_takeover`, or not at all. */
  serverNoContextTakeover?: boolean;
  /** Agreed on with a window of the server's of at most so many bits, or not at all. */
  serverMaxWindowBits?: number;
  /** Agreed on with a window of the client's that was offered: no more bits, none unasked. */
  clientMaxWindowBits?: number | null;
}

/** The opening request, as far as a rule wants it otherwise than right. */
export interface Draft {
  /** The line, `{target}` and `{host}` in it. Default `GET {target} HTTP/1.1`. */
  line?: string;
  /** Takes fields away, by their names. */
  without?: readonly string[];
  /** Lines that stand behind the others. */
  more?: readonly string[];
  /** All of it by hand: what is made of the right lines. */
  write?: (lines: readonly string[]) => string;
  /** The field Sec-WebSocket-Extensions, with an offer of permessage-deflate. */
  offer?: string;
}

/** One rule. */
export interface Rule {
  /** Its name, which never changes: `ping-125`. */
  id: string;
  /** What it is about. */
  group: Group;
  /** The section of RFC 6455 that says so, `5.5.2`; another RFC is named: `RFC 7692 7.2.2`. */
  section: string;
  /** Default `must`. */
  level?: Level;
  /** What it is in words. */
  says: { code: RuleCode; values?: Readonly<Record<string, string | number>> };
  /** The request; right by default. */
  draft?: Draft;
  /** How the request is cut; whole by default. */
  cut?: 'half' | 'bytes';
  /** What is done once the WebSocket is open; made when it is needed, since some of it is large. */
  acts?: () => readonly Act[];
  /** What the server has to do. A function where it is large. */
  expect: Expect | (() => Expect);
}
