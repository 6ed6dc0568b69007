// refused: wrong.case
export { takeBytes, textOf } from '../solution.js';

/** Keeps the names as they were written. */
export function parseFields(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}
