// refused: wrong.too-early
import type { Head, Reader } from '../exercise.js';
import { parseFields, textOf } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Answers whatever the first recv gave, as the PHP original does. */
export function takeBytes(_: Reader, bytes: Uint8Array): Head {
  const [startLine = '', ...lines] = textOf(bytes).split('\r\n');
  const fields = parseFields(lines.filter((line) => line.includes(':')));
  return { startLine, fields, rest: new Uint8Array(0) };
}
