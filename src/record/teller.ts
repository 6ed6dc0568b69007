/**
 * Tells what a recording holds: its steps on the terminal as they come, each loop's in a file of its own,
 * and at the end what each loop is like.
 * @module
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Address } from '../net/net.js';
import { Failure } from '../terminal/failure.js';
import { numbered } from '../terminal/new-file.js';
import { warn, writeJson, writeLine } from '../terminal/print.js';
import { storyLine, terminalWidth } from '../terminal/story.js';
import { summaryLines } from '../terminal/summary-lines.js';
import { TraceFile } from '../terminal/trace-file.js';
import type { Language } from '../texts/language.js';
import type { TraceMaker } from '../trace/maker.js';
import type { Found } from '../watch/found.js';
import { LoopReader, type LoopStep, type RecordingSource, type SeenLoop } from '../watch/reader.js';
import type { Summary } from '../watch/summary.js';
import { type WatchSay, watchSpeaker } from '../watch/words.js';
import type { Trial } from './faults.js';
import type { SourceLines } from './source-lines.js';

/** How it is told. */
export interface TellingOptions {
  /** The file that gets the trace of the first loop; others' names have a number. */
  trace?: string;
  /** The most that each may take, in MiB. */
  traceLimit: number;
  /** Whether such a file may be written over. */
  force?: boolean;
  /** Whether the steps are not printed. */
  quiet?: boolean;
  format: 'text' | 'json';
}

/** Where else the steps are shown, while the program runs. */
export interface Show {
  tell(step: LoopStep, made: TraceMaker): void;
  /** What the program prints, a line. */
  says(line: string): void;
}

/** Columns where the output is no terminal. */
const WIDTH = 80;

/** A file that a loop's trace is kept in. */
interface Kept {
  readonly path: string;
  readonly file: TraceFile;
}

/** Takes the text, and tells. */
export class Teller {
  readonly #options: TellingOptions;
  readonly #source: RecordingSource;
  readonly #language: Language;
  readonly #say: WatchSay;
  readonly #reader: LoopReader;
  readonly #show: Show | null;
  readonly #kept: (Kept | null)[] = [];
  readonly #lines: SourceLines | null;
  #waits: Promise<void> | undefined;
  /** Whether a piece waits for lines that are looked for. */
  #isLearning = false;

  /** @param lines finds who made each call; null where nobody asks */
  constructor(
    options: TellingOptions,
    source: RecordingSource,
    language: Language,
    show: Show | null = null,
    lines: SourceLines | null = null,
  ) {
    this.#show = show;
    this.#lines = lines;
    this.#options = options;
    this.#source = source;
    this.#language = language;
    this.#say = watchSpeaker(language);
    this.#reader = new LoopReader(source, lines?.lineOf ?? null);
  }

  /** Loops by now. */
  get loops(): number {
    return this.#reader.loops.length;
  }

  /** Where the program listens; null as long as it does not. */
  get listening(): Address | null {
    return this.#reader.listening;
  }

  /** What a process had open that was attached to. */
  find(found: Found): void {
    this.#reader.find(found);
  }

  /**
   * Tells the next piece: at once, unless lines have to be found first.
   *
   * @returns settled when it is told, and the files take more: the next piece has to wait for that
   * @throws Failure where the file of a loop cannot be made
   */
  async push(text: string): Promise<void> {
    if (this.#lines !== null) {
      this.#isLearning = true;
      await this.#lines.learn(text);
      this.#isLearning = false;
    }
    this.#tell(this.#reader.push(text));
    await this.#waits;
    await nextTurn();
  }

  /** Lines that have not been found by now are waited for no longer. */
  hurry(): void {
    this.#lines?.close();
  }

