/**
 * Draws a trace: the graticule of turns, a line a socket, marks with their arrows, or a density where
 * marks have no room. What moves with each step is drawn over it, so that a step draws next to nothing.
 * @module
 */

import { cut } from '../../trace/columns.js';
import { LOOKS } from '../walk/step-badge.js';
import { firstAt, ticksOf } from './axis.js';
import { pointOf } from './colours.js';
import { densityOf, type Inks, paintDensity } from './density.js';
import { KINDS, type Kind, OUTSIDE, SERVER } from './marks.js';
import { type Line, letterOf, type Scene, STRIP, seenOf, xOf, yOf } from './scene.js';

type Pen = CanvasRenderingContext2D;

/** The colour of each kind (style/tokens.css). */
const INKS = {
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

/** A second trace is seen, and is not what one looks at. */
const FAINT = 0.35;
/** The most marks that are looked at for what could stand beside them. */
const MOST_LABELLED = 600;
/** From such a pitch on a mark has its letter, in pixels. */
const ROOM_FOR_LETTER = 12;

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
    if (seenOf(line, scene).isDense) drawDensity(pen, scene, line);
    else drawMarks(pen, scene, line, line === lines[0] ? says : null);
  }
  pen.restore();
}

/** Letters as a canvas has them. */
function lettersOf({ colours }: Scene, px: number, weight = 400): string {
  return [weight, `${px}px`, colours.letters].join(' ');
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

/** Marks, arrows between their rows and the server's, and beside them words where there is room. */
function drawMarks(pen: Pen, scene: Scene, line: Line, says: Sayings | null): void {
  const { first, last } = seenOf(line, scene);
  for (let i = first; i < last; i++) drawArrow(pen, scene, line, i);
  const pitch = scene.width / Math.max(1, last - first);
  const size = Math.min(0.3 * scene.rise, 0.5 * scene.rem, Math.max(2, pitch * 0.45));
  for (let i = first; i < last; i++) drawMark(pen, scene, line, i, size);
  if (says === null || last - first > MOST_LABELLED) return;
  drawLabels(pen, scene, line, says, first, last, size);
}

function inkAt(scene: Scene, { marks }: Line, index: number): string {
  const kind = KINDS[marks.kindOf[index] as number] as Kind;
  return scene.colours.of[INKS[kind]];
}

/** Where an event's mark is. */
export function pointAt(
  scene: Scene,
  { marks, axis, places }: Line,
  index: number,
): [number, number] {
  const place = places[marks.rowOf[index] as number] as number;
  return [xOf(scene, axis.xs[index] as number), yOf(scene, place)];
}

/** What came in leads to the server, what goes out leads from it. */
function drawArrow(pen: Pen, scene: Scene, line: Line, index: number): void {
  const { marks, places } = line;
  const kind = KINDS[marks.kindOf[index] as number] as Kind;
  const [x, y] = pointAt(scene, line, index);
  const server = yOf(scene, places[SERVER] as number);
  pen.strokeStyle = inkAt(scene, line, index);
  pen.fillStyle = pen.strokeStyle;
  pen.lineWidth = 1.25;
  const isIn = kind === 'in' || kind === 'join' || marks.events[index]?.step === 'recv';
  const targets = isIn
    ? []
    : marks.targetsOf(index).map((row) => yOf(scene, places[row] as number));
  if (!isIn && targets.length === 0) return;
  const ends = isIn ? [y, server] : [server, ...targets];
  pen.beginPath();
  pen.moveTo(x, Math.min(...ends));
  pen.lineTo(x, Math.max(...ends));
  pen.stroke();
  const head = Math.min(4, scene.rise * 0.25);
  pen.beginPath();
  for (const end of isIn ? [server] : targets) {
    const way = end > (isIn ? y : server) ? -1 : 1;
    pen.moveTo(x, end);
    pen.lineTo(x - head, end + way * head * 1.6);
    pen.lineTo(x + head, end + way * head * 1.6);
    pen.closePath();
  }
  pen.fill();
}

/** A disc with its letter where there is room; what is inner or outside is a smaller one. */
function drawMark(pen: Pen, scene: Scene, line: Line, index: number, size: number): void {
  const kind = KINDS[line.marks.kindOf[index] as number] as Kind;
  const [x, y] = markAt(scene, line, index);
  const isSmall =
    kind === 'inner' || kind === 'outside' || line.marks.events[index]?.step === 'send';
  pen.fillStyle = inkAt(scene, line, index);
  pen.beginPath();
  pen.arc(x, y, isSmall ? size * 0.55 : size, 0, 2 * Math.PI);
  pen.fill();
  const sign = LOOKS[line.marks.events[index]?.step ?? 'act']?.[0];
  if (isSmall || size * 2 < ROOM_FOR_LETTER || sign === undefined) return;
  pen.fillStyle = scene.colours.of.pane;
  pen.font = lettersOf(scene, size * 1.4, 700);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(sign, x, y + size * 0.08);
}

/** A handshake is the server's to begin, though it belongs to its socket's row. */
function markAt(scene: Scene, line: Line, index: number): [number, number] {
  const [x, y] = pointAt(scene, line, index);
  const isHandshake = line.marks.events[index]?.step === 'handshake';
  return isHandshake ? [x, yOf(scene, line.places[SERVER] as number)] : [x, y];
}

/** What was said, up to the next mark of the same row. */
function drawLabels(
  pen: Pen,
  scene: Scene,
  line: Line,
  says: Sayings,
  first: number,
  last: number,
  size: number,
): void {
  const { rem, width, colours } = scene;
  pen.font = lettersOf(scene, Math.min(letterOf(scene), scene.rise * 0.8));
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const column = pen.measureText('0').width;
  const ends = new Map<number, number>();
  for (let i = last - 1; i >= first; i--) {
    const [x, y] = markAt(scene, line, i);
    const left = x + size + 0.2 * rem;
    const columns = Math.floor(((ends.get(y) ?? width) - left) / column);
    ends.set(y, x - size - 0.2 * rem);
    const label = columns < 4 ? '' : says.label(line, i);
    if (label === '') continue;
    const text = cut(label, columns);
    pen.lineWidth = 3;
    pen.strokeStyle = colours.of.pane;
    pen.strokeText(text, left, y);
    pen.fillStyle = inkAt(scene, line, i);
    pen.fillText(text, left, y);
  }
}

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
  pen.clearRect(0, 0, width, height);
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
}

/** Whether a place stands on the strip. */
export const isOnStrip = ({ rem }: Pick<Scene, 'rem'>, py: number): boolean => py < STRIP * rem;

/** The index of the event that is last at or before a place. */
export function stepAt({ axis }: Line, x: number): number {
  const at = firstAt(axis.xs, x);
  return Math.max(0, axis.xs[at] === x ? at : at - 1);
}
