// refused: wrong.cut-at-four
import { type Scenario, script } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest as right } from '../solution.js';

export { nameBug } from '../solution.js';

/** Counts the cut from the beginning of the frame: 10 are 6 of header and key, and 4 of payload. */
export function shortest(bug: Bug): Scenario {
  if (bug !== 'mask-restarts') return right(bug);
  const frame = script.textFrame('{"type":"login","content":"Ada"}');
  return script
    .scenario('cut', 'The key begins anew.')
    .step(script.connect('A'), script.handshake('A'))
    .step(script.pieces('A', frame, 10));
}
