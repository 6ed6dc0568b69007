// refused: wrong.space
export { takeBytes, textOf } from '../solution.js';

/** Takes exactly one space behind the colon for granted. */
export function parseFields(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 2));
  }
  return fields;
}
