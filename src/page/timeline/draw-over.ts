/**
 * Draws what moves over a trace, so that a step draws next to nothing: the present, which is the brightest,
 * on a canvas no wider than it; and what the mouse does.
 * @module
 */

import { drawSign, markAt, pointAt } from './draw-marks.js';
import { inkAt, type Pen } from './ink.js';
import { type Line, type Scene, STRIP, xOf } from './scene.js';

/** What the mouse does. */
export interface Hovered {
  /** What it points at, an index. */
  readonly pointed: number | null;
  /** What a drag has chosen, in pixels. */
  readonly chosen: readonly [from: number, to: number] | null;
}

/** Draws what the mouse does. */
export function drawHovered(pen: Pen, scene: Scene, { pointed, chosen }: Hovered): void {
  const { height, rem, colours, sharpness, lines } = scene;
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
}

/** Where the present is, in pixels; null where it is not seen. @param present an index; -1 for none */
export function presentX(scene: Scene, present: number): number | null {
  const x = present < 0 ? undefined : scene.lines[0]?.axis.xs[present];
  return x === undefined ? null : xOf(scene, x);
}

/** So far from the present is drawn, in rem. */
export const REACH = 1;

/** Draws the present: a line from top to bottom, and its mark. @param left where the canvas begins, in pixels */
export function drawPresent(pen: Pen, scene: Scene, present: number, left: number): void {
  const { height, rem, colours, sharpness, lines } = scene;
  const [line] = lines;
  const x = presentX(scene, present);
  if (line === undefined || x === null) return;
  const strip = STRIP * rem;
  pen.setTransform(sharpness, 0, 0, sharpness, -left * sharpness, 0);
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

/** What is to come begins there: those of the same moment are not dimmed with it. */
export const COMING = 2;

/** Draws on paper what lies over the picture on a screen: what is to come is dimmed (style.css), and the present. */
export function drawOnPaper(pen: Pen, scene: Scene, present: number): void {
  const { width, height, rem, colours } = scene;
  const x = presentX(scene, present);
  if (x === null) return;
  pen.globalAlpha = 0.5;
  pen.fillStyle = colours.of.pane;
  pen.fillRect(Math.max(0, x + COMING), STRIP * rem, width, height);
  pen.globalAlpha = 1;
  if (x >= 0 && x <= width) drawPresent(pen, scene, present, 0);
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
