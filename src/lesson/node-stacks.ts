/**
 * What Node tells of a student's file: where a stack names it, and why it could not be imported.
 * @module
 */

import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { oneLine, type Place, type Stacks, troubleOf } from './trouble.js';
import { placeless, type Trouble } from './trouble-kind.js';

/** The files that a stack may name. */
interface Files {
  readonly exercise: string;
  readonly check: string;
  readonly columnOf?: (line: number, column: number) => number;
}

/** What is known of the errors of these files. */
export function stacksOf({ exercise, check, columnOf }: Files): Stacks {
  return {
    file: basename(exercise),
    placeOf(error) {
      const { line, column } = placeIn(error, exercise);
      if (line === null || column === null || columnOf === undefined) return { line, column };
      return { line, column: columnOf(line, column) };
    },
    checkLineOf: (error) => placeIn(error, check).line,
    shown: (thrown) => inspect(thrown, { depth: 1, customInspect: false }),
  };
}

/** What an error of the import tells: of student-hooks.ts, the linker's, or one that the file threw itself. */
export function importTrouble(error: unknown, stacks: Stacks): Trouble {
  const { file } = stacks;
  if (!(error instanceof Error)) return troubleOf(error, stacks);
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
      ...stacks.placeOf(error),
    };
  }
  const trouble = troubleOf(error, stacks);
  return trouble.kind === 'bug' ? { ...trouble, kind: 'thrown' } : trouble;
}

/** The place in a file that an error's stack names first. */
function placeIn(error: Error, path: string): Place {
  const { href } = pathToFileURL(resolve(path));
  const names = [href, decodeURI(href), path];
  for (const text of (error.stack ?? '').split('\n')) {
    const name = names.find((candidate) => text.includes(candidate));
    if (name === undefined) continue;
    const rest = text.slice(text.indexOf(name) + name.length);
    const [, line, column] = /^(?:\?[^:\s]*)?:(\d+)(?::(\d+))?/.exec(rest) ?? [];
    if (line !== undefined) {
      return { line: Number(line), column: column === undefined ? null : Number(column) };
    }
  }
  return { line: null, column: null };
}
