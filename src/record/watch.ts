/**
 * `loopscope watch`: runs any server under strace and tells what its loop does, step by step; at the
 * end what it is like. A file that strace wrote elsewhere is told the same way, on any system.
 * @module
 */

import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Failure } from '../terminal/failure.js';
import { warn, watchOutput, writeLine } from '../terminal/print.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { RecordingSource } from '../watch/reader.js';
import { type WatchSay, watchSpeaker } from '../watch/words.js';
import { type Ended, Strace } from './strace.js';
import { type Show, Teller, type TellingOptions } from './teller.js';

/** What `loopscope watch` takes. */
export interface WatchOptions extends TellingOptions {
  /** A process that runs already. */
  attach?: number;
  /** A file that strace wrote. */
  read?: string;
}

/** A call that has not returned so many milliseconds after the last line is looked at. */
const PAUSE_MS = 250;

/** Where a program's steps are shown while it runs: on the screen of the stepper, on the page. */
export interface WatchShow extends Show {
  /** Takes what ends the program. */
  onQuit(quit: () => void): void;
  /** The program has ended. @returns settled when nobody looks any more */
  ended(): Promise<void>;
  /** Gives back what it has taken; may be called again. */
  close(): Promise<void>;
}

/**
 * Watches until the program ends, or Ctrl-C.
 *
 * @param command the program and its arguments
 * @param show where its steps are shown besides
 * @throws Failure (2) for none or several of a command, a process and a file; (1) without strace, for a
 *   program that does not come up, and where no loop was seen
 */
export async function watch(
  command: readonly string[],
  options: WatchOptions,
  language: Language = DEFAULT_LANGUAGE,
  show: WatchShow | null = null,
): Promise<void> {
  const { attach, read } = options;
  const ways = [command.length > 0, attach !== undefined, read !== undefined].filter(Boolean);
  if (ways.length !== 1) throw new Failure('watch.what', {}, 2);
  const teller = new Teller(options, sourceOf(command, options), language, show);
  try {
    if (read !== undefined) await readFile(read, teller);
    else await run(command, options, teller, language, show);
  } finally {
    await show?.close();
    await teller.close();
  }
  teller.end();
}

function sourceOf(
  [program = '', ...words]: readonly string[],
  { attach, read }: WatchOptions,
): RecordingSource {
  if (read !== undefined) return { recorder: 'strace', program: basename(read) };
  if (attach !== undefined) return { recorder: 'watch', program: String(attach) };
  return { recorder: 'watch', program: basename(program), arguments: words };
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
  show: WatchShow | null,
): Promise<void> {
  const say = watchSpeaker(language);
  const strace = new Strace();
  let stopping = false;
  const interrupt = () => {
    if (stopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    stopping = true;
    void show?.close();
    if (format === 'text') {
      writeLine(); // behind ^C
      writeLine(say('stop'));
    }
    void strace.stop();
  };
  const pause = setTimeout(() => teller.pause(), PAUSE_MS);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  watchOutput({ onGone: interrupt, onFull: (why) => warn(why) });
  const who = attach === undefined ? basename(command[0] ?? '') : String(attach);
  try {
    await strace.start(attach === undefined ? { command } : { attach }, {
      onCalls: (text) => {
        teller.push(text);
        pause.refresh();
      },
      onWords: (text) => {
        for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
          show?.says(line);
          if (format === 'text' && quiet !== true) writeLine(say('says', { who, line }));
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
    show?.onQuit(interrupt);
    const ended = await strace.ended();
    if (!stopping) await show?.ended();
    if (!stopping) check(ended, who, teller, say);
  } finally {
    clearTimeout(pause);
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
