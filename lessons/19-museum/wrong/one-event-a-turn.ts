// refused: wrong.own-turn
import { type Scenario, script } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest as right } from '../solution.js';

export { nameBug } from '../solution.js';

/** Lets B come when A has gone: the number is used again, but in a later turn. */
export function shortest(bug: Bug): Scenario {
  if (bug !== 'fd-reused') return right(bug);
  return script
    .scenario('reuse', 'B gets the number of A.')
    .step(script.connect('A'), script.handshake('A'))
    .step(script.login('A', 'Ada'), script.close('A'))
    .step(script.connect('B'));
}
