/**
 * `loopscope watch`: runs any server under strace and tells what its loop does, step by step; at the
 * end what it is like. A file that strace wrote elsewhere is told the same way, on any system.
 * @module
 */

import { createReadStream } from 'node:fs';
import { basename, extname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Failure } from '../terminal/failure.js';
import { warn, watchOutput, writeJson, writeLine } from '../terminal/print.js';
import { storyLine, terminalWidth } from '../terminal/story.js';
import { summaryLines, type WatchSay, watchSpeaker } from '../terminal/summary-lines.js';
import { TraceFile } from '../terminal/trace-file.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { TraceMaker } from '../trace/maker.js';
import { CallReader } from '../watch/calls.js';
import { type LoopEvent, Loops } from '../watch/loops.js';
import { type Summary, Summing } from '../watch/summary.js';
import { type Ended, Strace } from './strace.js';

/** What `loopscope watch` takes. */
export interface WatchOptions {
  /** A process that runs already. */
  attach?: number;
  /** A file that strace wrote. */
  read?: string;
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

/** Columns where the output is no terminal. */
const WIDTH = 80;

/** One loop, as it is told. */
interface Watched {
  readonly number: number;
  readonly pid: number;
  readonly summing: Summing;
  readonly file: TraceFile | null;
  readonly path: string;
}

/**
 * Watches until the program ends, or Ctrl-C.
 *
 * @param command the program and its arguments
 * @throws Failure (2) for none or several of a command, a process and a file; (1) without strace, for a
 *   program that does not come up, and where no loop was seen
 */
export async function watch(
  command: readonly string[],
  options: WatchOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const { attach, read } = options;
  const ways = [command.length > 0, attach !== undefined, read !== undefined].filter(Boolean);
  if (ways.length !== 1) throw new Failure('watch.what', {}, 2);
  const teller = new Teller(options, nameOf(command, options), language);
  try {
    if (read !== undefined) await readFile(read, teller);
    else await run(command, options, teller, language);
  } finally {
    await teller.close();
  }
  teller.end();
}

function nameOf([program = '']: readonly string[], { attach, read }: WatchOptions): string {
  if (read !== undefined) return basename(read);
  return attach === undefined ? basename(program) : String(attach);
}

/** Tells a file in pieces. */
async function readFile(path: string, teller: Teller): Promise<void> {
  try {
    for await (const piece of createReadStream(path, { encoding: 'latin1' })) {
      teller.push(String(piece));
      await teller.settled();
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Failure('watch.unread', { path, message });
  }
}

async function run(
  command: readonly string[],
  { attach, format, quiet }: WatchOptions,
  teller: Teller,
  language: Language,
): Promise<void> {
  const say = watchSpeaker(language);
  const strace = new Strace();
  let stopping = false;
  const interrupt = () => {
    if (stopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    stopping = true;
    if (format === 'text') {
      writeLine(); // behind ^C
      writeLine(say('stop'));
    }
    void strace.stop();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  watchOutput({ onGone: interrupt, onFull: (why) => warn(why) });
  const who = nameOf(
    command,
    attach === undefined ? { format, traceLimit: 0 } : { format, traceLimit: 0, attach },
  );
  try {
    await strace.start(attach === undefined ? { command } : { attach }, {
      onCalls: (text) => teller.push(text),
      onWords: (text) => {
        if (format === 'json' || quiet === true) return;
        for (const line of text.split('\n')) {
          if (line.trim() !== '') writeLine(say('says', { who, line }));
        }
      },
    });
    if (format === 'text') {
      writeLine(
        attach === undefined
          ? say('start', { what: command.join(' ') })
          : say('start.attach', { pid: attach }),
      );
    }
    const ended = await strace.ended();
    if (!stopping) check(ended, who, teller, say);
  } finally {
    await strace.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** A program that was not there, or that ended before it served anyone, is told with its last words. */
function check({ code, words }: Ended, program: string, { loops }: Teller, say: WatchSay): void {
  if (loops > 0) {
    if (code !== 0) warn(say('ended', { program, code: code ?? -1, words }));
    return;
  }
  if (/Can't stat|No such file/.test(words)) throw new Failure('watch.noProgram', { program });
  if (/ptrace|PTRACE|Operation not permitted/.test(words)) {
    throw new Failure('watch.denied', { program, words });
  }
  const values = { program, code: code ?? -1, words };
  throw new Failure(words === '' ? 'watch.ended.silent' : 'watch.ended', values);
}

/** Tells what comes: on the terminal, in files, and at the end. */
class Teller {
  readonly #options: WatchOptions;
  readonly #program: string;
  readonly #language: Language;
  readonly #say: WatchSay;
  readonly #calls = new CallReader();
  readonly #all = new Loops();
  readonly #watched = new Map<number, Watched>();
  #waits: Promise<void> | undefined;

  constructor(options: WatchOptions, program: string, language: Language) {
    this.#options = options;
    this.#program = program;
    this.#language = language;
    this.#say = watchSpeaker(language);
  }

  /** Loops by now. */
  get loops(): number {
    return this.#watched.size;
  }

  push(text: string): void {
    for (const told of this.#calls.push(text)) this.#tell(this.#all.take(told));
  }

  /** Waits where the files take no more. */
  async settled(): Promise<void> {
    await this.#waits;
    await nextTurn();
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    for (const told of this.#calls.end()) this.#tell(this.#all.take(told));
    for (const { file } of this.#watched.values()) await file?.close();
  }

  /** Says what each loop is like. @throws Failure (1) where there is none */
  end(): void {
    const loops = [...this.#watched.values()];
    const summaries = loops.map(({ summing }) => summing.summary());
    if (this.#options.format === 'json') {
      writeJson(`${JSON.stringify(this.#json(loops, summaries), null, 2)}\n`);
    } else this.#write(loops, summaries);
    if (loops.length > 0) return;
    const { blocking } = this.#all;
    throw blocking > 0
      ? new Failure(this.#say('none.blocking', { calls: blocking }))
      : new Failure(this.#say('none'));
  }

  #tell(events: readonly LoopEvent[]): void {
    const { quiet, format } = this.#options;
    for (const { pid, event } of events) {
      const watched = this.#watched.get(pid) ?? this.#newLoop(pid);
      watched.summing.fold(event);
      this.#waits = watched.file?.tell(event) ?? this.#waits;
      if (quiet === true || format === 'json') continue;
      if (event.step === 'select') writeLine();
      writeLine(storyLine(event, terminalWidth(), this.#language));
    }
  }

  #newLoop(pid: number): Watched {
    const number = this.#watched.size + 1;
    const { trace, format, quiet } = this.#options;
    const path = trace === undefined ? '' : numbered(trace, number);
    const file = trace === undefined ? null : this.#open(path);
    const watched = { number, pid, summing: new Summing(), file, path };
    this.#watched.set(pid, watched);
    if (format === 'text' && quiet !== true) writeLine(this.#say('loop', { number, pid }));
    return watched;
  }

  #open(path: string): TraceFile {
    const { traceLimit, force, read } = this.#options;
    const maker: TraceMaker = {
      program: this.#program,
      profile: this.#program,
      clock: 'real',
      recorder: read === undefined ? 'watch' : 'strace',
    };
    return TraceFile.open(path, {
      ...{ maker, limit: traceLimit * (1 << 20), force: force === true, language: this.#language },
      onEnd: (why) => warn(this.#say('trace.ends', { why })),
    });
  }

  #write(loops: readonly Watched[], summaries: readonly Summary[]): void {
    const { unread } = this.#calls;
    for (const [i, { number, pid, path }] of loops.entries()) {
      writeLine();
      writeLine(this.#say('loop', { number, pid }));
      const summary = summaries[i] as Summary;
      for (const line of summaryLines(summary, terminalWidth() ?? WIDTH, this.#language)) {
        writeLine(line);
      }
      if (path !== '') writeLine(this.#say('trace.kept', { file: path }));
    }
    if (unread > 0) writeLine(this.#say('unread', { lines: unread }));
  }

  #json(loops: readonly Watched[], summaries: readonly Summary[]): unknown {
    return {
      program: this.#program,
      unread: this.#calls.unread,
      loops: loops.map(({ pid }, i) => ({ pid, ...summaries[i] })),
    };
  }
}

/** `chat.ndjson` for the first loop, `chat.2.ndjson` for the second. */
function numbered(path: string, number: number): string {
  if (number === 1) return path;
  const end = extname(path);
  return `${path.slice(0, path.length - end.length)}.${number}${end}`;
}
