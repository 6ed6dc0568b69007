/**
 * The cost curve of select as a picture: plain SVG, both axes in powers of ten.
 * @module
 */

import { type Point, SHARES } from './curve.js';

const WIDTH = 820;
const HEIGHT = 440;
const PLOT = { left: 70, right: 560, top: 40, bottom: 380 };
/** Powers of ten at the ends of the axes: clients, microseconds, descriptors scanned. */
const X = { from: 1, to: 4 };
const Y = { from: -1, to: 4 };
/** As many powers as on the other axis, so that slopes can be compared. */
const SCANNED = { from: 0, to: 5 };
const COLOURS: Record<number, string> = { 0.01: '#1b7837', 0.1: '#2166ac', 1: '#b2182b' };

interface Range {
  from: number;
  to: number;
}

/** Draws the curve. @param caption where it was measured */
export function curveSvg(points: readonly Point[], caption: string): string {
  const lines = (['real', 'sim'] as const).flatMap((network) =>
    SHARES.map((share) =>
      line(points.filter((point) => point.network === network && point.share === share)),
    ),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="12">
<title>The time of one select, by the number of clients that are watched</title>
<desc>Our select takes longer with the clients that are ready; select(2) scans all that are watched.</desc>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${PLOT.left}" y="20" font-size="15">One select: the time of ours, and what select(2) scans</text>
${axes()}
${scanned(points)}
${lines.join('\n')}
${legend()}
<text x="${PLOT.left}" y="${HEIGHT - 8}" fill="#666" font-size="10">${escaped(caption)}</text>
</svg>
`;
}

function line(points: Point[]): string {
  const [first] = points;
  if (first === undefined) return '';
  const dash = first.network === 'sim' ? ' stroke-dasharray="6 4"' : '';
  const places = points.map(({ clients, microseconds }) => `${x(clients)},${y(microseconds, Y)}`);
  return `<polyline points="${places.join(' ')}" fill="none" stroke="${COLOURS[first.share]}" stroke-width="2"${dash}/>`;
}

/** As many as are watched: the line from corner to corner, on the axis at the right. */
function scanned(points: readonly Point[]): string {
  const counts = [...new Set(points.map(({ clients }) => clients))].sort((a, b) => a - b);
  const places = counts.map((count) => `${x(count)},${y(count, SCANNED)}`);
  return `<polyline points="${places.join(' ')}" fill="none" stroke="#999" stroke-width="6" stroke-opacity="0.4"/>`;
}

function axes(): string {
  const parts: string[] = [];
  const { left, right, top, bottom } = PLOT;
  for (let power = X.from; power <= X.to; power++) {
    const at = x(10 ** power);
    parts.push(`<path d="M${at} ${top}V${bottom}" stroke="#ddd"/>`);
    parts.push(`<text x="${at}" y="${bottom + 18}" text-anchor="middle">${label(power)}</text>`);
  }
  for (let power = Y.from; power <= Y.to; power++) {
    const at = y(10 ** power, Y);
    parts.push(`<path d="M${left} ${at}H${right}" stroke="#ddd"/>`);
    parts.push(`<text x="${left - 8}" y="${at + 4}" text-anchor="end">${label(power)} µs</text>`);
  }
  for (let power = SCANNED.from; power <= SCANNED.to; power++) {
    const at = y(10 ** power, SCANNED);
    parts.push(`<text x="${right + 8}" y="${at + 4}" fill="#777">${label(power)}</text>`);
  }
  parts.push(
    `<text x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle">clients watched</text>`,
  );
  return parts.join('\n');
}

function legend(): string {
  const left = PLOT.right + 120;
  const rows: [string, string, string][] = [];
  for (const [network, dash] of [
    ['real', ''],
    ['sim', ' stroke-dasharray="6 4"'],
  ] as const) {
    for (const share of SHARES.toReversed()) {
      const name = `${network === 'real' ? 'real sockets' : 'simulated'}, ${share * 100}% ready`;
      rows.push([name, COLOURS[share] ?? '', dash]);
    }
  }
  const entries = rows.map(([name, colour, dash], i) => {
    const at = PLOT.top + 20 + i * 20;
    const stroke = `<path d="M${left - 40} ${at}h28" stroke="${colour}" stroke-width="2"${dash}/>`;
    return `${stroke}<text x="${left - 6}" y="${at + 4}" font-size="11">${name}</text>`;
  });
  const at = PLOT.top + 20 + rows.length * 20;
  const grey = `<path d="M${left - 40} ${at}h28" stroke="#999" stroke-width="6" stroke-opacity="0.4"/>`;
  return [
    ...entries,
    `${grey}<text x="${left - 6}" y="${at + 4}" font-size="11">scanned by select(2)</text>`,
  ].join('\n');
}

function x(clients: number): number {
  return place(clients, X, PLOT.left, PLOT.right);
}

function y(value: number, range: Range): number {
  return place(value, range, PLOT.bottom, PLOT.top);
}

function place(value: number, { from, to }: Range, start: number, end: number): number {
  return Math.round(start + ((Math.log10(value) - from) / (to - from)) * (end - start));
}

function label(power: number): string {
  return (10 ** power).toLocaleString('en');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
