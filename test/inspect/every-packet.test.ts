import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import type { Segment } from '../../src/inspect/packet.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, utf8 } from '../support/bytes.js';
import { packetOf, pcap, segment, type WrittenPacket } from '../support/pcap.js';
import { fragmentsOf, TUNNEL_NAMES, tunnelled } from '../support/tunnels.js';

const ASK =
  'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const GRANT =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const PAGE = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const SERVER = '10.0.0.2:8080';

/** What each kind of connection begins with; `begun` is captured from its middle on. */
const KINDS = {
  whole: [ASK, GRANT],
  plain: [PAGE, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  'half-open': null,
  begun: ['', ''],
} as const;

type Who = 'client' | 'server';

/** The segments of a connection, in order. */
function segmentsOf(kind: keyof typeof KINDS, port: number, frames: readonly Who[]): Segment[] {
  const from = `10.0.0.1:${port}`;
  const ends = { client: { from, to: SERVER }, server: { from: SERVER, to: from } };
  const next = { client: 1, server: 1 };
  const said = (who: Who, payload: Uint8Array): Segment => {
    const acknowledgment = next[who === 'client' ? 'server' : 'client'];
    const one = segment({ ...ends[who], sequence: next[who], acknowledgment, payload });
    next[who] += payload.length;
    return one;
  };
  const opening = [
    segment({ ...ends.client, syn: true }),
    segment({ ...ends.server, syn: true, acknowledgment: 1 }),
  ];
  const heads = KINDS[kind];
  if (heads === null) return opening.slice(0, 1);
  const [asked, granted] = heads;
  const begins = kind === 'begun' ? [] : opening;
  if (asked !== '') begins.push(said('client', utf8(asked)), said('server', utf8(granted)));
  const frame = (who: Who, i: number) =>
    encodeFrame(Opcode.text, utf8(`message ${i}`), { maskingKey: who === 'client' ? i : null });
  if (kind === 'plain') return begins;
  // a frame in two segments, so that what is behind a gap need not begin with one
  const halves = (who: Who, bytes: Uint8Array) => [
    said(who, bytes.subarray(0, 5)),
    said(who, bytes.subarray(5)),
  ];
  return [...begins, ...frames.flatMap((who, i) => halves(who, frame(who, i)))];
}

/** What becomes of a segment on its way into the file. */
const FATES = [
  'once',
  'once',
  'once',
  'lost',
  'twice',
  'changed',
  'tunnel',
  'fragments',
  'cut',
  'reset',
  'half',
  'short',
] as const;
type Fate = (typeof FATES)[number];

/** A segment, and the packets that are captured of it. */
interface Sent {
  readonly segment: Segment;
  readonly fate: Fate;
  readonly packets: readonly WrittenPacket[];
}

function sentAs(segment: Segment, fate: Fate, i: number): Sent {
  const raw = packetOf(segment, 'raw');
  const plain = packetOf(segment);
  const of = (...packets: WrittenPacket[]): Sent => ({ segment, fate, packets });
  switch (fate) {
    case 'once':
      return of(plain);
    case 'lost':
      return of();
    case 'twice':
      return of(plain, plain);
    case 'changed':
      return of(plain, packetOf({ ...segment, payload: segment.payload.map((byte) => byte ^ 1) }));
    case 'tunnel':
      return of(
        tunnelled(raw, TUNNEL_NAMES[i % TUNNEL_NAMES.length] as (typeof TUNNEL_NAMES)[number]),
      );
    case 'fragments':
      return of(...fragmentsOf(raw, 16, i));
    case 'cut':
      return of(...fragmentsOf(raw, 16, i).slice(1)); // the first is missing
    case 'half':
      return of(packetOf({ ...segment, payload: segment.payload.subarray(0, -1) }), plain);
    case 'short':
      return of({ ...plain, bytes: plain.bytes.subarray(0, 40) });
    case 'reset':
      return of(plain, packetOf({ ...segment, rst: true, payload: utf8('why') }));
  }
}

/** Those of which no byte comes through. */
const IS_LOST: ReadonlySet<Fate> = new Set(['lost', 'cut', 'short']);

/** How many different bytes of one direction are in the file. */
function bytesIn(sent: readonly Sent[], from: string, to: string): number {
  const places = new Set<number>();
  for (const { segment: one, fate } of sent) {
    if (one.from !== from || one.to !== to || IS_LOST.has(fate)) continue;
    for (let i = 0; i < one.payload.length; i++) places.add(one.sequence + i);
  }
  return places.size;
}

const COUNTED = /(\d+) bytes? (?:left out|that (?:was|were) passed over)/g;

/** The bytes that some notes leave out. */
function leftOut(notes: readonly string[]): number {
  const numbers = notes.flatMap((note) => [...note.matchAll(COUNTED)].map(([, n]) => Number(n)));
  return numbers.reduce((sum, n) => sum + n, 0);
}

/** What the notes count at their beginnings: `3 packets left out`. */
function counted(notes: readonly string[], what: string): number {
  const numbers = notes.map((note) =>
    Number(RegExp(`^(\\d+) ${what}s? left out`).exec(note)?.[1] ?? 0),
  );
  return numbers.reduce((sum, n) => sum + n, 0);
}

const connection = fc.record({
  kind: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
  frames: fc.array(fc.constantFrom<Who>('client', 'server'), { maxLength: 12 }),
});

test('every packet of any capture is explained in a stream, or counted in a note', () => {
  const seen = { streams: 0, gaps: 0, packets: 0, connections: 0, changed: 0 };
  const capture = fc.tuple(
    fc.array(connection, { minLength: 1, maxLength: 4 }),
    fc.array(fc.constantFrom(...FATES), { minLength: 60, maxLength: 60 }),
    fc.nat(4),
  );
  fc.assert(
    fc.property(capture, ([connections, fates, noise]) => {
      const all = connections.flatMap(({ kind, frames }, i) =>
        segmentsOf(kind, 50_000 + i, frames),
      );
      const sent = all.map((one, i) => sentAs(one, fates[i] ?? 'once', i + 1));
      const arp = { linkType: 1, bytes: hex('020000000001 020000000002 0806 00010800') };
      const others = Array.from({ length: noise }, () => arp);
      const { streams, notes } = captureStreams(
        pcap([...others, ...sent.flatMap((one) => one.packets)]),
      );

      const pieces = sent
        .filter(({ fate }) => fate === 'cut' || fate === 'short')
        .flatMap(({ packets }) => packets);
      expect(counted(notes, 'packet')).toBe(noise + pieces.length);

      let without = 0;
      for (const i of connections.keys()) {
        const client = `10.0.0.1:${50_000 + i}`;
        const own = sent.filter(({ segment: { from, to } }) => from === client || to === client);
        const isHere = own.some(({ fate }) => !IS_LOST.has(fate));
        const named = [
          ...streams.map(({ name }) => name),
          ...notes.filter((n) => n.includes(', from the')),
        ];
        const isTold = named.some((name) => name.includes(client));
        if (!isTold && isHere) without++;
        if (!isTold) continue;
        for (const who of ['client', 'server'] as const) {
          const [from, to] = who === 'client' ? [client, SERVER] : [SERVER, client];
          const isOf = (name: string) =>
            name.includes(`${client} to`) && name.includes(`from the ${who}`);
          const told = streams.filter(({ name }) => isOf(name));
          const said = [...told.map(({ note = '' }) => note), ...notes.filter(isOf)];
          const explained = told.reduce((sum, { bytes }) => sum + bytes.length, 0);
          expect(explained + leftOut(said)).toBe(bytesIn(own, from, to));
          const changed = own.filter(
            ({ fate, segment: one }) => fate === 'changed' && one.from === from,
          );
          const isOdd = changed.some(({ segment: { payload } }) => payload.length > 1);
          expect(said.some((note) => note.includes('something else'))).toBe(isOdd);
          seen.changed += Number(isOdd);
          seen.gaps += Number(said.some((note) => note.includes('lacks')));
        }
      }
      expect(counted(notes, 'connection')).toBe(without);
      seen.streams += streams.length;
      seen.packets += counted(notes, 'packet');
      seen.connections += without;
    }),
    { numRuns: 400 },
  );
  // all of it was met
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
});
