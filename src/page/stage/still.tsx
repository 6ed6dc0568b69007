/**
 * The stage at the present step as a file: an SVG that needs nothing else, on a light ground, as wide
 * whatever the window is. Its styles are those of the page, written into it.
 * @module
 */

import { render } from 'preact';
import { cut } from '../../trace/columns.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import { timelineOf } from '../timeline/state.js';
import { wordsAt } from '../timeline/words.js';
import type { Walk } from '../walk/walk.js';
import { Drawing } from './drawing.js';
import { layoutOf, mostRows } from './layout.js';
import { stageAt } from './model.js';
import { Tracks } from './tracks.js';

/** Of the drawing, in its own unit, of which so many pixels are one. */
const WIDTH = 72;
const PIXELS = 16;
const LETTER = 0.8125;
/** Round it, and below it for the sentence of the step. */
const MARGIN = 1;
const FOOT = 2;

const SHAPE = ['fill', 'stroke', 'opacity'] as const;
/** What only matters where there is a stroke. */
const STROKE = ['stroke-width', 'stroke-dasharray', 'stroke-dashoffset'] as const;
const LETTERS = ['font-family', 'font-size', 'font-weight', 'text-decoration-line'] as const;

/** Draws it. @returns an SVG document */
export function stageSvg(walk: Walk): string {
  const events = walk.events.peek();
  const view = walk.view.peek();
  const stage = stageAt(new Tracks().take(events), view, mostRows(WIDTH), language.peek());
  const layout = layoutOf(WIDTH, stage.rows, LETTER);
  const { marks } = timelineOf(walk).drawn;
  const sentence = say('timeline.value', {
    n: view.position,
    length: events.length,
    says: wordsAt(marks, view.position - 1),
  });
  const [width, height] = [WIDTH + 2 * MARGIN, layout.height + 2 * MARGIN + FOOT];
  const host = document.createElement('div');
  host.classList.add('stage', 'still-host');
  document.body.append(host);
  try {
    const nowhere = (): void => undefined;
    render(
      <div class="stage-box">
        <svg
          class="still"
          width={width * PIXELS}
          height={height * PIXELS}
          viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
          style={`--ms:0ms;--letter:${LETTER}px`}
        >
          <title>{sentence}</title>
          <rect class="paper" x={-MARGIN} y={-MARGIN} width={width} height={height} />
          <Drawing stage={stage} layout={layout} toFd={nowhere} toStep={nowhere} />
          <text x="0.4" y={layout.height + FOOT}>
            {cut(sentence, Math.floor(WIDTH / (LETTER * 0.6)))}
          </text>
        </svg>
      </div>,
      host,
    );
    const svg = host.querySelector('svg');
    if (svg === null) throw new Error('bug: nothing was drawn');
    writeStyles(svg);
    return `${new XMLSerializer().serializeToString(svg)}\n`;
  } finally {
    render(null, host);
    host.remove();
  }
}

/** Writes into each element how it looks; what is only for a page goes. */
function writeStyles(svg: SVGSVGElement): void {
  const all = [...svg.querySelectorAll<SVGGraphicsElement>('*')];
  // first all is read: a style that is gone would change the looks of what is in it
  const written = all.map((element) => [element, looksOf(element)] as const);
  for (const [element, looks] of written) {
    for (const { name } of [...element.attributes]) {
      if (/^(class|style|role|tabindex|aria-.*)$/.test(name)) element.removeAttribute(name);
    }
    for (const [name, value] of looks) element.setAttribute(name, value);
  }
  svg.removeAttribute('class');
  svg.removeAttribute('style');
}

function looksOf(element: SVGGraphicsElement): [name: string, value: string][] {
  if (element.localName === 'title') return [];
  const style = getComputedStyle(element);
  const looks: [string, string][] = [];
  const take = (names: readonly string[]): void => {
    for (const name of names) {
      const value = style.getPropertyValue(name);
      if (value !== '' && value !== 'normal') looks.push([name.replace('-line', ''), plain(value)]);
    }
  };
  const isGroup = element.localName === 'g' || element.localName === 'svg';
  take(isGroup ? ['opacity'] : SHAPE);
  if (!isGroup && style.stroke !== 'none') take(STROKE);
  if (element.localName === 'text') take(LETTERS);
  const parent = element.parentElement;
  const isMoved = [style.transform, style.scale, style.rotate].some((one) => one !== 'none');
  if (isMoved && parent instanceof SVGGraphicsElement) {
    const by = parent
      .getScreenCTM()
      ?.inverse()
      .multiply(element.getScreenCTM() ?? undefined);
    const { a = 1, b = 0, c = 0, d = 1, e = 0, f = 0 } = by ?? {};
    const numbers = [a, b, c, d, e, f].map((n) => String(Math.round(n * 1e4) / 1e4));
    looks.push(['transform', `matrix(${numbers.join(' ')})`]);
  }
  return looks;
}

/** As an attribute has it; not all that draw SVG know a colour that is seen through. */
function plain(value: string): string {
  if (/^rgba\(.*, 0\)$/.test(value)) return 'none';
  return value.replace(/(\d)px/g, '$1');
}
