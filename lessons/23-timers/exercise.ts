/**
 * Lesson 23: a heap of timers, and what is done with it at the end of a turn.
 *
 * The loop is given. Before each select it looks at `heap[0]`, the first timer: select may wait until
 * that one is due. Behind the sets it calls `runDue`.
 */

import { todo } from 'loopscope/lesson';

/** Something that is to be done at a certain time. */
export interface Timer {
  /** When, in milliseconds on the server's clock. */
  readonly due: number;
  /** The number of the timer: 1 was set first. Of two that are due at the same time, the lower is before the higher. */
  readonly n: number;
  /** What is to be done. It may set new timers, by `push`. */
  readonly run: () => void;
}

/**
 * Puts a timer into the heap.
 *
 * In a heap, nobody is before its parent: `heap[i]` has the children `heap[2 * i + 1]` and
 * `heap[2 * i + 2]`. So the first of all is `heap[0]`. It holds before; see to it that it holds after.
 */
export function push(heap: Timer[], timer: Timer): void {
  todo(`put a timer for ${timer.due} ms to ${heap.length} others`);
}

/** Takes the first timer out of the heap. @returns undefined where there is none */
export function pop(heap: Timer[]): Timer | undefined {
  return todo(`take the first of ${heap.length} timers out`);
}

/**
 * Runs all timers that are due, in order, each once. What one of them sets is not run before the next turn.
 *
 * @param now milliseconds on the server's clock
 */
export function runDue(heap: Timer[], now: number): void {
  todo(`run what is due at ${now} ms, of ${heap.length} timers`);
}
