/**
 * Where a function stands in what a student wrote: found by its name, since a trace knows names and no lines.
 * @module
 */

/** The lines of a function. */
export interface OwnLines {
  /** The number of the first, from 1. */
  readonly line: number;
  readonly text: readonly string[];
}

/** A function that begins at the edge, under its name. */
const BEGINS =
  /^(?:export\s+)?(?:default\s+)?(?:(?:async\s+)?function\b\s*\*?\s*|(?:const|let|var)\s+)([\p{ID_Continue}$]+)/u;

/** Where brackets do not count. */
const QUOTED = /\/\/.*|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`/g;

/** The lines of a function of a file; null where none of this name is seen. */
export function functionIn(source: string, name: string): OwnLines | null {
  const lines = source.split(/\r?\n/);
  const first = lines.findIndex((line) => BEGINS.exec(line)?.[1] === name);
  if (first === -1) return null;
  let open = 0;
  let end = first;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? '';
    if (end > first && BEGINS.test(line)) break; // a bracket was miscounted
    const code = line.replace(QUOTED, '');
    open += code.split(/[[({]/).length - code.split(/[\])}]/).length;
    if (open <= 0) {
      end++;
      break;
    }
  }
  return { line: first + 1, text: lines.slice(first, end) };
}
