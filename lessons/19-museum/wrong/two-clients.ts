// refused: wrong.room-left
import { type Scenario, script } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest as right } from '../solution.js';

export { nameBug } from '../solution.js';

/** Fills the room, and does not knock once more. */
export function shortest(bug: Bug): Scenario {
  if (bug !== 'emfile-spin') return right(bug);
  return script.scenario('full', 'Two are here.').step(script.connect('A'), script.connect('B'));
}
