/**
 * The inks and letters of a trace, and what is said in its picture.
 * @module
 */

import { KINDS, type Kind } from './marks.js';
import type { Line, Scene } from './scene.js';

/** What is drawn with. */
export type Pen = CanvasRenderingContext2D;

/** The colour of each kind (style/tokens.css). */
export const INKS = {
  turn: 'loop',
  in: 'blue',
  out: 'violet',
  join: 'green',
  leave: 'red',
  fault: 'red',
  inner: 'edge',
  outside: 'soft',
} as const;

/** What a picture says. */
export interface Sayings {
  /** Of a turn. */
  turn(turn: number): string;
  /** Of a moment, in milliseconds. */
  time(ms: number): string;
  /** What stands beside a mark. */
  label(line: Line, index: number): string;
}

/** Letters as a canvas has them. */
export function lettersOf({ colours }: Scene, px: number, weight = 400): string {
  return [weight, `${px}px`, colours.letters].join(' ');
}

/** The colour of an event. */
export function inkAt(scene: Scene, { marks }: Line, index: number): string {
  const kind = KINDS[marks.kindOf[index] as number] as Kind;
  return scene.colours.of[INKS[kind]];
}
