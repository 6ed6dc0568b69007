/**
 * What the loop does at a step, in one word: what its colour and its bead on the ring say.
 * @module
 */

import type { AgainStep, FaultStep, OtherStep, TraceEvent, WakeStep } from '../../trace/event.js';
import type { View } from '../../trace/view.js';

/**
 * What the loop does there: it `works`, `waits` in select, is `blocked` in another call, `fails`; a stranger's
 * also `asks` in vain, `wakes` by itself, and is `aside`, where it serves no socket.
 */
export type Mood = 'works' | 'waits' | 'blocked' | 'fails' | 'asks' | 'wakes' | 'aside';

/** What only a stranger's loop does. */
export type Beside = AgainStep | FaultStep | WakeStep | OtherStep;

/** What the network and the clients do, while the server waits. */
export function isOfOutside({ step }: TraceEvent): boolean {
  return step === 'act' || step === 'arrive';
}

/** What the loop does at the step of a view. */
export function moodOf({ event, blockedOn }: View): Mood {
  if (blockedOn !== null) return 'blocked';
  if (event === null) return 'works';
  switch (event.step) {
    case 'act':
    case 'arrive':
      return 'waits';
    case 'error':
    case 'fault':
    case 'disconnect':
      return 'fails';
    case 'call':
      return event.fault === undefined ? 'works' : 'fails';
    case 'again':
      return 'asks';
    case 'wake':
      return 'wakes';
    case 'other':
      return 'aside';
    default:
      return 'works';
  }
}

/** Whether only a stranger's loop takes such a step. */
export function isBeside(event: TraceEvent): event is TraceEvent & Beside {
  return ['again', 'fault', 'wake', 'other'].includes(event.step);
}
