// refused: wrong.shows-nothing
import { type Scenario, script } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest as right } from '../solution.js';

export { nameBug } from '../solution.js';

/** Sends two whole frames, one after the other: nothing is cut, so no cut is to blame. */
export function shortest(bug: Bug): Scenario {
  if (bug !== 'mask-restarts') return right(bug);
  return script
    .scenario('two', 'Two frames, each by itself.')
    .step(script.connect('A'), script.handshake('A'))
    .step(script.login('A', 'Ada'), script.say('A', 'hello'));
}
