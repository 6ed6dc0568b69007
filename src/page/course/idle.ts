/**
 * Notices in a worker that the student's code waits for what does not come: between two beats nothing has
 * run. Beats are counted, and they come late where a machine is slow, so no clock judges.
 * @module
 */

import type { TroubleKind } from '../../lesson/trouble-kind.js';

const BEAT_MS = 250;

/** After so many beats without anything, and with no timer that could still fire, nothing will come. */
const UNSETTLED_BEATS = 8;

/** With a timer, as long as the terminal waits. */
const WAITS_BEATS = 16;

/** Begins to watch. @param onIdle is told once */
export function watchIdleness(
  onIdle: (why: { kind: TroubleKind; values: Record<string, number> }) => void,
): { goesOn(): void } {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const timers = new Set<unknown>();
  let runs = 0;
  let runsBefore = -1;
  let beats = 0;
  Object.assign(globalThis, {
    setTimeout(run: () => void, ms?: number, ...values: []) {
      const timer = setTimeout(() => {
        runs++;
        timers.delete(timer);
        run(...values);
      }, ms);
      timers.add(timer);
      return timer;
    },
    setInterval(run: () => void, ms?: number, ...values: []) {
      const timer = setInterval(() => run(...values), ms);
      timers.add(timer);
      return timer;
    },
    clearTimeout(timer: number) {
      timers.delete(timer);
      clearTimeout(timer);
    },
    clearInterval(timer: number) {
      timers.delete(timer);
      clearInterval(timer);
    },
  });
  const { postMessage } = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (this: MessagePort, ...values: [never]) {
    runs++; // the simulated network's next task
    postMessage.apply(this, values);
  };
  setInterval(() => {
    beats = runs === runsBefore ? beats + 1 : 0;
    runsBefore = runs;
    if (timers.size === 0 && beats === UNSETTLED_BEATS) onIdle({ kind: 'unsettled', values: {} });
    if (beats !== WAITS_BEATS) return;
    onIdle({ kind: 'waits', values: { seconds: (WAITS_BEATS * BEAT_MS) / 1000 } });
  }, BEAT_MS);
  return { goesOn: () => void runs++ };
}
