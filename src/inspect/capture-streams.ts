/**
 * The WebSocket streams of a capture file: which connections are of WebSocket, who is the client, and
 * what each direction's handshake says of the other.
 * @module
 */

import type { Language } from '../texts/language.js';
import { CaptureReader, type Packet } from './capture.js';
import type { CapturedStream } from './captured-stream.js';
import { borderOf, type Conversation, runsWithout, sentence, streamsOf } from './directions.js';
import { findUpgrade, halfAt, type Upgrade } from './exchanges.js';
import { inspect } from './inspect.js';
import { Leftovers } from './leftovers.js';
import type { NamedStreams } from './named-streams.js';
import { PacketReader } from './packet.js';
import { type ByteStore, MemoryStore } from './stored-bytes.js';
import type { TcpDirection } from './tcp-direction.js';
import { StreamJoiner, type TcpConnection } from './tcp-streams.js';
import { whatElse } from './what-else.js';
import { type InspectionSay, wordsIn } from './words.js';

export type { NamedStream, NamedStreams } from './named-streams.js';

/** Bytes of a direction that say whether it begins with a frame. */
const LOOKED_AT = 4_096;
/** Those that say what else it is. */
const BEGINNING = 16_384;
/** Notes on directions that no byte of is here: there may be very many. */
const MOST_LOST = 100;
/** Bytes of a frame without its payload, at the most. */
const LONGEST_HEADER = 14;

/**
 * Finds the WebSocket streams of a capture: of connections with an upgrade, and of those without
 * any HTTP that begin with valid frames.
 *
 * @param file a pcap or pcapng file
 * @param language of names and notes; default English
 * @throws CaptureError when nothing of it can be read
 */
export function captureStreams(file: Uint8Array, language?: Language): NamedStreams {
  const collector = new CaptureCollector(new MemoryStore(file), language);
  collector.push(file);
  const { streams, notes } = collector.end();
  return { streams: streams.map((stream) => stream.whole()), notes };
}

/** What was found in a capture. */
export interface CapturedStreams {
  /** The streams. */
  readonly streams: readonly CapturedStream[];
  /** What of it could not be read or is not explained, a sentence each. */
  readonly notes: readonly string[];
}

/** Collects what the packets of a capture carry, which comes in any pieces; their bytes are left to a store. */
export class CaptureCollector {
  readonly #say: InspectionSay;
  readonly #file: CaptureReader;
  readonly #left: Leftovers;
  readonly #reader = new PacketReader();
  readonly #joiner: StreamJoiner;

  /** @param language of names and notes; default English */
  constructor(store: ByteStore, language?: Language) {
    this.#say = wordsIn(language);
    this.#file = new CaptureReader(this.#say);
    this.#left = new Leftovers(this.#say);
    this.#joiner = new StreamJoiner(store, this.#say);
  }

  /**
   * Takes the next bytes of the file.
   *
   * @throws CaptureError when nothing of it can be read
   */
  push(bytes: Uint8Array): void {
    for (const packet of this.#file.push(bytes)) {
      const segment = this.#reader.segmentIn(packet);
      if ('why' in segment) this.#left.packet(segment);
      else this.#joiner.add(segment, placeIn(packet, segment.payload));
    }
  }

