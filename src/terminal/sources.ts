/**
 * The source lines of a step, in the TypeScript that ran and in its PHP twin, out of the sources
 * that ship with the package; those of a call, out of what the student wrote.
 * @module
 */

import { readFileSync } from 'node:fs';
import { findLesson } from '../lesson/lesson.js';
import { StudentFolder } from '../lesson/student-folder.js';
import type { Profile } from '../scenario/simulate.js';
import type { CallStep, StepName } from '../trace/event.js';
import { functionIn } from '../trace/own-lines.js';
import { PHP_FILE, type Region, regionsOf, SOURCE_FILES } from '../trace/regions.js';
import { printable } from '../trace/text.js';
import { shownPath } from './student.js';

/** The lines of a step. */
export interface SourceLines {
  /** The file's path in the package. */
  file: string;
  /** The number of the first line, from 1. */
  line: number;
  /** The lines, without the indentation that all of them share. */
  text: string[];
}

/** The steps that a server takes, in order: each has its lines in each server, PHP's included. */
export const MARKED_STEPS = [
  'socket',
  'setsockopt',
  'bind',
  'listen',
  'select',
  'accept',
  'recv',
  'handshake',
  'parse',
  'deal',
  'broadcast',
  'send',
  'disconnect',
] as const satisfies readonly StepName[];

const read = new Map<string, readonly Region[]>();

/** The TypeScript of a step; null for one that is not the server's, or that this profile never takes. */
export function sourceOf(step: StepName, profile: Profile): SourceLines | null {
  return find(step, SOURCE_FILES[profile]);
}

/** The PHP of a step; null for one that PHP does not tell. Where it blocks, it is in its send. */
export function phpSourceOf(step: StepName): SourceLines | null {
  return find(step === 'block' ? 'send' : step, [PHP_FILE]);
}

/** What a student wrote and a call is of, as it lies in the folder here now; null where it does not. */
export function ownSourceOf({ lesson, name }: CallStep): SourceLines | null {
  const found = findLesson(lesson);
  if (found === undefined) return null;
  const path = new StudentFolder(process.cwd()).exerciseOf(found);
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const lines = functionIn(source, name);
  if (lines === null) return null;
  const text = lines.text.map((line) => printable(line.replaceAll('\t', '  ')));
  return { file: shownPath(path), line: lines.line, text };
}

function find(step: StepName, files: readonly string[]): SourceLines | null {
  for (const file of files) {
    const region = regionsIn(file).find((one) => one.step === step);
    if (region !== undefined) return { file, line: region.line, text: region.text };
  }
  return null;
}

/** The regions of a file of the package. */
export function regionsIn(file: string): readonly Region[] {
  const known = read.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const regions = regionsOf(text);
  read.set(file, regions);
  return regions;
}
