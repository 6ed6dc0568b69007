/**
 * Draws what moves with each step over a trace, so that a step draws next to nothing: what is to come is
 * dimmed, and the present is the brightest.
 * @module
 */

import { drawSign, markAt, pointAt } from './draw-marks.js';
import { inkAt, type Pen } from './ink.js';
import { type Line, type Scene, STRIP, xOf } from './scene.js';

/** What is pointed at, and what is being chosen. */
export interface Over {
  /** The present step, an index; -1 for none. */
  readonly present: number;
  /** What the mouse points at, an index. */
  readonly pointed: number | null;
  /** What a drag has chosen, in pixels. */
  readonly chosen: readonly [from: number, to: number] | null;
}

/** Draws what moves with each step: what is to come is dimmed, the present is the brightest. */
export function drawOver(pen: Pen, scene: Scene, { present, pointed, chosen }: Over): void {
  const { width, height, rem, colours, sharpness, lines } = scene;
  const [line] = lines;
  const strip = STRIP * rem;
  pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  if (line === undefined) return;
  if (chosen !== null) {
    pen.globalAlpha = 0.2;
    pen.fillStyle = colours.of.accent;
    pen.fillRect(Math.min(...chosen), strip, Math.abs(chosen[1] - chosen[0]), height - strip);
    pen.globalAlpha = 1;
  }
  if (pointed !== null) {
    pen.fillStyle = colours.of.soft;
    pen.fillRect(pointAt(scene, line, pointed)[0] - 0.5, strip, 1, height - strip);
    ring(pen, scene, line, pointed, colours.of.soft);
  }
  if (present < 0) return;
  const x = xOf(scene, line.axis.xs[present] as number);
  pen.globalAlpha = 0.5;
  pen.fillStyle = colours.of.pane;
  // those of the same moment are not dimmed with what is to come
  pen.fillRect(Math.max(0, x + 2), strip, width, height);
  pen.globalAlpha = 1;
  if (x < -2 || x > width + 2) return;
  pen.fillStyle = colours.of['mark-edge'];
  pen.globalAlpha = 0.25;
  pen.fillRect(x - 4, strip, 8, height - strip);
  pen.globalAlpha = 1;
  pen.fillRect(x - 1, strip - 0.25 * rem, 2, height - strip + 0.25 * rem);
  pen.beginPath();
  pen.moveTo(x, strip);
  pen.lineTo(x - 0.4 * rem, strip - 0.5 * rem);
  pen.lineTo(x + 0.4 * rem, strip - 0.5 * rem);
  pen.fill();
  ring(pen, scene, line, present, colours.of['mark-edge']);
}

/** A ring round a mark. */
function ring(pen: Pen, scene: Scene, line: Line, index: number, ink: string): void {
  const [x, y] = markAt(scene, line, index);
  if (y < STRIP * scene.rem) return;
  const size = Math.min(scene.rise * 0.42, 0.55 * scene.rem);
  pen.beginPath();
  pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.fillStyle = inkAt(scene, line, index);
  pen.fill();
  pen.lineWidth = 3;
  pen.strokeStyle = ink;
  pen.stroke();
  drawSign(pen, scene, line, index, size * 0.8);
}
