/**
 * The cost curve of select as a picture: plain SVG, both axes in powers of ten. It is drawn for a
 * column of 80 mm, on a light ground of its own as the other pictures of docs, for a page in dark mode.
 * @module
 */

import { type Point, SHARES } from './curve.js';

const WIDTH = 480;
const HEIGHT = 482;
const PLOT = { left: 64, right: 364, top: 70, bottom: 350 };
/** Powers of ten at the ends of the axes: clients; microseconds, and descriptors beside them. */
const X = { from: 1, to: 4 };
const Y = { from: 0, to: 4 };
/** By the share that is ready; they differ in lightness too. */
const COLOURS: Record<number, string> = { 0.01: '#0e7490', 0.1: '#1d4ed8', 1: '#991b1b' };
const INK = '#0f172a';
const SOFT = '#475569';
const SCANNED = 'stroke="#94a3b8" stroke-width="9" stroke-opacity="0.6"';
const DASHED = ' stroke-dasharray="3 5"';
/** Letters of the smallest size that fit beside each other. */
const LINE_LETTERS = 72;

const DESCRIPTION =
  'Both axes are in powers of ten. A select(2) scans all that are watched: a straight line. The time of ' +
  'our select follows those that are ready: with 100% ready it climbs beside that line, with 10% it ' +
  'climbs below it, and with 1% lower still.';

/** Tells an English text of the picture. */
type Tell = (english: string) => string;

/**
 * Draws the curve.
 *
 * @param caption where it was measured
 * @param tell tells its texts in another language
 */
export function curveSvg(
  points: readonly Point[],
  caption: string,
  tell: Tell = (english) => english,
): string {
  const parts = [
    ...axes(tell),
    scanned(points),
    ...SHARES.flatMap((share) =>
      curvesOf(
        points.filter((point) => point.share === share),
        tell,
      ),
    ),
    ...legend(tell),
    ...small(caption),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="15">
  <title id="t">${tell('The time of one select, by the number of clients that are watched')}</title>
  <desc id="d">${tell(DESCRIPTION)}</desc>
  <rect width="${WIDTH}" height="${HEIGHT}" rx="10" fill="#f8fafc"/>
  <text x="16" y="28" font-size="17" font-weight="700" fill="${INK}">${tell('One select: the time of ours,')}</text>
  <text x="16" y="49" font-size="17" font-weight="700" fill="${INK}">${tell('and what a select(2) goes through')}</text>
${parts.map((part) => `  ${part}`).join('\n')}
</svg>
`;
}

/** The curves of a share on both networks, and at their ends what share it is. */
function curvesOf(points: Point[], tell: Tell): string[] {
  const ends: number[] = [];
  const parts: string[] = [];
  const colour = COLOURS[points[0]?.share ?? 0] ?? INK;
  for (const [network, dash] of [
    ['real', ''],
    ['sim', DASHED],
  ] as const) {
    const own = points.filter((point) => point.network === network);
    const last = own.at(-1);
    if (last === undefined) continue;
    const places = own.map(({ clients, microseconds }) => `${x(clients)},${y(microseconds)}`);
    parts.push(
      `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2.5"${dash}/>`,
    );
    ends.push(y(last.microseconds));
  }
  const middle = Math.round((Math.min(...ends) + Math.max(...ends)) / 2);
  if (ends.length > 0) {
    const share = tell(`${(points[0]?.share ?? 0) * 100}% ready`);
    parts.push(
      text(
        PLOT.right + 8,
        middle + 5,
        share,
        `fill="${colour}" font-weight="600" font-size="14.5"`,
      ),
    );
  }
  return parts;
}

/** As many as are watched: the line from corner to corner. */
function scanned(points: readonly Point[]): string {
  const counts = [...new Set(points.map(({ clients }) => clients))].sort((a, b) => a - b);
  const places = counts.map((count) => `${x(count)},${y(count)}`);
  return `<polyline points="${places.join(' ')}" fill="none" ${SCANNED}/>`;
}

function axes(tell: Tell): string[] {
  const parts: string[] = [];
  const { left, right, top, bottom } = PLOT;
  for (let power = X.from; power <= X.to; power++) {
    const at = x(10 ** power);
    parts.push(`<path d="M${at} ${top}V${bottom}" stroke="#cbd5e1"/>`);
    parts.push(text(at, bottom + 20, label(power), `fill="${SOFT}" text-anchor="middle"`));
  }
  for (let power = Y.from; power <= Y.to; power++) {
    const at = y(10 ** power);
    parts.push(`<path d="M${left} ${at}H${right}" stroke="#cbd5e1"/>`);
    parts.push(text(left - 8, at + 5, label(power), `fill="${SOFT}" text-anchor="end"`));
  }
  const middle = (left + right) / 2;
  parts.push(
    text(
      middle,
      bottom + 40,
      tell('clients that are watched'),
      `fill="${INK}" text-anchor="middle"`,
    ),
  );
  return parts;
}

/** What the kinds of lines mean: the left axis counts microseconds for ours, descriptors for the other. */
function legend(tell: Tell): string[] {
  const rows: [string, string, number, number][] = [
    ['µs, real sockets', `stroke="${INK}" stroke-width="2.5"`, 16, 412],
    ['µs, simulated', `stroke="${INK}" stroke-width="2.5"${DASHED}`, 16, 434],
    ['scanned by select(2)', SCANNED, 226, 412],
  ];
  return rows.map(
    ([name, stroke, left, at]) =>
      `<path d="M${left} ${at - 5}h30" fill="none" ${stroke}/>${text(left + 38, at, tell(name), `fill="${INK}"`)}`,
  );
}

/** The caption, in a line or two. */
function small(caption: string): string[] {
  const lines = [''];
  for (const word of caption.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length > LINE_LETTERS) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.map((line, i) => {
    const at = HEIGHT - 10 - 14 * (lines.length - 1 - i);
    return text(16, at, escaped(line), `fill="${SOFT}" font-size="11.5"`);
  });
}

function text(left: number, at: number, words: string, style: string): string {
  return `<text x="${left}" y="${at}" ${style}>${words}</text>`;
}

function x(clients: number): number {
  return place(clients, X, PLOT.left, PLOT.right);
}

function y(value: number): number {
  return place(value, Y, PLOT.bottom, PLOT.top);
}

function place(
  value: number,
  { from, to }: { from: number; to: number },
  start: number,
  end: number,
): number {
  return Math.round(start + ((Math.log10(value) - from) / (to - from)) * (end - start));
}

function label(power: number): string {
  return (10 ** power).toLocaleString('en');
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
