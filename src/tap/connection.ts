/**
 * What the tap keeps of a connection, and what it says of it: to a person, and in a trace.
 * @module
 */

import type { Conversation, Passing } from '../inspect/passing.js';
import { stepsOfPassing } from '../inspect/passing-steps.js';
import type { Address, Fd, SocketError } from '../net/net.js';
import type { Step } from '../trace/event.js';
import { Opcode, type Role } from '../websocket/frame.js';
import type { RequestRewriter } from './rewriter.js';

/** What the tap says of a connection; `number` counts connections from 1. */
export type Told = { readonly number: number } & (
  | { readonly kind: 'open'; readonly client: Address }
  | {
      readonly kind: 'refused';
      readonly reason: SocketError | 'full';
      readonly server: Address;
    }
  | { readonly kind: 'passing'; readonly passing: Passing }
  | { readonly kind: 'fin' | 'reset'; readonly from: Role }
  | { readonly kind: 'end'; readonly passed: Readonly<Record<Role, number>> }
);

/** Connections at a time: each takes two descriptors, and select takes those below 1,024. */
export const MOST_CONNECTIONS = 500;

/** One direction of a connection: what its sender sends goes to the other end. */
export interface Way {
  readonly sender: Role;
  readonly from: Fd;
  readonly to: Fd;
  /** Writes the requests of a client anew, where the server has a name of its own. */
  readonly rewriter: RequestRewriter | null;
  /** What the receiver has not taken yet; while there is some, the sender is not read. */
  rest: Uint8Array | null;
  /** FIN came; and it was passed on, behind all that came before it. */
  fin: boolean;
  finSent: boolean;
  /** The receiver is gone: nothing more can be passed on. */
  broken: boolean;
  /** Bytes that came. */
  passed: number;
  sentClose: boolean;
}

/** A client, its connection to the server, and what they say. */
export interface Connection {
  readonly number: number;
  readonly client: Way;
  readonly server: Way;
  readonly conversation: Conversation;
}

/** A direction in which nothing has come. */
export function newWay(
  sender: Role,
  from: Fd,
  to: Fd,
  rewriter: RequestRewriter | null = null,
): Way {
  const none = { fin: false, finSent: false, broken: false, sentClose: false };
  return { sender, from, to, rewriter, rest: null, passed: 0, ...none };
}

/** Says what came and has been passed on. The steps are those of the client's descriptor. */
export function* explain(
  { number, client, conversation }: Connection,
  way: Way,
  bytes: Uint8Array,
  taken: number,
  tell: (told: Told) => void,
): Generator<Step> {
  const { sender } = way;
  const fd = client.from;
  if (sender === 'client') {
    // the first bytes of a head that is to be written anew are not on their way yet
    if (bytes.length > 0 || way.fin) yield { step: 'recv', fd, bytes };
  } else if (bytes.length > 0) {
    yield { step: 'broadcast', to: [fd], bytes };
    yield { step: 'send', fd, length: bytes.length, taken };
  }
  const passing = way.fin ? conversation.end(sender) : conversation.feed(sender, bytes);
  for (const one of passing) {
    yield* stepsOfPassing(fd, one);
    if (one.kind === 'frame' && one.header.opcode === Opcode.close) way.sentClose = true;
    tell({ number, kind: 'passing', passing: one });
  }
  if (way.fin) tell({ number, kind: 'fin', from: sender });
}
