/**
 * What the tap keeps of a connection, and what it says of it: to a person, and in a trace.
 * @module
 */

import { Conversation, type Passing } from '../inspect/passing.js';
import { stepsOfPassing } from '../inspect/passing-steps.js';
import type { Address, Fd, SocketError } from '../net/net.js';
import type { Language } from '../texts/language.js';
import type { Step } from '../trace/event.js';
import { Opcode, type Role } from '../websocket/frame.js';
import { RequestRewriter, type ServerName } from './rewriter.js';
import { newWay, type Way } from './way.js';

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

/** A client, its connection to the server, and what they say. */
export interface Connection {
  readonly number: number;
  readonly client: Way;
  readonly server: Way;
  readonly conversation: Conversation;
}

/** A connection that stands, in both directions. @param named what requests are to name instead of the tap */
export function newConnection(
  number: number,
  { client, server }: Readonly<Record<Role, Fd>>,
  named: ServerName | undefined,
  language: Language | undefined,
): Connection {
  const rewriter = named === undefined ? null : new RequestRewriter(named);
  return {
    number,
    client: newWay('client', client, server, rewriter),
    server: newWay('server', server, client),
    conversation: new Conversation(language),
  };
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
