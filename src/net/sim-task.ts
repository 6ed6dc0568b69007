/**
 * How to learn that no JavaScript is left to run: a task of the platform begins when the queue of
 * jobs (microtasks) is empty. The only thing that the simulation needs of its platform.
 * @module
 */

/** Calls back when every promise that is settled has been followed up. */
export const whenJobsAreDone: (task: () => void) => void =
  typeof setImmediate === 'function' ? setImmediate : makeChannel();

/** In a page: a message to ourselves. */
function makeChannel(): (task: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const tasks: (() => void)[] = [];
  port1.addEventListener('message', () => tasks.shift()?.());
  port1.start();
  return (task) => {
    tasks.push(task);
    port2.postMessage(null);
  };
}
