// refused: wrong.step
import { matchSteps as right } from '../solution.js';

export { countWork } from '../solution.js';

/** Takes the call that waits for the one that tells who it is. */
export function matchSteps(): ReturnType<typeof right> {
  const steps = right();
  steps.find.poll = 'call poll';
  steps.wait.poll = 'look at revents of every entry';
  return steps;
}
