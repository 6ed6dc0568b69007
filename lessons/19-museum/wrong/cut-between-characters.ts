// refused: wrong.cut-between
import { type Scenario, script } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest as right } from '../solution.js';

export { nameBug } from '../solution.js';

/** Cuts a text of many bytes where a character ends: {"type":"login","content":" is 27 bytes, 字 is 3. */
export function shortest(bug: Bug): Scenario {
  if (bug !== 'text-from-chunks') return right(bug);
  return script
    .scenario('cut', 'Between two characters.')
    .step(script.connect('A'), script.handshake('A'))
    .step(script.pieces('A', script.textFrame('{"type":"login","content":"字字"}'), 6 + 27 + 3));
}
