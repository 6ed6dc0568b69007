/**
 * What can be saved of a walk and of bytes, for the views that show them.
 * @module
 */

import { toHex } from '../../bytes.js';
import type { TraceEvent } from '../../trace/event.js';
import { lamportSvg } from '../../trace/lamport-svg.js';
import { formatMaker, type TraceMaker } from '../../trace/maker.js';
import { formatEvent } from '../../trace/ndjson.js';
import { stageSvg } from '../stage/still.js';
import type { Saving } from '../view.js';
import type { Walk } from '../walk/walk.js';

/** Steps that a picture holds: a longer trace is drawn around the present step. */
const MOST_DRAWN = 2_000;
/** A canvas is at most so many pixels high. */
const MOST_PIXELS = 16_000;
/** A row of the drawing is about so high. */
const ROW_PIXELS = 46;

/**
 * A walk as a trace, its diagram, and the stage at its step.
 *
 * @param name of the run, for the files
 * @param maker what made the trace; null where nobody knows
 */
export function walkSavings(walk: Walk, name: string, maker: TraceMaker | null): Saving[] {
  const { events, position } = walk;
  const all = events.peek();
  if (all.length === 0) return [];
  const file = fileName(name);
  const stage = `${file}-stage-${position.peek()}`;
  const svg = around(all, position.peek(), MOST_DRAWN);
  const png = around(all, position.peek(), Math.floor(MOST_PIXELS / ROW_PIXELS) - 4);
  return [
    {
      label: 'save.trace',
      name: `${file}.ndjson`,
      make: () => traceText(all, maker),
    },
    { label: 'save.svg', name: `${file}${svg.part}.svg`, make: () => lamportSvg(svg.events) },
    {
      label: 'save.png',
      name: `${file}${png.part}.png`,
      make: () => pngOf(lamportSvg(png.events)),
    },
    { label: 'save.stage.svg', name: `${stage}.svg`, make: () => stageSvg(walk) },
    { label: 'save.stage.png', name: `${stage}.png`, make: () => pngOf(stageSvg(walk)) },
  ];
}

/** A trace as a file holds it: what made it, then a step a line. */
export function traceText(events: readonly TraceEvent[], maker: TraceMaker | null): string {
  const first = maker === null ? [] : [formatMaker(maker)];
  return `${[...first, ...events.map(formatEvent)].join('\n')}\n`;
}

/** Bytes as they are, and in hex as a person reads it. */
export function byteSavings(bytes: Uint8Array, name: string): Saving[] {
  if (bytes.length === 0) return [];
  const file = fileName(name);
  return [
    { label: 'save.hex', name: `${file}.hex`, make: () => hexLines(bytes) },
    { label: 'save.binary', name: `${file}.bin`, make: () => bytes },
  ];
}

/** Sixteen bytes a line. */
export function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    lines.push(toHex(bytes.subarray(at, at + 16)).replace(/..(?=.)/g, '$& '));
  }
  return `${lines.join('\n')}\n`;
}

/** What every system takes as the name of a file. */
export function fileName(name: string): string {
  const plain = name.replace(/\.(ndjson|jsonl?|pcap|pcapng|bin|hex|txt)$/i, '');
  return (
    plain
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'loopscope'
  );
}

/** So many steps around one, and their numbers where they are not all. */
function around(
  events: readonly TraceEvent[],
  position: number,
  most: number,
): { events: readonly TraceEvent[]; part: string } {
  if (events.length <= most) return { events, part: '' };
  const from = Math.max(0, Math.min(events.length - most, position - Math.floor(most / 2)));
  return { events: events.slice(from, from + most), part: `-steps-${from + 1}-${from + most}` };
}

/** Draws an SVG, at twice its size where a canvas is as high as that. */
async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(2, MOST_PIXELS / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob === null) throw new Error(`${canvas.width} x ${canvas.height}`);
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}
