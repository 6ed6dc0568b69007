/**
 * The colours of a canvas, which knows no style sheet: those of the tokens as they are now. On paper they
 * are the light ones.
 * @module
 */

import { signal } from '@preact/signals';

/** What a trace is drawn with, by the names of the tokens. */
const TOKENS = [
  'pane',
  'line',
  'edge',
  'ink',
  'soft',
  'accent',
  'mark-edge',
  'loop',
  'green',
  'blue',
  'violet',
  'red',
  'plain',
] as const;

/** A colour for each, and the letters. */
export interface Colours {
  readonly of: Readonly<Record<(typeof TOKENS)[number], string>>;
  readonly letters: string;
}

/** Seen by nobody: it takes the colours on, and so tells them. */
let probe: HTMLElement | null = null;

/** Reads them. */
export function coloursOf(isPaper: boolean): Colours {
  if (probe === null) {
    probe = document.createElement('span');
    probe.hidden = true;
    document.documentElement.append(probe);
  }
  const { style } = probe;
  style.colorScheme = isPaper ? 'light' : '';
  const computed = getComputedStyle(probe);
  const pairs = TOKENS.map((token) => {
    style.color = `var(--${token})`;
    return [token, computed.color];
  });
  const letters = computed.fontFamily;
  return { of: Object.fromEntries(pairs) as Colours['of'], letters };
}

/** A colour as a point of a picture, 0xAABBGGRR. @param css `rgb(1, 2, 3)` */
export function pointOf(css: string, alpha = 255): number {
  const [r = 0, g = 0, b = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return ((alpha << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** Grows whenever the colours or the letters may have become others. */
export const looks = signal(0);

let isWatching = false;

/** Watches for that, from the first time that it is asked for. */
export function watchLooks(): void {
  if (isWatching) return;
  isWatching = true;
  const again = (): void => {
    looks.value++;
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  matchMedia('print').addEventListener('change', again);
  const attributeFilter = ['data-theme', 'data-presenter'];
  new MutationObserver(again).observe(document.documentElement, { attributeFilter });
}
