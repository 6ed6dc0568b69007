/**
 * What the hostile student of a rehearsal does to a room: each is something that a room has a limit for, or
 * answers with a sentence. None of it reaches another student but as text.
 * @module
 */

import { fromHex } from '../bytes.js';
import type { WebSocketClient } from '../chat/websocket-client.js';
import { newPerson } from './messages.js';

/** What it has to do it with. */
export interface Hand {
  readonly client: WebSocketClient;
  /** The person's key. */
  readonly person: string;
  /** Sends bytes behind the back of the client, which would not make such frames. */
  raw(bytes: Uint8Array): void;
}

/** One of them. */
export type Prank = keyof typeof DONE;

const HELLO = { type: 'class' } as const;
const VOTE = { type: 'vote', lesson: 0, round: 1 } as const;

/** More messages at once than a client may send in a second. */
const FLOOD = 1_500;
/** More votes at once than a person may change. */
const BALLOTS = 100;

const DONE = {
  /** A client's frame without a mask: 1002 (RFC 6455 5.1). */
  unmasked: ({ raw }) => raw(bytes('810548656c6c6f')),
  /** An opcode that nobody has defined: 1002 (RFC 6455 5.2). */
  reserved: ({ raw }) => raw(bytes('838000000000')),
  /** The header of a frame of a terabyte: 1009. */
  huge: ({ raw }) => raw(bytes('81ff0000010000000000' + '00000000')),
  /** More brackets than any message has: a system answer, before it is parsed. */
  brackets: ({ client }) => say(client, '['.repeat(10_000)),
  /** Names that are none: refused. */
  'long name': ({ client, person }) => say(client, { ...HELLO, person, name: 'x'.repeat(900) }),
  'steering name': ({ client, person }) =>
    say(client, { ...HELLO, person, name: '\u001b[2J\u202e' }),
  /** Names that are taken, as the texts that they are. */
  'formula as name': ({ client, person }) =>
    say(client, { ...HELLO, person, name: '=HYPERLINK("http://x","Mallory")' }),
  'markup as name': ({ client, person }) =>
    say(client, { ...HELLO, person, name: '<img src=x onerror=alert(1)>' }),
  /** A vote for someone else: a connection speaks for one person. */
  'vote of another': ({ client }) =>
    say(client, { ...VOTE, person: newPerson(new Uint8Array(16)), name: null, letter: 'a' }),
  /** Many votes: after some, too often. */
  ballots({ client, person }) {
    for (let i = 0; i < BALLOTS; i++) say(client, { ...VOTE, person, letter: 'ab'[i % 2] });
  },
  /** Many messages: 1008. */
  flood({ client }) {
    for (let i = 0; i < FLOOD; i++) say(client, { type: 'user', content: '' });
  },
} as const satisfies Record<string, (hand: Hand) => void>;

/** Their names. */
export const PRANKS = Object.keys(DONE) as Prank[];

/** Does one. */
export function doPrank(prank: Prank, hand: Hand): void {
  DONE[prank](hand);
}

function say(client: WebSocketClient, message: object | string): void {
  client.send(typeof message === 'string' ? message : JSON.stringify(message));
}

function bytes(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array(0);
}
