import {
  acceptKey,
  ClientHandshake,
  GUID,
  makeKey,
  Random,
  type TraceEvent,
  toHex,
} from 'loopscope';
import { type Check, type Checker, sha1, traceOf } from 'loopscope/lesson';

/** The key of RFC 6455 1.3, whose accept value everyone can look up. */
const OF_THE_RFC = 'dGhlIHNhbXBsZSBub25jZQ==';
const SEEDED = 100;

const encoder = new TextEncoder();

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes of a text whose characters are bytes. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** What is probably believed by someone who gives another value for this key. */
function misconception(key: string, given: unknown, right: string): string {
  if (typeof given !== 'string') return 'wrong.no-text';
  const digest = sha1(encoder.encode(key + GUID));
  const asText = encoder.encode(new TextDecoder().decode(digest));
  const others: [why: string, value: string][] = [
    ['wrong.hex', btoa(toHex(digest))],
    ['wrong.hex', toHex(digest)],
    ['wrong.as-text', base64(asText)],
    ['wrong.numbers', btoa(String(digest))],
    ['wrong.no-guid', base64(sha1(encoder.encode(key)))],
    ['wrong.order', base64(sha1(encoder.encode(GUID + key)))],
    ['wrong.decoded', base64(sha1(bytesOf(atob(key) + GUID)))],
    ['wrong.no-hash', btoa(key + GUID)],
    ['wrong.same', acceptKey(OF_THE_RFC)],
  ];
  if (unpadded(digest).some((value) => value === given)) return 'wrong.pad';
  const bare = (value: string): string => value.replace(/[-+_/=]/g, '');
  if (bare(given) === bare(right)) return 'wrong.alphabet';
  return others.find(([, value]) => value === given)?.[0] ?? 'wrong.other';
}

/** What comes of hex digits without the zero in front of a byte below 10, by the ways to read them. */
function unpadded(digest: Uint8Array): string[] {
  const hex = [...digest].map((byte) => byte.toString(16)).join('');
  const pairs = hex.match(/../g) ?? [];
  const wide = (hex.match(/..?/g) ?? []).map((two) => Number.parseInt(two, 16));
  const even = pairs.map((two) => Number.parseInt(two, 16));
  return [...[even, wide].map((bytes) => base64(Uint8Array.from(bytes))), btoa(hex), hex];
}

/** What the room would do with this key, for the stepper. */
function played(key: string): TraceEvent[] {
  const { request } = new ClientHandshake({ host: '127.0.0.1:8080', key });
  return traceOf([
    { step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 49_152 },
    { step: 'recv', fd: 4, bytes: request },
    { step: 'handshake', fd: 4, key, accept: acceptKey(key) },
  ]);
}

function tryKey(exercise: { acceptKey: (key: string) => string }, t: Checker, key: string): void {
  t.trace = played(key);
  const given: unknown = exercise.acceptKey(key);
  if (given instanceof Promise) {
    given.catch(() => {}); // what becomes of it does not count
    t.fail('wrong.promise', { key });
  }
  const right = acceptKey(key);
  if (given === right) return;
  t.equal(given, right, misconception(key, given, right), { key });
}

export default ((exercise, t) => {
  t.step('step.rfc', { key: OF_THE_RFC });
  tryKey(exercise, t, OF_THE_RFC);
  const random = new Random(9);
  const bytes = new Uint8Array(16);
  for (let i = 1; i <= SEEDED; i++) {
    random.fill(bytes);
    const key = makeKey(bytes);
    t.step('step.seeded', { i, key });
    tryKey(exercise, t, key);
  }
}) satisfies Check<typeof import('./exercise.js')>;
