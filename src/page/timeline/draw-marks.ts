/**
 * Draws the marks of a trace: a disc each with its letter, an arrow between its row and the server's, and
 * beside it what was said, where there is room.
 * @module
 */

import { cut } from '../../trace/columns.js';
import { LOOKS } from '../walk/step-badge.js';
import { inkAt, lettersOf, type Pen, type Sayings } from './ink.js';
import { KINDS, type Kind, SERVER } from './marks.js';
import { type Line, letterOf, type Scene, seenOf, xOf, yOf } from './scene.js';

/** The most marks that are looked at for what could stand beside them. */
const MOST_LABELLED = 600;
/** From such a pitch on a mark has its letter, in pixels. */
const ROOM_FOR_LETTER = 12;

/** Marks, arrows between their rows and the server's, and beside them words where there is room. */
export function drawMarks(pen: Pen, scene: Scene, line: Line, says: Sayings | null): void {
  const { first, last } = seenOf(line, scene);
  for (let i = first; i < last; i++) drawArrow(pen, scene, line, i);
  const pitch = scene.width / Math.max(1, last - first);
  const size = Math.min(0.3 * scene.rise, 0.5 * scene.rem, Math.max(2, pitch * 0.45));
  for (let i = first; i < last; i++) drawMark(pen, scene, line, i, size);
  if (says === null || last - first > MOST_LABELLED) return;
  drawLabels(pen, scene, line, says, first, last, size);
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
  if (!isSmall) drawSign(pen, scene, line, index, size);
}

/** The letter of a mark, as the badge of its step has it, where there is room. */
export function drawSign(pen: Pen, scene: Scene, line: Line, index: number, size: number): void {
  const [x, y] = markAt(scene, line, index);
  const sign = LOOKS[line.marks.events[index]?.step ?? 'act']?.[0];
  if (size * 2 < ROOM_FOR_LETTER || sign === undefined) return;
  pen.fillStyle = scene.colours.of.pane;
  pen.font = lettersOf(scene, size * 1.4, 700);
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(sign, x, y + size * 0.08);
}

/** A handshake is the server's to begin, though it belongs to its socket's row. */
export function markAt(scene: Scene, line: Line, index: number): [number, number] {
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
    pen.fillStyle = colours.of.pane; // the row's line would run through the letters
    pen.fillRect(left - 1, y - 1, pen.measureText(text).width + 2, 3);
    pen.fillStyle = inkAt(scene, line, i);
    pen.fillText(text, left, y);
  }
}
