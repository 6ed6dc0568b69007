/**
 * One direction of a simulated connection: what is put on it arrives after the link's latency, in
 * order, as the rules have it.
 * @module
 */

import { microsOf, SimEvent } from './sim-clock.js';
import { Random } from './sim-random.js';
import { deliver, type Segment } from './sim-rules.js';
import type { Link, SimWorld } from './sim-world.js';

/** What both directions of a connection have in common. */
export class Line {
  readonly world: SimWorld;
  readonly link: Link;
  /** 1 for the first connection of the world, and so on. */
  readonly number: number;
  /** By a rule: nothing is put on it any more. */
  isCut = false;
  /** Its own, so that what others send does not change its jitter. */
  readonly #random: Random;

  constructor(world: SimWorld, link: Link, number: number) {
    this.world = world;
    this.link = link;
    this.number = number;
    this.#random = new Random(world.seed, number);
  }

  /** When something sent now arrives, if it overtakes nothing; in microseconds. */
  arrival(): number {
    const { latency, jitter } = this.link;
    const late = jitter === 0 ? 0 : this.#random.below(jitter + 1);
    return this.world.clock.now + latency + late;
  }
}

/** Where a wire ends. */
export interface WireEnd {
  /** The host's name. */
  readonly hostName: string;
  /** The wire back. */
  readonly wire: Wire;
  bytesArrive(bytes: Uint8Array): void;
  finArrives(): void;
  resetArrives(): void;
}

/** One direction of a connection. */
export class Wire {
  readonly line: Line;
  readonly #direction: Segment['direction'];
  readonly #from: WireEnd;
  #to: WireEnd;
  #seq = 0;
  #offset = 0;
  /** When the last thing put on it arrives: nothing overtakes it. In microseconds. */
  #last = 0;

  /** @param from whose sending end it is; `lead` says where it goes */
  constructor(line: Line, direction: Segment['direction'], from: WireEnd) {
    this.line = line;
    this.#direction = direction;
    this.#from = from;
    this.#to = from;
  }

  lead(to: WireEnd): void {
    this.#to = to;
  }

  /** What is put on it from now on arrives at this time, in microseconds, at the earliest. */
  notBefore(micros: number): void {
    if (micros > this.#last) this.#last = micros;
  }

  /** Sends one segment. */
  bytes(bytes: Uint8Array): void {
    if (this.line.isCut) return;
    const { rules } = this.line.world;
    if (rules.length > 0) this.#obey(bytes);
    else this.#arrive(new BytesArrive(this.#to, bytes), this.line.arrival());
    this.#seq++;
    this.#offset += bytes.length;
  }

  fin(): void {
    if (!this.line.isCut) this.#arrive(new FinArrives(this.#to), this.line.arrival());
  }

  reset(): void {
    if (!this.line.isCut) this.#arrive(new ResetArrives(this.#to), this.line.arrival());
  }

  #obey(bytes: Uint8Array): void {
    const { line } = this;
    const at = line.arrival();
    const { pieces, cut } = deliver(line.world.rules, {
      connection: line.number,
      from: this.#from.hostName,
      to: this.#to.hostName,
      direction: this.#direction,
      seq: this.#seq,
      offset: this.#offset,
      bytes,
      arrivesMs: at / 1_000,
    });
    for (const piece of pieces) {
      this.notBefore(this.#last + microsOf(piece.gapMs));
      this.#arrive(new BytesArrive(this.#to, piece.bytes), at + microsOf(piece.delayMs));
    }
    if (cut === null) return;
    if (cut === 'reset') {
      this.#arrive(new ResetArrives(this.#to), at);
      this.#to.wire.#arrive(new ResetArrives(this.#from), this.#last);
    }
    line.isCut = true;
  }

  #arrive(event: SimEvent, at: number): void {
    this.notBefore(at);
    this.line.world.clock.schedule(event, this.#last);
  }
}

/** Something on a wire. */
abstract class Arrival extends SimEvent {
  protected readonly to: WireEnd;

  constructor(to: WireEnd) {
    super();
    this.to = to;
  }
}

class BytesArrive extends Arrival {
  readonly #bytes: Uint8Array;

  constructor(to: WireEnd, bytes: Uint8Array) {
    super(to);
    this.#bytes = bytes;
  }

  run(): boolean {
    this.to.bytesArrive(this.#bytes);
    return false;
  }
}

class FinArrives extends Arrival {
  run(): boolean {
    this.to.finArrives();
    return false;
  }
}

class ResetArrives extends Arrival {
  run(): boolean {
    this.to.resetArrives();
    return false;
  }
}
