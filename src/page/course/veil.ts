/**
 * Solutions stand in the course's script, since the page shows the difference to one behind a pass. Veiled,
 * nobody reads one by accident, in a search or beside the exercise; who wants to cheat has easier ways.
 * @module
 */

/** Begins a line that is veiled. */
const VEILED = '~';

/** A solution as it is carried: what stands in the exercise too need not be hidden. */
export function veiled(solution: string, exercise: string): string {
  const known = new Set(exercise.split('\n'));
  const lines = solution.split('\n');
  return lines.map((line) => (known.has(line) ? line : VEILED + turned(line))).join('\n');
}

/** A solution as it was written. */
export function unveiled(text: string): string {
  const lines = text.split('\n');
  return lines.map((line) => (line.startsWith(VEILED) ? turned(line.slice(1)) : line)).join('\n');
}

/** Turns the printable characters of ASCII by half of them; twice, and they are as before. */
function turned(text: string): string {
  return text.replace(/[!-~]/g, (one) => String.fromCharCode(33 + ((one.charCodeAt(0) + 14) % 94)));
}
