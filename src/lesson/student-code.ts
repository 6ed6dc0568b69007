/**
 * Makes JavaScript of what a student wrote: takes the types out, and puts a guard into each loop.
 * Lines stay as they are; for columns there is a way back. The same in Node and in a browser, so
 * that messages are alike in both.
 * @module
 */

import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { transform } from 'sucrase';
import { type Classic, classicOf, coverUp } from './classic.js';
import { type Insertion, loopGuards, parseModule } from './loop-guard.js';

/** What is done to a source. */
export interface Making {
  /** Whether there are types to take out. */
  readonly types: boolean;
  /** Under which name of the file its loops are guarded, as loop-guard.ts has it; null for no guards. */
  readonly guard: string | null;
}

/** A source that is no TypeScript, or no JavaScript. */
export class SourceError extends Error {
  /** `SourceError`. */
  override readonly name = 'SourceError';
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/**
 * The JavaScript of a source, line for line.
 *
 * @throws SourceError where it cannot be read
 */
export function javaScriptOf(source: string, making: Making): string {
  const { code, insertions } = made(source, making);
  return inserted(code, insertions);
}

/** A module as the body of a function, in a classic script. */
export interface ClassicCode extends Pick<Classic, 'head' | 'imports'> {
  /** Line for line as the source; its first column is the source's. */
  readonly code: string;
}

/**
 * The JavaScript of a source as classic.ts makes it, with guards in its loops.
 *
 * @throws SourceError where it cannot be read
 */
export function classicCodeOf(source: string, file: string): ClassicCode {
  const { code, insertions } = made(source, { types: true, guard: file });
  const { head, imports, insertions: more, covers } = classicOf(parseModule(code), code);
  const all = [...more, ...insertions].sort((a, b) => a.at - b.at);
  return { head, imports, code: inserted(coverUp(code, covers), all) };
}

/**
 * The column of a source that a column of its JavaScript came from.
 *
 * @param line from 1
 * @param column from 1
 */
export function columnOf(source: string, making: Making, line: number, column: number): number {
  const { code, insertions, map } = made(source, making);
  const lineStart = startOf(code, line);
  let left = column - 1;
  for (const { at, text } of insertions) {
    if (at < lineStart || at - lineStart > left) continue;
    left -= Math.min(text.length, left - (at - lineStart));
  }
  if (map === null) return left + 1;
  return (originalPositionFor(map, { line, column: left }).column ?? left) + 1;
}

/** A source without types, and what is still to be put in. */
interface Made {
  readonly code: string;
  readonly insertions: readonly Insertion[];
  /** From the code without insertions to the source; null where they are the same. */
  readonly map: TraceMap | null;
}

function made(source: string, { types, guard }: Making): Made {
  const { code, map } = types ? withoutTypes(source) : { code: source, map: null };
  if (guard === null) return { code, insertions: [], map };
  try {
    return { code, insertions: loopGuards(parseModule(code), guard), map };
  } catch (error) {
    const { line, column } = placeOf(error);
    const from = map === null ? column : originalPositionFor(map, { line, column }).column;
    throw new SourceError(messageOf(error), line, (from ?? column) + 1);
  }
}

function withoutTypes(source: string): { code: string; map: TraceMap | null } {
  try {
    const { code, sourceMap } = transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      filePath: 'source.ts',
      sourceMapOptions: { compiledFilename: 'source.js' },
    });
    return {
      code,
      map: sourceMap === undefined ? null : new TraceMap({ ...sourceMap, version: 3 }),
    };
  } catch (error) {
    const { line, column } = placeOf(error); // of sucrase, whose columns count from 1
    throw new SourceError(messageOf(error), line, column);
  }
}

function inserted(code: string, insertions: readonly Insertion[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, text } of insertions) {
    parts.push(code.slice(from, at), text);
    from = at;
  }
  return parts.join('') + code.slice(from);
}

/** Where a line begins. */
function startOf(code: string, line: number): number {
  let at = 0;
  for (let n = 1; n < line; n++) at = code.indexOf('\n', at) + 1;
  return at;
}

/** Both parsers put the place into `loc`, and at the end of the message. */
function placeOf(error: unknown): { line: number; column: number } {
  const { loc } = error as { loc?: { line: number; column: number } };
  if (loc === undefined) throw error;
  return loc;
}

function messageOf(error: unknown): string {
  return (error as Error).message.replace(/ \(\d+:\d+\)$/, '').replace(/^.*source\.ts: /, '');
}
