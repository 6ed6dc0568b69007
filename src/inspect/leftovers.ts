/**
 * What of a capture is not explained, counted: each packet and each connection that no stream comes of
 * is in one of its notes.
 * @module
 */

import type { NoSegment, PacketReader } from './packet.js';
import type { Else } from './what-else.js';
import type { InspectionSay } from './words.js';

/** What is named in a note; behind it the rest is only counted. */
const MOST_NAMED = 3;

/** Counts what is left out, and says it. */
export class Leftovers {
  readonly #say: InspectionSay;
  readonly #links = new Map<string, number>();
  readonly #protocols = new Map<string, number>();
  readonly #connections = new Map<Else['kind'], { n: number; readonly ends: string[] }>();
  #cut = 0;
  #empty = 0;

  constructor(say: InspectionSay) {
    this.#say = say;
  }

  /** A packet without a segment. Fragments are counted by whoever joins them. */
  packet(no: NoSegment): void {
    if (no.why === 'cut') this.#cut++;
    else if (no.why === 'link') add(this.#links, no.name);
    else if (no.why === 'other') add(this.#protocols, no.name);
  }

  /** A connection without a byte. */
  empty(n = 1): void {
    this.#empty += n;
  }

  /** A connection of something else. @param ends its name */
  connection({ kind, server }: Else, ends: string): void {
    const left = this.#connections.get(kind) ?? { n: 0, ends: [] };
    this.#connections.set(kind, left);
    left.n++;
    if (left.ends.length > MOST_NAMED) return;
    left.ends.push(server === null ? ends : this.#say('stream.ends.server', { ends, server }));
  }

  /** What there is to say of packets. */
  packetNotes({ fragments, tunnels }: PacketReader): string[] {
    const say = this.#say;
    const notes = [...this.#links].map(([name, n]) => say('capture.link', { name, n }));
    if (this.#cut > 0) notes.push(say('capture.cut', { n: this.#cut }));
    if (fragments.left > 0) notes.push(say('capture.fragment', { n: fragments.left }));
    if (fragments.overlapping > 0) {
      notes.push(say('capture.overlap', { n: fragments.overlapping }));
    }
    for (const [name, n] of tunnels) notes.push(say('capture.tunnel', { n, name }));
    if (this.#protocols.size > 0) notes.push(say('capture.other', counted(this.#protocols)));
    return notes;
  }

  /** What there is to say of connections. */
  connectionNotes(): string[] {
    const say = this.#say;
    const notes = [...this.#connections].map(([kind, { n, ends }]) =>
      say(`capture.${kind}`, { n, named: first(ends) }),
    );
    return this.#empty > 0 ? [say('capture.empty', { n: this.#empty }), ...notes] : notes;
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** All of them, and the names of the most frequent. */
function counted(counts: ReadonlyMap<string, number>): { n: number; named: string[] } {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const n = sorted.reduce((sum, [, count]) => sum + count, 0);
  return { n, named: first(sorted.map(([name]) => name)) };
}

function first(names: readonly string[]): string[] {
  return [...names.slice(0, MOST_NAMED), ...(names.length > MOST_NAMED ? ['…'] : [])];
}
