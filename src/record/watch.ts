/**
 * `loopscope watch`: runs any server under strace and tells what its loop does, step by step; at the
 * end what it is like. A file that strace wrote elsewhere is told the same way, on any system.
 * @module
 */

import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Failure } from '../terminal/failure.js';
import { checkNew } from '../terminal/new-file.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { RecordingSource } from '../watch/reader.js';
import type { Fault } from './fault-names.js';
import { Trial } from './faults.js';
import { Session, type WatchShow } from './session.js';
import { linesOf, sayMissing } from './source.js';
import { Teller, type TellingOptions } from './teller.js';

/** What `loopscope watch` takes. */
export interface WatchOptions extends TellingOptions {
  /** A process that runs already. */
  attach?: number;
  /** A file that strace wrote. */
  read?: string;
  /** What the server is tried with. */
  fault?: Fault;
  /** Whether its own lines stand beside its steps. */
  source?: boolean;
}

/**
 * Watches until the program ends, or Ctrl-C.
 *
 * @param command the program and its arguments
 * @param show where its steps are shown besides
 * @throws Failure (2) for none or several of a command, a process and a file; (1) without strace, for a
 *   program that does not come up, for a trace that is there already, and where no loop was seen
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
  if (options.fault !== undefined && read !== undefined) {
    throw new Failure('watch.faultRuns', {}, 2);
  }
  if (options.trace !== undefined) checkNew(options.trace, 'trace', options.force);
  const trial = options.fault === undefined ? null : new Trial(options.fault);
  const lines = options.source === true ? linesOf(command[0] ?? '', options, language) : null;
  const teller = new Teller(options, sourceOf(command, options), language, show, lines);
  try {
    if (read !== undefined) await readFile(read, teller);
    else {
      const how = { ...options, trial, language, show, stacks: lines !== null };
      await new Session(command, how, teller).run();
    }
  } finally {
    try {
      await show?.close();
      await teller.close();
    } finally {
      lines?.close();
    }
  }
  teller.end(trial);
  if (lines !== null) sayMissing(lines, language);
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
      await teller.push(String(piece));
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Failure('watch.unread', { path, message });
  }
}
