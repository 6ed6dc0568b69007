/**
 * What goes wrong with an exercise before it can be right or wrong: it is not finished, does not
 * parse, throws, does not end. Reads errors and their stacks.
 * @module
 */

import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { placeless, type Trouble, type TroubleKind } from './trouble-kind.js';

/** The files that a stack may name. */
interface Files {
  readonly exercise: string;
  readonly check: string;
  readonly columnOf?: (line: number, column: number) => number;
}

/** What an error that was thrown tells. */
export function troubleOf(error: unknown, files: Files, kind: TroubleKind = 'thrown'): Trouble {
  const file = basename(files.exercise);
  if (!(error instanceof Error)) {
    // a thrown object may have a toString or an inspect of its own that throws again
    const message = oneLine(inspect(error, { depth: 1, customInspect: false }));
    const isThrown = kind === 'thrown';
    return placeless(isThrown ? 'thrownValue' : kind, { file, message });
  }
  const message = oneLine(error.message === '' ? error.name : messageOf(error));
  const place = placeOf(error, files);
  if (error.name === 'Todo')
    return { kind: 'todo', values: { file, message: error.message }, ...place };
  if (place.line === null) {
    const { line } = placeIn(error, files.check);
    const values = { file, message, at: basename(files.check), atLine: line ?? 0 };
    return { kind: 'bug', values, ...place };
  }
  const isOverflow = error instanceof RangeError && /call stack/i.test(error.message);
  if (isOverflow) return { kind: 'overflow', values: { file, message }, ...place };
  const [, name] = /^(\S+) is not defined$/.exec(error.message) ?? [];
  const isNoName = kind === 'thrown' && error instanceof ReferenceError && name !== undefined;
  if (isNoName) return { kind: 'noName', values: { file, message, name }, ...place };
  return { kind, values: { file, message }, ...place };
}

/** What an error of the import tells: of student-hooks.ts, the linker's, or one that the file threw itself. */
export function importTrouble(error: unknown, files: Files): Trouble {
  const file = basename(files.exercise);
  if (!(error instanceof Error)) return troubleOf(error, files);
  const [, path, line, column, message] =
    /^(.*):(\d+):(\d+): ERROR: (.*)$/s.exec(error.message) ?? [];
  if (path !== undefined && message !== undefined) {
    if (basename(path) !== file) {
      const other = `${basename(path)}:${line}:${column}`; // a line of another file cannot be shown
      return placeless('syntax', { file: other, message: oneLine(message) });
    }
    const values = { file, message: oneLine(message) };
    return { kind: 'syntax', values, line: Number(line), column: Number(column) };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (/^ERR_.*(NOT_FOUND|NOT_EXPORTED|UNSUPPORTED_DIR_IMPORT|INVALID_MODULE)/.test(code ?? '')) {
    const [short = ''] = error.message.split(' imported from ');
    return placeless('import', { file, message: oneLine(short) });
  }
  if (error instanceof SyntaxError) {
    const kind = /requested module|Detected cycle/.test(error.message) ? 'import' : 'syntax';
    return {
      kind,
      values: { file, message: oneLine(error.message) },
      ...placeOf(error, files),
    };
  }
  const trouble = troubleOf(error, files);
  return trouble.kind === 'bug' ? { ...trouble, kind: 'thrown' } : trouble;
}

/** Ends an attempt: the check asked for something that the student's file does not have. */
export class NotExported extends Error {
  /** What to say. */
  readonly trouble: Trouble;

  constructor(kind: 'noExport' | 'noFunction', file: string, name: string) {
    super(name);
    this.trouble = placeless(kind, { file, name });
  }
}

/** What a module exports. */
export type Module = Readonly<Record<string, unknown>>;

/**
 * The student's module as a check sees it: what is missing is said when it is asked for, so that a
 * helper that no check calls may go.
 *
 * @param original the exercise as it was handed out: says what there has to be
 */
export function demanding(exercise: Module, original: Module, file: string): Module {
  const check = (name: string): void => {
    if (!(name in exercise)) throw new NotExported('noExport', file, name);
    if (typeof original[name] === 'function' && typeof exercise[name] !== 'function') {
      throw new NotExported('noFunction', file, name);
    }
  };
  return new Proxy(exercise, {
    get(target, name) {
      if (typeof name === 'string' && name in original) check(name);
      return Reflect.get(target, name);
    },
  });
}

/** The place in the student's file that an error's stack names first, as the student wrote it. */
function placeOf(error: Error, { exercise, columnOf }: Files): Pick<Trouble, 'line' | 'column'> {
  const { line, column } = placeIn(error, exercise);
  if (line === null || column === null || columnOf === undefined) return { line, column };
  return { line, column: columnOf(line, column) };
}

/** The place in a file that an error's stack names first. */
export function placeIn(error: Error, path: string): Pick<Trouble, 'line' | 'column'> {
  const { href } = pathToFileURL(resolve(path));
  const names = [href, decodeURI(href), path];
  for (const text of (error.stack ?? '').split('\n')) {
    const name = names.find((candidate) => text.includes(candidate));
    if (name === undefined) continue;
    const rest = text.slice(text.indexOf(name) + name.length);
    const [, line, column] = /^(?:\?[^:\s]*)?:(\d+)(?::(\d+))?/.exec(rest) ?? [];
    if (line !== undefined) return { line: Number(line), column: numberOr(column) };
  }
  return { line: null, column: null };
}

function messageOf({ name, message }: Error): string {
  return name === 'Error' ? message : `${name}: ${message}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

function numberOr(text: string | null | undefined): number | null {
  return text === undefined || text === null ? null : Number(text);
}
