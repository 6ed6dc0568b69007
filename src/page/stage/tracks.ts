/**
 * What a whole trace tells of each connection: which bytes came and are still to come, how far the
 * program has read them, which frames were made for it. The view at a step knows amounts; with this the
 * stage knows what they are of. A trace may grow; what was read is not read again.
 * @module
 */

import type { Fd } from '../../net/net.js';
import type { TraceEvent } from '../../trace/event.js';
import { Fields } from './fields.js';

/** A connection from its accept on. Indexes are of the trace. */
export interface Track {
  /** Where it was opened. */
  readonly opened: number;
  /** What its peer sends, as far as it is ever taken. */
  readonly stream: Fields;
  /** Whether nothing is known of its bytes: a stranger's, until its handshake was seen. */
  isPlain: boolean;
  /** Where the program has read on. */
  readonly readAt: number[];
  /** How far it had read there: bytes of the stream. */
  readonly readTo: number[];
  /** Where frames were made for it. */
  readonly made: number[];
  /** Where bytes were offered to it. */
  readonly offered: number[];
}

/** All connections of a trace. */
export class Tracks {
  /** The trace. */
  events: readonly TraceEvent[] = [];
  /** The most sockets that are open at once: how much room the stage needs. */
  most = 0;
  #tracks = new Map<Fd, Track[]>();
  #open = new Set<Fd>();
  #seen = 0;

  /** Takes a trace, or the same one grown. */
  take(events: readonly TraceEvent[]): this {
    const isSame =
      events.length >= this.#seen &&
      events[0] === this.events[0] &&
      events[this.#seen - 1] === this.events[this.#seen - 1];
    if (!isSame) {
      this.#tracks = new Map();
      this.#open = new Set();
      this.#seen = 0;
      this.most = 0;
    }
    this.events = events;
    for (; this.#seen < events.length; this.#seen++) {
      this.#fold(events[this.#seen] as TraceEvent, this.#seen);
    }
    return this;
  }

  /** The connection that had this descriptor at an event. */
  trackAt(fd: Fd, index: number): Track | undefined {
    return this.#tracks.get(fd)?.findLast(({ opened }) => opened <= index);
  }

  #last(fd: Fd): Track | undefined {
    return this.#tracks.get(fd)?.at(-1);
  }

  #fold(event: TraceEvent, at: number): void {
    switch (event.step) {
      case 'socket':
        this.#isOpen(event.fd);
        return;
      case 'accept': {
        const isPlain = event.call !== undefined || event.inferred === true;
        const track = newTrack(at, isPlain);
        const others = this.#tracks.get(event.fd);
        if (others === undefined) this.#tracks.set(event.fd, [track]);
        else others.push(track);
        this.#isOpen(event.fd);
        return;
      }
      case 'recv': {
        const track = this.#last(event.fd);
        if (track?.isPlain) {
          track.stream.readWhole(event.length ?? event.bytes.length);
          readOn(track, at, track.stream.length); // nobody knows what it holds back
        } else track?.stream.read(event.bytes);
        return;
      }
      case 'handshake': {
        const track = this.#last(event.fd);
        if (track?.isPlain) {
          track.isPlain = false;
          track.stream.beginFrames();
          return;
        }
        const head = track?.stream.units[0]?.end ?? 0;
        if (track !== undefined) readOn(track, at, Math.min(head, track.stream.length));
        return;
      }
      case 'parse': {
        const track = this.#last(event.fd);
        if (track === undefined) return;
        // the original reads what one recv gave as one frame, and drops what was left over before it
        const before = this.events[at - 1];
        const isAll = before?.step === 'recv' && before.bytes.length === event.bytes.length;
        const end = (track.readTo.at(-1) ?? 0) + event.bytes.length;
        readOn(track, at, isAll ? track.stream.length : end);
        return;
      }
      case 'broadcast':
        for (const fd of event.to) this.#last(fd)?.made.push(at);
        return;
      case 'send':
        this.#last(event.fd)?.offered.push(at);
        return;
      case 'block':
        if (event.syscall === 'send') this.#last(event.fd)?.offered.push(at);
        return;
      case 'disconnect':
        this.#open.delete(event.fd);
        return;
      case 'setsockopt':
      case 'bind':
      case 'listen':
      case 'select':
      case 'deal':
      case 'error':
      case 'arrive':
      case 'act':
      case 'again':
      case 'fault':
      case 'wake':
      case 'other':
      case 'broker':
      case 'call':
      case 'unknown':
        return;
      default:
        event satisfies never;
    }
  }

  #isOpen(fd: Fd): void {
    this.#open.add(fd);
    this.most = Math.max(this.most, this.#open.size);
  }
}

function newTrack(opened: number, isPlain: boolean): Track {
  const stream = new Fields(true);
  return { opened, stream, isPlain, readAt: [], readTo: [], made: [], offered: [] };
}

function readOn(track: Track, at: number, end: number): void {
  track.readAt.push(at);
  track.readTo.push(end);
}

/** The last of some rising numbers that is at most `index`; -1 for none. */
export function lastUpTo(sorted: readonly number[], index: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
