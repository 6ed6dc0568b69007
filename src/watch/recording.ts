/**
 * A file that strace wrote, as the loops that are in it, each with its steps. It is taken in pieces, in
 * linear time and bounded memory: of a file with more steps the first are kept.
 * @module
 */

import type { TraceEvent } from '../trace/event.js';
import type { TraceMaker } from '../trace/maker.js';
import { LoopReader, type LoopStep } from './reader.js';
import type { Summary } from './summary.js';

/** What is kept of a file. */
export interface RecordingLimits {
  /** Steps of all loops together. */
  steps: number;
  /** Their bytes. */
  bytes: number;
}

/** Of a file for which nothing else is asked. */
const LIMITS: RecordingLimits = { steps: 300_000, bytes: 64 << 20 };

/** One loop of it. */
export interface RecordedLoop {
  readonly maker: TraceMaker;
  readonly events: readonly TraceEvent[];
  /** Its figures, of what was read. */
  readonly summary: Summary;
}

/** Takes a file. */
export class Recording {
  readonly #limits: RecordingLimits;
  readonly #reader: LoopReader;
  readonly #events: TraceEvent[][] = [];
  #steps = 0;
  #bytes = 0;

  /** @param program what it is called where the text does not say which program was run: a file's name */
  constructor(program: string, limits: Partial<RecordingLimits> = {}) {
    this.#reader = new LoopReader({ recorder: 'strace', program });
    this.#limits = { ...LIMITS, ...limits };
  }

  /** Takes the next piece. @returns false once there are as many steps as are kept: the rest need not be read */
  push(piece: string): boolean {
    if (!this.isFull) this.#keep(this.#reader.push(piece));
    return !this.isFull;
  }

  /** The file has ended. */
  end(): void {
    if (!this.isFull) this.#keep(this.#reader.end());
  }

  /** Whether it may have more steps than are kept. */
  get isFull(): boolean {
    return this.#steps >= this.#limits.steps || this.#bytes >= this.#limits.bytes;
  }

  /** Its loops, in the order of their first wait; none where no thread waits for TCP sockets. */
  get loops(): readonly RecordedLoop[] {
    const { loops } = this.#reader;
    const kept = loops.filter((_, i) => this.#events[i] !== undefined);
    return kept.map((loop, i) => ({
      maker: this.#reader.makerOf(loop, kept.length),
      events: this.#events[i] ?? [],
      summary: loop.summing.summary(),
    }));
  }

  /** Lines that are none of strace's. */
  get unread(): number {
    return this.#reader.unread;
  }

  /** Calls of which a part is missing. */
  get lost(): number {
    return this.#reader.lost;
  }

  /** Calls that waited for one socket, in threads without a loop: a thread for each client, maybe. */
  get blocking(): number {
    return this.#reader.blocking;
  }

  #keep(steps: readonly LoopStep[]): void {
    for (const { loop, event } of steps) {
      if (this.isFull) return;
      this.#events[loop.number - 1] ??= [];
      this.#events[loop.number - 1]?.push(event);
      this.#steps++;
      if ('bytes' in event) this.#bytes += event.bytes?.length ?? 0;
    }
  }
}

/** Characters of a whole text that are read at once. */
const PIECE = 1 << 20;

/** Reads a text that is here as a whole. @param program as `Recording` takes it */
export function readRecording(
  text: string,
  program: string,
  limits: Partial<RecordingLimits> = {},
): Recording {
  const recording = new Recording(program, limits);
  for (let at = 0; at < text.length; at += PIECE) {
    if (!recording.push(text.slice(at, at + PIECE))) break;
  }
  recording.end();
  return recording;
}

/** The number of the loop with the most steps, from 1: the others mostly wait for their parent, or for a signal. */
export function busiestOf(loops: readonly RecordedLoop[]): number {
  const most = Math.max(...loops.map(({ events }) => events.length));
  return loops.findIndex(({ events }) => events.length === most) + 1;
}
