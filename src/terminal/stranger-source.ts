/**
 * The source of a program that is watched, read from this machine where it is there: the line that made a
 * call, with those around it.
 * @module
 */

import { readFileSync, statSync } from 'node:fs';
import type { SourcePlace } from '../trace/event.js';
import { plain } from './wrap.js';

/** A line of a stranger's program. */
export interface StrangerSource {
  readonly place: SourcePlace;
  /** All lines of its file; null where it cannot be read. */
  readonly lines: readonly string[] | null;
}

/** The longest file that is read, in bytes: a trace may name any. */
const LONGEST = 1 << 20;

const read = new Map<string, readonly string[] | null>();

/** The line of a step, with its file. */
export function strangerSourceOf(place: SourcePlace): StrangerSource {
  const { file } = place;
  if (!read.has(file)) read.set(file, readSource(file)?.split('\n') ?? null);
  return { place, lines: read.get(file) ?? null };
}

/** The text of a file, safe to show; null for what is no file, or cannot be read. */
export function readSource(file: string): string | null {
  try {
    const about = statSync(file);
    if (!about.isFile() || about.size > LONGEST) return null;
    return plain(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
