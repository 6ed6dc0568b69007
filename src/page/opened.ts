/**
 * What was opened in place of a run: a trace, a file that strace wrote, a recording of the gallery; and which of
 * its loops is walked through.
 * @module
 */

import { batch, computed, type Signal, signal } from '@preact/signals';
import { describeError } from '../texts/errors.js';
import { readTrace } from '../trace/ndjson.js';
import { language } from './language.js';
import { say } from './texts.js';
import type { StraceTeller, ToldFile, TracedLoop } from './watch/told.js';

/** A file, or nothing. */
export class Opened {
  /** What it is called; null while a run is walked through. */
  readonly name = signal<string | null>(null);
  /** Its loops: one of a trace, several of a program that has as many. */
  readonly loops = signal<readonly TracedLoop[]>([]);
  /** The number of the one that is walked through, from 1. */
  readonly number = signal(1);
  /** That loop; null while a run is walked through. */
  readonly loop = computed((): TracedLoop | null =>
    this.name.value === null ? null : (this.loops.value[this.number.value - 1] ?? null),
  );
  /** Its name in the gallery, with how it is played; '' for another file, or none. */
  recording = '';

  /** Takes a file. @param wanted the number of the loop, if it has one of that number; else the busiest is taken */
  take(name: string, told: ToldFile, recording: string, wanted: number): TracedLoop {
    const number = told.loops[wanted - 1] === undefined ? told.busiest : wanted;
    const loop = told.loops[number - 1];
    if (loop === undefined) throw new Error('bug: a file that is shown has a loop');
    this.recording = recording;
    batch(() => {
      this.name.value = name;
      this.loops.value = told.loops;
      this.number.value = number;
    });
    return loop;
  }

  /** Takes another of its loops. @returns null for a number that none has */
  choose(number: number): TracedLoop | null {
    const loop = this.loops.peek()[number - 1] ?? null;
    if (loop !== null) this.number.value = number;
    return loop;
  }
}

/** Reads a trace, as far as it can be read. @returns in one sentence why nothing of it can */
export function readTraceFile(name: string, text: string): ToldFile | string {
  const { events, error, maker } = readTrace(text);
  const reason = error === null ? '' : describeError(error, language.value);
  if (events.length === 0) return say('trace.none', { name, reason: reason || say('trace.empty') });
  const notes = error === null ? [] : [say('trace.cut', { name, n: events.length, reason })];
  return { loops: [{ maker, events }], busiest: 1, notes };
}

/** How a file of strace's is told. */
interface Telling {
  readonly name: string;
  /** Whether nothing else was begun meanwhile. */
  readonly isWanted: () => boolean;
  readonly loadTeller: () => Promise<StraceTeller>;
  /** How far it is read, and what is to be said of it. */
  readonly notices: Signal<readonly string[]>;
}

/** Tells a file of strace's. @returns null where there is nothing to show, or another was chosen meanwhile */
export async function tellFile(
  file: File,
  { name, isWanted, loadTeller, notices }: Telling,
): Promise<ToldFile | null> {
  const onRead = (part: number): boolean => {
    if (!isWanted()) return false;
    const percent = String(Math.floor(100 * part));
    notices.value = part < 1 ? [say('strace.reading', { name, percent })] : [];
    return true;
  };
  try {
    const { tell } = await loadTeller();
    const told = await tell(file, { name, onRead });
    if (told === null || told.loops.length > 0) return told;
    notices.value = told.notes;
  } catch (error) {
    if (isWanted()) notices.value = [sayNotLoaded(error)];
  }
  return null;
}

/** A page that takes no files needs none. */
export function noTeller(): Promise<StraceTeller> {
  return Promise.reject(new Error('bug: nothing tells what strace wrote'));
}

/** Why what tells such files is not there. */
export function sayNotLoaded(error: unknown): string {
  return say('strace.not-loaded', { reason: describeError(error, language.value) });
}
