/**
 * An inspection as JSON, piece by piece: one line a frame, so that a long input needs no text that
 * is longer than a string can be. The form is that of inspection.schema.json.
 * @module
 */

import type { Inspection } from './inspection.js';

/** Parts more than this, which are single bytes or characters, are left out. */
const MOST_PARTS = 4_096;

/** Writes an inspection; all pieces joined are one JSON object, without a newline at the end. */
export function* inspectionJson(inspection: Inspection): Generator<string> {
  const { frames, handshakes, original, rest } = inspection;
  yield '{"frames": [';
  yield* elements(frames);
  yield '],\n"handshakes": [';
  yield* elements(handshakes);
  yield '],\n"original": [';
  yield* elements(original);
  yield `],\n"rest": ${written(rest)}}`;
}

function* elements(list: readonly unknown[]): Generator<string> {
  let between = '\n';
  for (const element of list) {
    yield `${between}${written(element)}`;
    between = ',\n';
  }
}

function written(value: unknown): string {
  return JSON.stringify(value, (key, value) =>
    key === 'parts' && Array.isArray(value) && value.length > MOST_PARTS ? undefined : value,
  );
}
