/**
 * Lesson 7: double a number.
 */

import { todo } from 'loopscope/lesson';

/** Doubles. */
export function double(value: number): number {
  return todo(`double ${value}`);
}