  /**
   * Ends the file, and joins what came.
   *
   * @throws CaptureError when nothing of it can be read
   */
  end(): CapturedStreams {
    const fileNotes = this.#file.end();
    const [say, left] = [this.#say, this.#left];
    const streams: CapturedStream[] = [];
    const lost: string[] = [];
    let number = 0;
    for (const connection of this.#joiner.joined()) {
      const both = asConversation(connection);
      const { client, server } = both;
      if (client.bytes.length + server.bytes.length === 0) {
        left.empty();
        continue;
      }
      const ends = say('stream.ends', { from: client.from, to: server.from });
      const upgrade = findUpgrade(client.bytes, server.bytes);
      if (isWebSocket(both, upgrade)) {
        const name = say('stream.captured', { n: number++, ends });
        streams.push(...streamsOf(both, upgrade, name, say));
        lost.push(...lostNotes(both, name, say));
      } else left.connection(whatElse(begun(client), begun(server)), ends);
    }
    left.empty(this.#joiner.letGo);
    const packetNotes = left.packetNotes(this.#reader);
    const unnamed = lost.splice(MOST_LOST).length;
    if (unnamed > 0) lost.push(say('capture.lost.more', { n: unnamed }));
    const notes = [...fileNotes, ...packetNotes, ...lost, ...left.connectionNotes()];
    return { streams, notes: notes.map((note) => sentence(note, say)) };
  }
}

/** Where a payload stands in the file; null for what was joined of several packets. */
function placeIn({ bytes, offset }: Packet, payload: Uint8Array): number | null {
  if (payload.buffer !== bytes.buffer) return null;
  return offset + payload.byteOffset - bytes.byteOffset;
}

/** How a direction begins. */
function begun({ bytes, isFromStart }: TcpDirection) {
  return { bytes: bytes.read(0, BEGINNING), isFromStart };
}

/** Who asked is the client; where nobody did, who opened it, who masks, or whose port is the higher. */
function asConversation({ opener, directions: [one, other] }: TcpConnection): Conversation {
  if (seemsClient(one, other, opener !== null)) return { client: one, server: other };
  return { client: other, server: one };
}

function seemsClient(one: TcpDirection, other: TcpDirection, isOpener: boolean): boolean {
  const heads = [halfAt(one.bytes, 0), halfAt(other.bytes, 0)];
  if (heads.some((head) => head !== null)) return heads[0] === 'request' || heads[1] === 'answer';
  if (isOpener) return true;
  const masks = ({ bytes }: TcpDirection) => ((bytes.read(1, 1)[0] ?? 0) & 0b1000_0000) !== 0;
  if (masks(one) !== masks(other)) return masks(one);
  const port = ({ from }: TcpDirection) => Number(from.slice(from.lastIndexOf(':') + 1));
  return port(one) >= port(other);
}

/** What is to be said of a direction that no byte of is here: it has no stream. */
function lostNotes({ client, server }: Conversation, name: string, say: InspectionSay): string[] {
  const of = (who: 'client' | 'server', side: TcpDirection): string[] => {
    if (side.bytes.length > 0) return [];
    const notes = [...side.notes, ...runsWithout(who, side, say)];
    const stream = say(`stream.${who}`, { name });
    if (notes.length === 0) return [say('capture.lost', { stream })];
    return notes.map((why) => say('capture.lost.why', { stream, why }));
  };
  return [...of('client', client), ...of('server', server)];
}

/**
 * Whether it is a WebSocket. Without any HTTP it is by its frames: the first ones hold in both directions;
 * or, where it began before the capture, some behind its beginning do, and that is no mere guess.
 */
function isWebSocket({ client, server }: Conversation, upgrade: Upgrade | null): boolean {
  if (upgrade !== null) return true;
  if (halfAt(client.bytes, 0) === 'request') return false;
  if (halfAt(server.bytes, 0) === 'answer') return false;
  const deflate = 'perhaps';
  const seen = [
    inspect(client.bytes.read(0, LOOKED_AT), { role: 'client', deflate }),
    inspect(server.bytes.read(0, LOOKED_AT), { role: 'server', deflate }),
  ];
  const isFramed = seen.some(({ frames, rest }) => {
    return frames.length > 0 || (rest?.length ?? 0) >= LONGEST_HEADER;
  });
  if (isFramed && seen.every(({ frames: [first] }) => (first?.problems.length ?? 0) === 0)) {
    return true;
  }
  const sides = [['client', client] as const, ['server', server] as const].filter(
    ([, { bytes }]) => bytes.length > 0,
  );
  if (sides.some(([, { isFromStart }]) => isFromStart)) return false;
  const borders = sides.map(([who, { bytes }]) => borderOf(bytes, who));
  return borders.some((border) => border !== null && border.sure !== 'guess');
}
