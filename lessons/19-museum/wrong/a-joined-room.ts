// refused: wrong.not-shortest
import { type Scenario, script } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest as right } from '../solution.js';

export { nameBug } from '../solution.js';

/** Lets everyone log in first, as people do, though the bug asks for no name. */
export function shortest(bug: Bug): Scenario {
  if (bug !== 'D20') return right(bug);
  return script
    .scenario('logout', 'Ada is logged out by herself.')
    .joins('A', 'Ada')
    .step(script.text('A', '{"type":"logout","content":"Ada"}'));
}
