/**
 * Opening requests that are wrong: RFC 6455 4.2.1, and what RFC 9110 and 9112 ask of HTTP.
 * @module
 */

import type { Rule } from '../rule.js';
import { type Part, valued } from './opening.js';

const REFUSED = { is: 'not-opened', status: [400] } as const;

const wrong: readonly Part[] = [
  {
    id: 'key-missing',
    section: '4.2.1',
    says: { code: 'key-missing' },
    draft: { without: ['Sec-WebSocket-Key'] },
  },
  ...(
    [
      ['key-15-bytes', 'YWJjZGVmZ2hpamtsbW5v'],
      ['key-17-bytes', 'YWJjZGVmZ2hpamtsbW5vcHE='],
      ['key-no-base64', 'dGhl!HNhbXBsZSBub25jZQ=='],
    ] as const
  ).map(([code, key]) => ({
    id: code,
    section: '4.2.1',
    says: { code },
    draft: valued('Sec-WebSocket-Key', key),
  })),
  {
    id: 'key-twice',
    section: '11.3.1',
    says: { code: 'key-twice' },
    draft: { more: ['Sec-WebSocket-Key: Lo/+0123456789abcdefgA=='] },
  },
  {
    id: 'upgrade-other',
    section: '4.2.1',
    says: { code: 'upgrade-other' },
    draft: valued('Upgrade', 'h2c'),
    expect: { is: 'not-opened', status: [400, 426] },
  },
  {
    id: 'upgrade-missing',
    section: '4.2.1',
    says: { code: 'upgrade-missing' },
    draft: { without: ['Upgrade'] },
    expect: { is: 'not-opened', status: [400, 426] },
  },
  {
    id: 'connection-missing',
    section: '4.2.1',
    says: { code: 'connection-missing' },
    draft: { without: ['Connection'] },
    expect: { is: 'not-opened', status: [400, 426] },
  },
  {
    id: 'connection-other',
    section: '4.2.1',
    says: { code: 'connection-other' },
    draft: valued('Connection', 'keep-alive'),
    expect: { is: 'not-opened', status: [400, 426] },
  },
  {
    id: 'post',
    section: '4.2.1',
    says: { code: 'post' },
    draft: { line: 'POST {target} HTTP/1.1' },
    expect: { is: 'not-opened', status: [400, 405] },
  },
  {
    id: 'http-1-0',
    section: '4.2.1',
    says: { code: 'http-1-0' },
    draft: { line: 'GET {target} HTTP/1.0' },
    expect: { is: 'not-opened', status: [400, 426, 505] },
  },
  {
    id: 'version-missing',
    section: '4.2.1',
    says: { code: 'version-missing' },
    draft: { without: ['Sec-WebSocket-Version'] },
    expect: { is: 'not-opened', status: [400, 426] },
  },
  {
    id: 'version-99',
    section: '4.2.2',
    says: { code: 'version-99' },
    draft: valued('Sec-WebSocket-Version', '99'),
    expect: { is: 'not-opened', status: [400, 426], field: 'sec-websocket-version' },
  },
  {
    id: 'host-missing',
    section: 'RFC 9112 3.2',
    says: { code: 'host-missing' },
    draft: { without: ['Host'] },
  },
  {
    id: 'host-twice',
    section: 'RFC 9112 3.2',
    says: { code: 'host-twice' },
    draft: { more: ['Host: elsewhere.example'] },
  },
  {
    id: 'space-before-colon',
    section: 'RFC 9112 5.1',
    says: { code: 'space-before-colon' },
    draft: { more: ['X-Loopscope : probe'] },
  },
  {
    id: 'no-colon',
    section: 'RFC 9112 5',
    says: { code: 'no-colon' },
    draft: { more: ['this line is no field'] },
  },
  {
    id: 'extensions-malformed',
    section: '9.1',
    says: { code: 'extensions-malformed' },
    draft: { more: ['Sec-WebSocket-Extensions: ;=;'] },
  },
  {
    id: 'plain-get',
    section: '4.2.1',
    says: { code: 'plain-get' },
    draft: { without: ['Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version'] },
    expect: { is: 'not-opened', status: [] },
  },
  {
    id: 'no-http',
    section: '4.2.1',
    says: { code: 'no-http' },
    draft: { write: () => 'this is no request at all\r\n\r\n' },
    expect: { is: 'not-opened', status: [400], drops: true },
  },
];

/** Requests that open no WebSocket. */
export const NOT_OPENING: readonly Rule[] = wrong.map(
  (rule): Rule => ({ expect: REFUSED, ...rule, group: 'opening' }),
);
