// refused: wrong.colon
export { takeBytes, textOf } from '../solution.js';

/** Cuts a line at every colon. */
export function parseFields(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const [name = '', value = ''] = line.split(':');
    fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}
