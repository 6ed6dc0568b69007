/**
 * TCP segments of a capture sorted by connection, and joined into the bytes of each direction in the order
 * of their sequence numbers, as the receiver's system does it.
 * @module
 */

import type { Segment } from './packet.js';
import { SegmentTable } from './segment-table.js';
import type { ByteStore } from './stored-bytes.js';
import { Direction, distance, type Kept, type TcpDirection } from './tcp-direction.js';
import type { InspectionSay } from './words.js';

/** One connection. */
export interface TcpConnection {
  /** Address and port of the end that opened it; null when the capture does not show the opening. */
  readonly opener: string | null;
  /** Both directions; the opener's is first. */
  readonly directions: readonly [TcpDirection, TcpDirection];
}

/** A SYN this much in front of bytes that came before it may belong to them; one further off is another connection's. */
const NEAR = 0x10_0000;

/** Connections without a byte that are kept, at least: of a flood of SYNs the old ones are counted and let go. */
const MOST_EMPTY = 0x1_0000;

/** Sorts segments by connection. The same ports opened again are another connection. */
export class StreamJoiner {
  readonly #kept: Kept;
  readonly #say: InspectionSay;
  #all: Connection[] = [];
  /** By both ends, the latest connection between them and the one before. */
  readonly #latest = new Map<string, readonly Connection[]>();
  /** How many connections there are when it is looked which may go. */
  #lookAt = 2 * MOST_EMPTY;
  #letGo = 0;

  /** @param store keeps the bytes; @param say the voice of the notes */
  constructor(store: ByteStore, say: InspectionSay) {
    this.#kept = { table: new SegmentTable(), store };
    this.#say = say;
  }

  /**
   * Takes the next segment of the capture.
   *
   * @param at where its payload stands in the file; null for what was joined of several packets
   */
  add(segment: Segment, at: number | null): void {
    const { from, to } = segment;
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    const known = this.#latest.get(pair) ?? [];
    let connection = known.find((one) => one.holds(segment));
    if (connection === undefined) {
      connection = new Connection(segment);
      if (this.#all.length >= this.#lookAt) this.#thin();
      this.#all.push(connection);
      this.#latest.set(pair, [connection, ...known.slice(0, 1)]); // a late segment of the one before may come
    }
    connection.add(segment, at, this.#kept);
  }

  /** Connections without a byte that are not among the joined ones: there were too many. */
  get letGo(): number {
    return this.#letGo;
  }

  /** The connections in the order of their first segments, those without bytes too. */
  *joined(): Generator<TcpConnection> {
    for (const connection of this.#all) yield connection.joined(this.#kept, this.#say);
  }

  /** Lets old connections go that no byte came for; each look leaves twice as much room as it keeps. */
  #thin(): void {
    const recent = this.#all.splice(-MOST_EMPTY);
    const kept = this.#all.filter((one) => !one.isEmpty);
    this.#letGo += this.#all.length - kept.length;
    this.#all = [...kept, ...recent];
    this.#lookAt = 2 * Math.max(this.#all.length, MOST_EMPTY);
    const all = new Set(this.#all);
    for (const [pair, known] of this.#latest) {
      const left = known.filter((one) => all.has(one));
      if (left.length === 0) this.#latest.delete(pair);
      else if (left.length < known.length) this.#latest.set(pair, left);
    }
  }
}

/** One connection, while it is read. */
class Connection {
  readonly #one: Direction;
  readonly #other: Direction;

  constructor({ from, to }: Segment) {
    this.#one = new Direction(from);
    this.#other = new Direction(to);
  }

  /** Whether no byte came from either end. */
  get isEmpty(): boolean {
    return this.#one.isEmpty && this.#other.isEmpty;
  }

  /** Whether a segment between the same ports is of this connection. */
  holds({ from, sequence, acknowledgment, syn }: Segment): boolean {
    const [own, peer] = this.#ends(from);
    if (!syn) {
      return own.isNear(sequence) && (acknowledgment === null || peer.isNear(acknowledgment));
    }
    if (own.initial !== null) return sequence === own.initial;
    const known = [own.lowest, peer.lowestAcknowledgment].filter((number) => number !== null);
    return known.every((number) => {
      const ahead = distance(sequence + 1, number);
      return ahead >= 0 && ahead < NEAR;
    });
  }

  add(segment: Segment, at: number | null, kept: Kept): void {
    this.#ends(segment.from)[0].add(segment, at, kept);
  }

  joined(kept: Kept, say: InspectionSay): TcpConnection {
    const opener = [this.#one, this.#other].find(({ opens }) => opens);
    const answerer = [this.#one, this.#other].find(({ answers }) => answers);
    const isOther = opener === this.#other || (opener === undefined && answerer === this.#one);
    const [first, second] = isOther ? [this.#other, this.#one] : [this.#one, this.#other];
    const isKnown = opener !== undefined || answerer !== undefined;
    return {
      opener: isKnown ? first.from : null,
      directions: [first.joined(kept, say), second.joined(kept, say)],
    };
  }

  #ends(from: string): [own: Direction, peer: Direction] {
    return from === this.#one.from ? [this.#one, this.#other] : [this.#other, this.#one];
  }
}
