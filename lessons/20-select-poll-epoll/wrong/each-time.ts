// refused: wrong.each-time
import { matchSteps as right } from '../solution.js';

export { countWork } from '../solution.js';

/** Believes that epoll_wait is given the descriptors, as select is. */
export function matchSteps(): ReturnType<typeof right> {
  const steps = right();
  steps.watch.epoll = 'call epoll_wait';
  steps.wait.epoll = 'epoll_ctl ADD';
  return steps;
}
