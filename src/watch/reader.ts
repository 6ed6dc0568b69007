/**
 * What strace(1) wrote, in any pieces, as loops with their events: the one way from its text to traces,
 * for the command, the stepper and the page. Any text may come; memory is bounded and time linear.
 * @module
 */

import type { Address } from '../net/net.js';
import type { SourcePlace, TraceEvent } from '../trace/event.js';
import type { TraceMaker } from '../trace/maker.js';
import { CallReader, type Told } from './calls.js';
import type { Found } from './found.js';
import { Loops, type Waiting } from './loops.js';
import { type Frame, isWorkOf } from './stack.js';
import { Summing } from './summary.js';

/** Finds the line of the program's own that made a call; null where none is known. */
export type LineOf = (stack: readonly Frame[]) => SourcePlace | null;

/** Where a text comes from. */
export interface RecordingSource {
  /** `watch` for a program that runs, `strace` for a file. */
  readonly recorder: 'watch' | 'strace';
  /** What it is called where the text does not say which program was run: a file's name. */
  readonly program: string;
  readonly arguments?: readonly string[];
}

/** A loop that was seen. */
export interface SeenLoop {
  /** From 1, in the order in which they came to wait. */
  readonly number: number;
  /** The thread that waits; 0 where strace followed only one and says no number. */
  readonly pid: number;
  /** The figures so far. */
  readonly summing: Summing;
}

/** An event of one of them. */
export interface LoopStep {
  readonly loop: SeenLoop;
  readonly event: TraceEvent;
}

/** Takes a text as it comes. */
export class LoopReader {
  readonly #source: RecordingSource;
  readonly #lineOf: LineOf | null;
  readonly #calls: CallReader;
  readonly #all = new Loops();
  readonly #seen: SeenLoop[] = [];
  readonly #byNumber = new Map<number, SeenLoop>();
  #count = 0;

  /** @param lineOf finds the lines behind the calls of a recording that has their stacks */
  constructor(source: RecordingSource, lineOf: LineOf | null = null) {
    this.#source = source;
    this.#lineOf = lineOf;
    this.#calls = new CallReader({ stacks: lineOf !== null });
  }

  /** The loops by now, the first one first. */
  get loops(): readonly SeenLoop[] {
    return this.#seen;
  }

  /** Lines by now that are no line of strace's. */
  get unread(): number {
    return this.#calls.unread;
  }

  /** Calls by now of which a part is missing. */
  get lost(): number {
    return this.#calls.lost;
  }

  /** Where the program came to listen first; null as long as it does not. */
  get listening(): Address | null {
    const { listener } = this.#all.kernel;
    return listener === null ? null : { host: listener.host, port: listener.port };
  }

  /** Threads that wait, and to which nobody has come by now. */
  get waiting(): readonly Waiting[] {
    return this.#all.waiting;
  }

  /** Calls and ends of threads that were read by now. */
  get calls(): number {
    return this.#count;
  }

  /** Calls of accept and recv in threads that have no loop. */
  get blocking(): number {
    return this.#all.blocking;
  }

  /** Takes what a process had open that was attached to, before the first piece. */
  find(found: Found): void {
    this.#all.kernel.find(found);
  }

  /** Takes the next piece, and gives what its whole lines tell. */
  push(text: string): LoopStep[] {
    return this.#calls.push(text).flatMap((told) => this.#steps(told));
  }

  /** Nothing more comes for a while: the call that stands, if it stands in the way of others, is told of. */
  pause(): LoopStep[] {
    const standing = this.#calls.standing();
    const told = [...this.#calls.release(), ...(standing === null ? [] : [standing])];
    return told.flatMap((one) => this.#steps(one));
  }

  /** The text has ended. */
  end(): LoopStep[] {
    return this.#calls.end().flatMap((told) => this.#steps(told));
  }

  /** What made the trace of a loop, as far as it is known. @param loops how many there are in all, once that is known */
  makerOf({ number, pid }: SeenLoop, loops?: number): TraceMaker {
    const { recorder, program, arguments: words } = this.#source;
    const seen = this.#all.kernel.programOf(pid);
    const name = seen === null ? program : seen.path.slice(seen.path.lastIndexOf('/') + 1);
    const argv = seen?.arguments ?? words;
    return {
      ...{ program: name, profile: name, clock: 'real', recorder },
      ...(argv !== undefined && { arguments: argv }),
      ...(pid > 0 && { pid }),
      loop: number,
      ...(loops !== undefined && { loops }),
    };
  }

  #steps(told: Told): LoopStep[] {
    this.#count++;
    const stack = told.state === 'returned' ? (told.stack ?? []) : [];
    const source = stack.length === 0 ? null : (this.#lineOf?.(stack) ?? null);
    return this.#all.take(told).map(({ number, pid, event }) => {
      const loop = this.#byNumber.get(number) ?? this.#newLoop(number, pid);
      loop.summing.fold(event);
      const isIts = source !== null && told.state === 'returned' && isWorkOf(event, told.name);
      return { loop, event: isIts ? { ...event, source } : event };
    });
  }

  /** A loop is one once it has an event: of a wait that never came back there is none. */
  #newLoop(number: number, pid: number): SeenLoop {
    const loop = { number: this.#seen.length + 1, pid, summing: new Summing() };
    this.#byNumber.set(number, loop);
    this.#seen.push(loop);
    return loop;
  }
}
