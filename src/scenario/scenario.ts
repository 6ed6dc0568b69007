/**
 * A scenario: what scripted clients do, to the byte, in order. Data, with a schema; it is played by
 * play.ts.
 * @module
 */

import * as v from 'valibot';
import { scenarioFields as expected } from '../texts/errors.en.js';
import { failing } from '../texts/errors.js';
import { fill } from '../texts/say.js';

/** A client's name: letters, digits, - and _, so that it stands well in a table. */
const client = v.pipe(v.string(), v.regex(/^[\w-]{1,20}$/, expected.client));

/** Bytes in hex; spaces between them are free. */
const hex = v.pipe(v.string(), v.regex(/^(?:\s*[0-9a-fA-F]{2})*\s*$/, expected.hex));

/** A count or a size. */
const positive = v.pipe(v.number(), v.integer(expected.positive), v.minValue(1, expected.positive));

/** So long the bytes are on their way, in milliseconds. */
const delayMs = v.optional(positive);

const actionSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('connect'),
    client,
    // SO_RCVBUF of the client, in bytes
    rcvbuf: v.optional(positive),
  }),
  v.strictObject({ do: v.literal('handshake'), client, delayMs }),
  v.strictObject({ do: v.literal('text'), client, text: v.string(), delayMs }),
  v.strictObject({ do: v.literal('send'), client, hex, delayMs }),
  v.strictObject({ do: v.literal('pieces'), client, pieces: v.array(hex) }),
  v.strictObject({
    do: v.literal('flood'),
    client,
    text: v.string(),
    most: positive,
  }),
  v.strictObject({ do: v.literal('stop'), client }),
  v.strictObject({ do: v.literal('read'), client }),
  v.strictObject({ do: v.literal('close'), client }),
  v.strictObject({ do: v.literal('shutdown'), client }),
  v.strictObject({ do: v.literal('reset'), client }),
  v.strictObject({ do: v.literal('pause') }),
  v.strictObject({ do: v.literal('resume') }),
]);

/** The schema of a scenario file. */
export const scenarioSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/, expected.name)),
  description: v.string(),
  defects: v.optional(v.array(v.pipe(v.string(), v.regex(/^D\d\d$/, expected.defect)))),
  steps: v.array(v.array(actionSchema)),
});

/** A client connects. */
export interface ConnectAction {
  /** Says which action it is. */
  do: 'connect';
  /** The client's name. */
  client: string;
  /** Its SO_RCVBUF, in bytes. */
  rcvbuf?: number | undefined;
}

/**
 * What can come late: as if the network had held it up, or had lost it and sent it again. The next
 * step is played meanwhile, and what the client sends then waits behind it.
 */
export interface Delayable {
  /** Milliseconds that the bytes are on their way. */
  delayMs?: number | undefined;
}

/** A client sends a text frame, masked with the key of the RFC's example, 37 fa 21 3d. */
export interface TextAction extends Delayable {
  /** Says which action it is. */
  do: 'text';
  /** The client's name. */
  client: string;
  /** The payload. */
  text: string;
}

/** A client sends any bytes. */
export interface SendAction extends Delayable {
  /** Says which action it is. */
  do: 'send';
  /** The client's name. */
  client: string;
  /** The bytes; spaces between them are free. */
  hex: string;
}

/** A client sends bytes piece by piece; after each the server is left until it is idle. */
export interface PiecesAction {
  /** Says which action it is. */
  do: 'pieces';
  /** The client's name. */
  client: string;
  /** The pieces in hex. */
  pieces: string[];
}

/** A client sends a text again and again, and waits for an answer each time, until none comes. */
export interface FloodAction {
  /** Says which action it is. */
  do: 'flood';
  /** The client's name. */
  client: string;
  /** The payload. */
  text: string;
  /** The most times. */
  most: number;
}

/** A client sends a good request, with the key of RFC 6455 1.3. */
export interface HandshakeAction extends Delayable {
  /** Says which action it is. */
  do: 'handshake';
  /** The client's name. */
  client: string;
}

/**
 * A client does what needs no more to be said: `stop` reads no more, `read` does again; `close` ends
 * both directions, `shutdown` only its own, and `reset` ends by RST.
 */
export interface PlainAction {
  /** Says which action it is. */
  do: 'stop' | 'read' | 'close' | 'shutdown' | 'reset';
  /** The client's name. */
  client: string;
}

/** The server is stopped, so that bytes pile up in front of it, or goes on. */
export interface ServerAction {
  /** Says which action it is. */
  do: 'pause' | 'resume';
}

/** One thing that a client does, or whoever holds the server. */
export type Action =
  | ConnectAction
  | HandshakeAction
  | TextAction
  | SendAction
  | PiecesAction
  | FloodAction
  | PlainAction
  | ServerAction;

/** What scripted clients do, step by step. After the actions of a step the server is left until it is idle. */
export interface Scenario {
  /** `two-clients`, say. */
  name: string;
  /** One or two sentences. */
  description: string;
  /** The numbers of the original's defects that it shows. */
  defects?: string[] | undefined;
  /** The steps, each a list of actions. */
  steps: Action[][];
}

/** A scenario that does not fit: where, what was expected, and what was there. */
export class ScenarioError extends Error {
  /** `ScenarioError`. */
  override readonly name = 'ScenarioError';
}

/**
 * Checks a scenario that came from a file.
 *
 * @throws ScenarioError with the path of the first field that does not fit
 */
export function checkScenario(value: unknown): Scenario {
  const result = v.safeParse(scenarioSchema, value);
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue) ?? expected.whole;
    const values = { path, expected: expectedBy(issue), received: receivedBy(issue) };
    const isMissing = values.expected === expected.missing;
    throw failing(ScenarioError, isMissing ? 'scenario.missing' : 'scenario.field', values);
  }
  checkOrder(result.output);
  return result.output;
}

/** The library's words for types, in ours. */
function typeWord(type: string): string | undefined {
  switch (type) {
    case 'Object':
    case 'Array':
    case 'string':
    case 'number':
    case 'undefined':
      return expected[type];
    default:
      return undefined;
  }
}

function expectedBy(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'validation') return issue.message;
  const wanted = issue.expected ?? issue.message;
  if (wanted === 'never') return expected.never;
  if (issue.type === 'strict_object' && issue.received === 'undefined') return expected.missing;
  const choices = [...wanted.matchAll(/"(\w+)"/g)].map(([, choice]) => choice);
  if (choices.length === 0) return typeWord(wanted) ?? wanted;
  return fill(expected.choices, { choices: choices.join(', ') });
}

function receivedBy({ received }: v.BaseIssue<unknown>): string {
  const text = typeWord(received) ?? received;
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}

/** A client connects once, and does nothing before that or after it has closed or reset. */
function checkOrder({ steps }: Scenario): void {
  const known = new Map<string, 'connected' | 'gone'>();
  for (const [i, actions] of steps.entries()) {
    for (const [j, action] of actions.entries()) {
      if (!('client' in action)) continue;
      const { client } = action;
      const state = known.get(client);
      const connects = action.do === 'connect';
      if (connects !== (state === undefined) || state === 'gone') {
        const text = connects ? 'scenario.new-client' : 'scenario.no-client';
        throw failing(ScenarioError, text, { step: i, action: j, client });
      }
      known.set(client, action.do === 'close' || action.do === 'reset' ? 'gone' : 'connected');
    }
  }
}
