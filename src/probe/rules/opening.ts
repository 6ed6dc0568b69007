/**
 * Opening requests that are right: RFC 6455 4.2, and what RFC 9110 and 9112 ask of HTTP.
 * @module
 */

import { toUtf8 } from '../../bytes.js';
import { ping } from '../frames.js';
import type { Draft, Rule } from '../rule.js';

/** A pong that answers a ping behind the request. */
const EARLY = toUtf8('early');

/** A line of HTTP with another name for its field. */
function renamed(change: (name: string) => string): (lines: readonly string[]) => string {
  return ([first, ...fields]) =>
    `${[first, ...fields.map((line) => line.replace(/^[^:]+/, change))].join('\r\n')}\r\n\r\n`;
}

/** The same request with another value behind a field's name. */
export function valued(name: string, value: string): Draft {
  return { without: [name], more: [`${name}: ${value}`] };
}

/** What these rules have in common is added at the end. */
export type Part = Omit<Rule, 'group' | 'expect'> & { expect?: Rule['expect'] };

const right: readonly Part[] = [
  { id: 'right', section: '4.2.2', says: { code: 'right' } },
  {
    id: 'other-key',
    section: '4.2.2',
    says: { code: 'other-key' },
    draft: valued('Sec-WebSocket-Key', 'Lo/+0123456789abcdefgA=='),
  },
  {
    id: 'names-lower-case',
    section: 'RFC 9110 5.1',
    says: { code: 'names-lower-case' },
    draft: { write: renamed((name) => name.toLowerCase()) },
  },
  {
    id: 'names-upper-case',
    section: 'RFC 9110 5.1',
    says: { code: 'names-upper-case' },
    draft: { write: renamed((name) => name.toUpperCase()) },
  },
  {
    id: 'values-case',
    section: '4.2.1',
    says: { code: 'values-case' },
    draft: {
      without: ['Upgrade', 'Connection'],
      more: ['Upgrade: WebSocket', 'Connection: uPGRADE'],
    },
  },
  {
    id: 'connection-list',
    section: '4.2.1',
    says: { code: 'connection-list' },
    draft: valued('Connection', 'keep-alive, Upgrade'),
  },
  {
    id: 'connection-twice',
    section: 'RFC 9110 5.3',
    says: { code: 'connection-twice' },
    draft: { without: ['Connection'], more: ['Connection: keep-alive', 'Connection: Upgrade'] },
  },
  {
    id: 'no-space',
    section: 'RFC 9112 5',
    says: { code: 'no-space' },
    draft: { write: (lines) => `${lines.join('\r\n').replace(/: /g, ':')}\r\n\r\n` },
  },
  {
    id: 'more-space',
    section: 'RFC 9112 5',
    says: { code: 'more-space' },
    draft: {
      write: ([first, ...fields]) =>
        `${[first, ...fields.map((line) => `${line.replace(': ', ': \t ')} \t`)].join('\r\n')}\r\n\r\n`,
    },
  },
  {
    id: 'other-order',
    section: 'RFC 9110 5.3',
    says: { code: 'other-order' },
    draft: {
      write: ([first, ...fields]) => `${[first, ...fields.reverse()].join('\r\n')}\r\n\r\n`,
    },
  },
  {
    id: 'unknown-fields',
    section: 'RFC 9110 5.1',
    says: { code: 'unknown-fields' },
    draft: { more: ['X-Loopscope: probe', 'X-Empty:', 'Cookie: a=b; c=d'] },
  },
  {
    id: 'absolute-form',
    section: 'RFC 9112 3.2.2',
    says: { code: 'absolute-form' },
    draft: { line: 'GET http://{host}{target} HTTP/1.1' },
  },
  {
    id: 'empty-line-before',
    section: 'RFC 9112 2.2',
    level: 'should',
    says: { code: 'empty-line-before' },
    draft: { write: (lines) => `\r\n${lines.join('\r\n')}\r\n\r\n` },
  },
  {
    id: 'subprotocol-unknown',
    section: '4.2.2',
    level: 'should',
    says: { code: 'subprotocol-unknown' },
    draft: { more: ['Sec-WebSocket-Protocol: nobody.speaks.this'] },
  },
  {
    id: 'extension-unknown',
    section: '9.1',
    says: { code: 'extension-unknown' },
    draft: { more: ['Sec-WebSocket-Extensions: x-nobody-knows-this'] },
  },
  { id: 'request-halves', section: 'RFC 9112 2.2', says: { code: 'request-halves' }, cut: 'half' },
  { id: 'request-bytes', section: 'RFC 9112 2.2', says: { code: 'request-bytes' }, cut: 'bytes' },
];

/** Requests that open a WebSocket, or may. */
export const OPENING: readonly Rule[] = [
  ...right.map((rule): Rule => ({ ...rule, group: 'opening', expect: { is: 'opens' } })),
  {
    id: 'folded',
    group: 'opening',
    section: 'RFC 9112 5.2',
    says: { code: 'folded' },
    draft: { more: ['X-Loopscope: a line', ' that goes on'] },
    expect: { is: 'answered' },
  },
  {
    id: 'long-head',
    group: 'opening',
    section: 'RFC 9110 5.4',
    says: { code: 'long-head' },
    draft: { more: [`X-Loopscope: ${'a'.repeat(100_000)}`] },
    expect: { is: 'answered' },
  },
  {
    id: 'glued-frame',
    group: 'opening',
    section: 'RFC 9293 2.2',
    level: 'should',
    says: { code: 'glued-frame' },
    draft: {
      write: (lines) => `${lines.join('\r\n')}\r\n\r\n${String.fromCharCode(...ping(EARLY))}`,
    },
    acts: () => [{ pong: EARLY }],
    expect: { is: 'taken' },
  },
];
