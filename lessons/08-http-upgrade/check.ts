import { ClientHandshake, joinBytes, makeKey, Random, script, type TraceEvent } from 'loopscope';
import { type Check, type Checker, deepEqual, piecesOf, traceOf } from 'loopscope/lesson';
import type { Head, Reader } from './exercise.js';

type Exercise = typeof import('./exercise.js');

/** Lines as programs write them, each with what is probably believed by who reads them otherwise. */
const FIELDS: [why: string, lines: string[], fields: [name: string, value: string][]][] = [
  [
    'wrong.colon',
    ['upgrade: websocket', 'host: 127.0.0.1:8080', 'origin: http://localhost:8000'],
    [
      ['upgrade', 'websocket'],
      ['host', '127.0.0.1:8080'],
      ['origin', 'http://localhost:8000'],
    ],
  ],
  ['wrong.space', ['host:a', 'accept: \t b ;c \t'], fields('host', 'a', 'accept', 'b ;c')],
  ['wrong.case', ['Host: a', 'UPGRADE: websocket'], fields('host', 'a', 'upgrade', 'websocket')],
  [
    'wrong.value-case',
    ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
    fields('sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ=='),
  ],
  [
    'wrong.folding',
    ['Connection: keep-alive,', ' \tUpgrade', '\tTE ', 'Host: a'],
    fields('connection', 'keep-alive, Upgrade TE', 'host', 'a'),
  ],
];

function fields(...texts: string[]): [string, string][] {
  return texts.flatMap((name, i) => (i % 2 === 0 ? [[name, texts[i + 1] ?? '']] : []));
}

const encoder = new TextEncoder();
const none = new Uint8Array(0);
/** More than any head here but the long ones. */
const ROOM = 1_000;

/** A request, and what is to be read in it. */
const { request } = new ClientHandshake({
  host: '127.0.0.1:8080',
  key: makeKey(encoder.encode('the sample nonce')),
});
const HEAD: Omit<Head, 'rest'> = {
  startLine: 'GET / HTTP/1.1',
  fields: new Map(
    fields('host', '127.0.0.1:8080', 'upgrade', 'websocket', 'connection', 'Upgrade').concat(
      fields('sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version', '13'),
    ),
  ),
};

/** What the recvs of a server gave, for the stepper. */
function received(pieces: readonly Uint8Array[]): TraceEvent[] {
  const accept = { step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 49_152 } as const;
  return traceOf([accept, ...pieces.map((bytes) => ({ step: 'recv', fd: 4, bytes }) as const)]);
}

/** Hands a request over in pieces. The head has to be there with the last of them. */
function takePieces(exercise: Exercise, t: Checker, pieces: Uint8Array[], max = ROOM): void {
  const reader: Reader = { bytes: none };
  let have = 0;
  pieces.forEach((piece, i) => {
    have += piece.length;
    t.trace = received(pieces.slice(0, i + 1));
    const taken = exercise.takeBytes(reader, piece, max);
    const length = request.length;
    if (have < length) t.equal(taken, 'more', 'wrong.too-early', { have, length });
    else judge(t, taken, pieces, joinBytes(pieces).slice(length), max);
  });
}

function judge(
  t: Checker,
  taken: unknown,
  pieces: Uint8Array[],
  rest: Uint8Array,
  max: number,
): void {
  const values = { length: request.length, rest: rest.length, max };
  const cut = pieces.length === 1 ? null : (pieces[0]?.length ?? 0);
  if (taken === 'too long') t.fail(rest.length > 0 ? 'wrong.rest-counted' : 'wrong.limit', values);
  if (taken === 'more') {
    const isInEnding = cut !== null && cut > request.length - 4;
    if (isInEnding) t.fail('wrong.split-ending', { cut: cut + 4 - request.length });
    t.fail(cut === null ? 'wrong.head' : 'wrong.not-kept', values);
  }
  const given = (taken ?? {}) as Head;
  const why = cut === null ? 'wrong.head' : 'wrong.not-kept';
  t.equal(given.startLine, HEAD.startLine, why, values);
  t.equal(given.fields, HEAD.fields, why, values);
  const asText = encoder.encode(String.fromCharCode(...rest));
  const isText = rest.length > 0 && deepEqual(given.rest, asText);
  t.bytes(given.rest, rest, isText ? 'wrong.rest-as-text' : 'wrong.rest-lost', values);
}

/** A value that never ends comes in pieces. */
function takeEndless({ takeBytes }: Exercise, t: Checker, size: number): void {
  const reader: Reader = { bytes: none };
  const begin = encoder.encode('GET / HTTP/1.1\r\nHost: ');
  const pieces = [begin];
  for (let have = begin.length; have <= ROOM; have += size) {
    t.step('step.endless', { have, max: ROOM });
    const values = { length: have, max: ROOM };
    t.equal(takeBytes(reader, pieces.at(-1) ?? none, ROOM), 'more', 'wrong.limit', values);
    pieces.push(encoder.encode('a'.repeat(size)));
  }
  t.step('step.endless', { have: joinBytes(pieces).length, max: ROOM });
  t.trace = received(pieces);
  const taken = takeBytes(reader, pieces.at(-1) ?? none, ROOM);
  t.equal(taken, 'too long', 'wrong.no-limit', { max: ROOM });
}

export default ((exercise, t) => {
  for (const [why, lines, expected] of FIELDS) {
    t.step('step.fields', { lines: JSON.stringify(lines) });
    t.equal(exercise.parseFields(lines), new Map(expected), why);
  }
  t.step('step.whole', { length: request.length });
  takePieces(exercise, t, [request]);
  for (let cut = 1; cut < request.length; cut++) {
    t.step('step.cut', { cut, left: request.length - cut });
    takePieces(exercise, t, piecesOf(request, [cut]));
  }
  t.step('step.bytes', { length: request.length });
  takePieces(exercise, t, piecesOf(request, [...request.keys()].slice(1)));
  const random = new Random(8);
  for (let i = 0; i < 100; i++) {
    const first = random.below(request.length);
    const cuts = [first, first + random.below(request.length - first)];
    const pieces = piecesOf(request, cuts).filter(({ length }) => length > 0);
    t.step('step.pieces', { lengths: pieces.map(({ length }) => length).join(', ') });
    takePieces(exercise, t, pieces);
  }
  const frame = script.textFrame('hello');
  t.step('step.just', { length: request.length, max: request.length });
  takePieces(exercise, t, [request], request.length);
  t.step('step.rest', { length: request.length, rest: frame.length });
  takePieces(exercise, t, [joinBytes([request, frame])]);
  t.step('step.limit', { length: request.length, rest: 2 * frame.length, max: request.length });
  takePieces(exercise, t, [joinBytes([request, frame, frame])], request.length);
  t.step('step.one-less', { length: request.length, max: request.length - 1 });
  const taken = exercise.takeBytes({ bytes: none }, request, request.length - 1);
  t.equal(taken, 'too long', 'wrong.no-limit', { max: request.length - 1 });
  takeEndless(exercise, t, 100);
}) satisfies Check<Exercise>;