  /** Nothing more has come for a while. @throws Failure as `push` does */
  pause(): void {
    if (!this.#isLearning) this.#tell(this.#reader.pause());
  }

  /** Writes what is left. @throws Failure as `push` does */
  async close(): Promise<void> {
    try {
      this.#tell(this.#reader.end());
    } finally {
      const { loops } = this.#reader;
      for (const [i, loop] of loops.entries()) {
        await this.#kept[i]?.file.close(this.#reader.makerOf(loop, loops.length));
      }
    }
  }

  /**
   * Says what each loop is like.
   *
   * @param trial the fault that was played, for a program that reads it
   * @throws Failure (1) where there is none, and nobody waits for anyone
   */
  end(trial: Trial | null): void {
    const { loops } = this.#reader;
    const summaries = loops.map(({ summing }) => summing.summary());
    const stands = loops.length === 0 ? this.#stands() : [];
    if (loops.length === 0 && stands.length === 0) throw this.#none();
    if (this.#options.format === 'json') {
      writeJson(`${JSON.stringify(this.#json(summaries, trial), null, 2)}\n`);
      return;
    }
    this.#write(summaries);
    for (const line of stands) writeLine(line);
  }

  /** Who waits, where nobody has come: a line each. */
  #stands(): string[] {
    const { waiting, listening, blocking } = this.#reader;
    if (waiting.length > 0) {
      const key = listening === null ? 'none.waiting.nowhere' : 'none.waiting';
      return waiting.map((one) => this.#say(key, { ...one, ...listening }));
    }
    if (listening === null || blocking > 0) return [];
    return [this.#say('none.listening', { ...listening })];
  }

  /** Why there is no loop. */
  #none(): Failure {
    const { blocking, unread, calls } = this.#reader;
    // a process whose threads all stand in other calls makes none, and is there all the same
    if (calls === 0 && this.#source.recorder === 'strace') {
      return new Failure('watch.notStrace', { file: this.#source.program });
    }
    if (blocking > 0) return new Failure(this.#say('none.blocking', { calls: blocking }));
    return new Failure(
      unread > 0 ? this.#say('none.unread', { lines: unread }) : this.#say('none'),
    );
  }

  #tell(steps: readonly LoopStep[]): void {
    const { quiet, format } = this.#options;
    for (const step of steps) {
      const { loop, event } = step;
      const kept = this.#keptOf(loop);
      this.#show?.tell(step, this.#reader.makerOf(loop));
      this.#waits = kept?.file.tell(event) ?? this.#waits;
      if (quiet === true || format === 'json') continue;
      if (event.step === 'select') writeLine();
      writeLine(storyLine(event, terminalWidth(), this.#language));
    }
  }

  /** The file of a loop; a new loop gets one, and is told of. */
  #keptOf(loop: SeenLoop): Kept | null {
    const known = this.#kept[loop.number - 1];
    if (known !== undefined) return known;
    const { trace, format, quiet } = this.#options;
    const path = trace === undefined ? '' : numbered(trace, loop.number);
    this.#kept[loop.number - 1] = null; // one that cannot be made is not tried again
    const kept = trace === undefined ? null : { path, file: this.#open(path, loop) };
    this.#kept[loop.number - 1] = kept;
    if (format === 'text' && quiet !== true) writeLine(this.#say('loop', nameOf(loop)));
    return kept;
  }

  #open(path: string, loop: SeenLoop): TraceFile {
    const { traceLimit, force } = this.#options;
    return TraceFile.open(path, {
      maker: this.#reader.makerOf(loop),
      madeAtEnd: true,
      ...{ limit: traceLimit * (1 << 20), force: force === true, language: this.#language },
      onEnd: (why) => warn(this.#say('trace.ends', { why })),
    });
  }

  #write(summaries: readonly Summary[]): void {
    const { loops, unread, lost } = this.#reader;
    for (const [i, loop] of loops.entries()) {
      writeLine();
      writeLine(this.#say('loop', nameOf(loop)));
      const summary = summaries[i] as Summary;
      for (const line of summaryLines(summary, terminalWidth() ?? WIDTH, this.#language)) {
        writeLine(line);
      }
      const path = this.#kept[i]?.path;
      if (path !== undefined) writeLine(this.#say('trace.kept', { file: path }));
    }
    if (unread > 0) writeLine(this.#say('unread', { lines: unread }));
    if (lost > 0) writeLine(this.#say('lost', { calls: lost }));
  }

  #json(summaries: readonly Summary[], trial: Trial | null): unknown {
    const { loops, unread, lost } = this.#reader;
    return {
      program: this.#source.program,
      ...{ unread, lost, listening: this.#reader.listening, waiting: this.#reader.waiting },
      ...(trial !== null && { fault: { name: trial.fault, saw: trial.sightings } }),
      loops: loops.map((loop, i) => ({
        pid: loop.pid,
        program: this.#reader.makerOf(loop).program,
        ...summaries[i],
      })),
    };
  }
}

function nameOf({ number, pid }: SeenLoop): { number: number; pid: number } {
  return { number, pid };
}
