// refused: wrong.libuv
import { matchSteps as right } from '../solution.js';

export { countWork } from '../solution.js';

/** Believes that a program of libuv asks who is ready. */
export function matchSteps(): ReturnType<typeof right> {
  const steps = right();
  steps.find.libuv = 'uv_run';
  steps.wait.libuv = 'libuv has called your callback';
  return steps;
}
