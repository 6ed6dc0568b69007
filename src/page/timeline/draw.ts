/**
 * Draws what stays of a trace while one walks: the graticule of turns, a line a socket, and on it marks, or
 * a density where marks have no room.
 * @module
 */

import { ticksOf } from './axis.js';
import { pointOf } from './colours.js';
import { densityOf, type Inks, paintDensity } from './density.js';
import { drawGaps } from './draw-gaps.js';
import { drawMarks } from './draw-marks.js';
import { INKS, lettersOf, type Pen, type Sayings } from './ink.js';
import { KINDS, OUTSIDE } from './marks.js';
import { type Line, letterOf, type Scene, STRIP, seenOf, xOf, yOf } from './scene.js';

/** A second trace is seen, and is not what one looks at. */
const FAINT = 0.35;
/** Draws all that stays while one walks. */
export function drawTrace(pen: Pen, scene: Scene, says: Sayings): void {
  const { width, height, rem, colours, lines } = scene;
  pen.setTransform(scene.sharpness, 0, 0, scene.sharpness, 0, 0);
  pen.fillStyle = colours.of.pane;
  pen.fillRect(0, 0, width, height);
  drawTurns(pen, scene, says);
  pen.save();
  pen.beginPath();
  pen.rect(0, STRIP * rem, width, height - STRIP * rem);
  pen.clip();
  for (const line of [...lines].reverse()) {
    pen.globalAlpha = line === lines[0] ? 1 : FAINT;
    drawLanes(pen, scene, line);
    if (seenOf(line, scene).isDense) {
      drawDensity(pen, scene, line);
      continue;
    }
    if (line === lines[0]) drawGaps(pen, scene, line, says);
    drawMarks(pen, scene, line, line === lines[0] ? says : null);
  }
  pen.restore();
}

/** Lines where turns begin, as many as there is room for; above them which, and when. */
function drawTurns(pen: Pen, scene: Scene, says: Sayings): void {
  const { width, height, rem, colours, span, lines } = scene;
  const [line] = lines;
  const strip = STRIP * rem;
  if (line === undefined) return;
  const { turns, events } = line.marks;
  const { xs, measure } = line.axis;
  const first = indexFrom(turns, (i) => (xs[i] as number) >= span.from);
  const last = indexFrom(turns, (i) => (xs[i] as number) > span.to);
  const every = Math.max(1, Math.ceil(((last - first) * 6) / width));
  pen.font = lettersOf(scene, letterOf(scene));
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  let free = 0;
  pen.beginPath();
  for (let k = first - (first % every); k < last; k += every) {
    const i = turns[k] as number;
    const x = Math.round(xOf(scene, xs[i] as number)) + 0.5;
    pen.moveTo(x, strip);
    pen.lineTo(x, height);
    const event = events[i];
    if (measure === 'time' || event === undefined || x < free || x < 0) continue;
    pen.fillStyle = colours.of.soft;
    const text = `${says.turn(event.turn)} · ${says.time(event.t)}`;
    const room = pen.measureText(text).width;
    if (x + 0.25 * rem + room > width) continue; // half a time would be another
    pen.fillText(text, x + 0.25 * rem, strip / 2);
    free = x + room + 1.25 * rem;
  }
  if (measure === 'time') {
    const begin = events[0]?.t ?? 0;
    for (const ms of ticksOf(span, width / (8 * letterOf(scene)))) {
      const x = Math.round(xOf(scene, ms)) + 0.5;
      pen.fillStyle = colours.of.soft;
      pen.fillText(says.time(begin + ms), x + 0.25 * rem, strip / 2);
      pen.fillRect(x - 0.5, strip - 0.25 * rem, 1, 0.25 * rem);
    }
  }
  pen.strokeStyle = colours.of.line;
  pen.lineWidth = 1;
  pen.stroke();
  drawWhere(pen, scene, line);
}

/** Under the strip: which part of all is seen. */
function drawWhere(pen: Pen, { width, rem, span, colours }: Scene, { axis }: Line): void {
  const y = STRIP * rem;
  const all = axis.whole.to - axis.whole.from;
  pen.fillStyle = colours.of.line;
  pen.fillRect(0, y - 1, width, 1);
  if (span.to - span.from >= all) return;
  pen.fillStyle = colours.of.accent;
  const from = ((span.from - axis.whole.from) / all) * width;
  pen.fillRect(from, y - 3, Math.max(3, ((span.to - span.from) / all) * width), 3);
}

/** The first of a list in order for which something holds from there on. */
function indexFrom(list: readonly number[], holds: (one: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A line from where a socket begins to where it leaves; the rest of its row is empty. */
function drawLanes(pen: Pen, scene: Scene, { marks, axis, places }: Line): void {
  const { xs } = axis;
  pen.strokeStyle = scene.colours.of.edge;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const [row, { from, left }] of marks.rows.entries()) {
    const place = places[row] as number;
    if (place < 0 || row === OUTSIDE || xs.length === 0) continue;
    const y = Math.round(yOf(scene, place)) + 0.5;
    if (y < 0 || y > scene.height) continue;
    const end = xOf(scene, xs[Math.min(left, xs.length - 1)] as number);
    pen.moveTo(Math.max(0, xOf(scene, xs[from] as number)), y);
    pen.lineTo(Math.min(scene.width, Math.max(0, end)), y);
  }
  pen.stroke();
}

/** A picture of few points, drawn as wide as the screen. */
function drawDensity(pen: Pen, scene: Scene, line: Line): void {
  const { width, rem, rise, rows, sharpness, colours } = scene;
  const columns = Math.max(1, Math.floor(width / 2));
  const points = Math.max(3, Math.round(rise * sharpness));
  const density = densityOf(line.marks, line.axis, scene.span, columns, line.places, rows);
  const picture = new ImageData(columns, points * rows);
  const inks = Object.fromEntries(KINDS.map((kind) => [kind, pointOf(colours.of[INKS[kind]])]));
  paintDensity(density, new Uint32Array(picture.data.buffer), points, inks as Inks);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(canvas, 0, STRIP * rem - scene.scrolled, width, rise * rows);
}
