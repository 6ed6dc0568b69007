// refused: wrong.same-text
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';
import { came as right } from '../solution.js';

export { said } from '../solution.js';

const known = new WeakMap<Loop, Set<string>>();

/** Knows what was heard by its text. */
export function came(loop: Loop, envelope: Envelope, ways: Ways): void {
  const text = JSON.stringify(envelope.message);
  const heard = known.get(loop) ?? new Set();
  known.set(loop, heard);
  if (heard.has(text)) return;
  heard.add(text);
  right(loop, envelope, ways);
}
