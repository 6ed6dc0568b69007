/**
 * Small, deliberate breaks of the source: a rule left out, a boundary off by one. Each must make a
 * test fail; a text that is in its file no longer, or twice, is an error of this list.
 * @module
 */

import { CHAT } from './breaks-chat.js';
import { NET } from './breaks-net.js';
import { WEBSOCKET } from './breaks-websocket.js';

/** One break. */
export interface Mutation {
  /** The file in src, without its ending. */
  readonly file: string;
  /** A text that stands in the file once. */
  readonly find: string;
  /** What to put in its place. */
  readonly replace: string;
  /** What is wrong then. */
  readonly why: string;
  /** The test files that are run, where not those of the source file. */
  readonly tests?: string | undefined;
}

/** Breaks by the file in src, without its ending. */
export type Breaks = Readonly<
  Record<string, readonly (readonly [find: string, replace: string, why: string, tests?: string])[]>
>;

/** All breaks, by file. */
export const MUTATIONS: readonly Mutation[] = Object.entries({
  ...WEBSOCKET,
  ...CHAT,
  ...NET,
}).flatMap(([file, rows]) =>
  rows.map(([find, replace, why, tests]) => ({ file, find, replace, why, tests })),
);

/** The name of a break. */
export function nameOf({ file, why }: Mutation): string {
  return `${file}: ${why}`;
}

/** The test files for each source file, in test and without their ending: few, so that a run is fast. */
const TESTS: Readonly<Record<string, string>> = {
  'websocket/parser': 'websocket/parser websocket/decoder websocket/deflate',
  'websocket/decoder': 'websocket/decoder websocket/connection',
  'websocket/closing': 'websocket/closing websocket/decoder',
  'websocket/utf8': 'websocket/utf8 websocket/decoder',
  'websocket/frame': 'websocket/frame websocket/decoder websocket/connection',
  'websocket/mask': 'websocket/mask websocket/decoder',
  'websocket/pieces': 'websocket/pieces',
  'websocket/message': 'websocket/message websocket/connection websocket/decoder',
  'websocket/connection': 'websocket/connection chat/client',
  'websocket/handshake': 'websocket/handshake websocket/request websocket/deflate-offer',
  'websocket/client-handshake': 'websocket/client-handshake chat/client',
  'websocket/request': 'websocket/request websocket/handshake',
  'websocket/refusal': 'websocket/request websocket/handshake',
  'websocket/http': 'websocket/http websocket/handshake websocket/request',
  'websocket/deflate-offer': 'websocket/deflate-offer',
  'websocket/deflate': 'websocket/deflate websocket/connection',
  'websocket/extensions': 'websocket/deflate-offer websocket/handshake',
  'chat/server': 'chat/room chat/limits',
  'chat/clients': 'chat/limits',
  'chat/door': 'chat/limits',
  'chat/client': 'chat/limits',
  'chat/clocks': 'chat/limits',
  'chat/limits': 'chat/limits',
  'chat/listener': 'chat/faults',
  'chat/origin': 'chat/origin',
  'chat/room': 'chat/room',
  'chat/vocabulary': 'chat/room',
  'chat/announcements': 'chat/fairness',
  'chat/websocket-client': 'chat/client',
  'chat/client-options': 'chat/client',
  'net/deadlines': 'net/deadlines',
  'net/outbox': 'net/outbox',
  'net/node-connection': 'net/node',
};

/** The test files that are run for a break: by default those of the simulated network. */
export function testsOf({ file, tests }: Mutation): string[] {
  const names = tests ?? TESTS[file] ?? 'net/sim net/sim-rules';
  return names.split(' ').map((name) => `${name}.test.ts`);
}
