/**
 * The WebSocket streams of a capture file: which connections are of WebSocket, who is the client, and
 * what each direction's handshake says of the other.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Language } from '../texts/language.js';
import { CaptureReader } from './capture.js';
import {
  borderOf,
  type Conversation,
  runsWithout,
  type Side,
  sentence,
  streamsOf,
} from './directions.js';
import { findUpgrade, type Upgrade } from './exchanges.js';
import { handshakeAt } from './handshake.js';
import { inspect } from './inspect.js';
import { Leftovers } from './leftovers.js';
import type { NamedStream, NamedStreams } from './named-streams.js';
import { PacketReader, type Segment } from './packet.js';
import { joinStreams, type TcpConnection } from './tcp-streams.js';
import { whatElse } from './what-else.js';
import { type InspectionSay, wordsIn } from './words.js';

export type { NamedStream, NamedStreams } from './named-streams.js';

/** Bytes of a direction that say whether it begins with a frame. */
const LOOKED_AT = 4_096;
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
  const collector = new CaptureCollector(language);
  collector.push(file);
  return collector.end();
}

/** Collects what the packets of a capture carry, which comes in any pieces. */
export class CaptureCollector {
  readonly #say: InspectionSay;
  readonly #file: CaptureReader;
  readonly #left: Leftovers;
  readonly #reader = new PacketReader();
  readonly #segments: Segment[] = [];

  /** @param language of names and notes; default English */
  constructor(language?: Language) {
    this.#say = wordsIn(language);
    this.#file = new CaptureReader(this.#say);
    this.#left = new Leftovers(this.#say);
  }

  /**
   * Takes the next bytes of the file.
   *
   * @param bytes kept: segments are views of them
   * @throws CaptureError when nothing of it can be read
   */
  push(bytes: Uint8Array): void {
    for (const packet of this.#file.push(bytes)) {
      const segment = this.#reader.segmentIn(packet);
      if ('why' in segment) this.#left.packet(segment);
      else this.#segments.push(segment);
    }
  }

  /**
   * Ends the file, and joins what came.
   *
   * @throws CaptureError when nothing of it can be read
   */
  end(): NamedStreams {
    const notes = this.#file.end();
    return streamsIn(this.#segments.splice(0), notes, this.#left, this.#reader, this.#say);
  }
}

function streamsIn(
  segments: readonly Segment[],
  fileNotes: readonly string[],
  left: Leftovers,
  reader: PacketReader,
  say: InspectionSay,
): NamedStreams {
  const streams: NamedStream[] = [];
  const lost: string[] = [];
  let number = 0;
  for (const connection of joinStreams(segments, say)) {
    const both = asConversation(connection);
    if (both.client.bytes.length + both.server.bytes.length === 0) {
      left.empty();
      continue;
    }
    const { client, server } = both;
    const ends = say('stream.ends', { from: client.from, to: server.from });
    const upgrade = findUpgrade(client.bytes, server.bytes);
    if (isWebSocket(both, upgrade)) {
      const name = say('stream.captured', { n: number++, ends });
      streams.push(...streamsOf(both, upgrade, name, say));
      lost.push(...lostNotes(both, name, say));
    } else left.connection(whatElse(client, server), ends);
  }
  const notes = [...fileNotes, ...left.packetNotes(reader), ...lost, ...left.connectionNotes()];
  return { streams, notes: notes.map((note) => sentence(note, say)) };
}

/** Who asked is the client; where nobody did, who opened it, who masks, or whose port is the higher. */
function asConversation({ opener, directions }: TcpConnection): Conversation {
  const [one, other] = directions.map((side) => ({ ...side, bytes: joinBytes(side.pieces) })) as [
    Side,
    Side,
  ];
  if (seemsClient(one, other, opener !== null)) return { client: one, server: other };
  return { client: other, server: one };
}

function seemsClient(one: Side, other: Side, isOpener: boolean): boolean {
  const heads = [handshakeAt(one.bytes, 0), handshakeAt(other.bytes, 0)];
  if (heads.some((head) => head !== null)) return heads[0] === 'request' || heads[1] === 'answer';
  if (isOpener) return true;
  const masks = ({ bytes }: Side) => ((bytes[1] ?? 0) & 0b1000_0000) !== 0;
  if (masks(one) !== masks(other)) return masks(one);
  const port = ({ from }: Side) => Number(from.slice(from.lastIndexOf(':') + 1));
  return port(one) >= port(other);
}

/** What is to be said of a direction that no byte of is here: it has no stream. */
function lostNotes({ client, server }: Conversation, name: string, say: InspectionSay): string[] {
  const of = (who: 'client' | 'server', side: Side): string[] => {
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
  if (handshakeAt(client.bytes, 0) === 'request') return false;
  if (handshakeAt(server.bytes, 0) === 'answer') return false;
  const deflate = 'perhaps';
  const seen = [
    inspect(client.bytes.subarray(0, LOOKED_AT), { role: 'client', deflate }),
    inspect(server.bytes.subarray(0, LOOKED_AT), { role: 'server', deflate }),
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
  const borders = sides.map(([who, { bytes, pieces }]) => borderOf(bytes, pieces, who));
  return borders.some((border) => border !== null && border.sure !== 'guess');
}
