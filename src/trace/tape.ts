/**
 * Writes steps down as they happen: several sources in one order, with one numbering.
 * @module
 */

import type { Step, TraceEvent } from './event.js';

/**
 * Keeps the steps of a server's loop, of its clients and of the network as the events of one trace.
 *
 * ```ts
 * import { Tape } from 'loopscope';
 *
 * const tape = new Tape(() => 7);
 * tape.record({ step: 'listen', fd: 3, backlog: 9 });
 * console.log(tape.events.map(({ seq, turn, t }) => [seq, turn, t])); // [ [ 0, 0, 7 ] ]
 * ```
 */
export class Tape {
  /** What was written, in order. */
  readonly events: TraceEvent[] = [];
  /** The turn that runs; 0 before the first. */
  turn = 0;
  readonly #now: () => number;
  #runs = true;

  /** @param now milliseconds, for what brings no time of its own */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Writes a step: into the turn that runs, now. */
  record(step: Step): void {
    this.#write(step, this.#now());
  }

  /** Writes an event of the loop, which knows its turn and its time; only its number is new. */
  copy(event: TraceEvent): void {
    this.turn = event.turn;
    this.#write(event, event.t);
  }

  /** What comes from here on is no part of the trace. */
  stop(): void {
    this.#runs = false;
  }

  #write(step: Step, t: number): void {
    if (!this.#runs) return;
    this.events.push({ ...step, v: 1, seq: this.events.length, turn: this.turn, t });
  }
}
