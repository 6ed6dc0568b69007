/**
 * The address for joining on the whole screen, for a projector: a QR code, large digits, and the
 * address as it is typed. It holds no secret.
 * @module
 */

import { pc } from '../terminal/colours.js';
import type { Size } from '../terminal/keys.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { serve } from '../texts/serve.en.js';
import { serve as serveZh } from '../texts/serve.zh.js';
import { cut } from '../trace/columns.js';
import { qrCode } from './addresses.js';

/** Where others join. */
export interface Join {
  /** What is opened in a browser, or typed in a terminal. */
  address: string;
  /** Its host and port alone, for those who type them. */
  short: string;
  /** Whether it is for a browser, so that a QR code is of use. */
  isPage: boolean;
  /** What else is to be known; empty for nothing. */
  note: string;
}

/** Draws it, in exactly as many rows as there are; what does not fit is left out, the address last. */
export function joinScreen(
  { address, short, isPage, note }: Join,
  { columns, rows }: Size,
  language: Language = DEFAULT_LANGUAGE,
): string[] {
  const say = speaker({ en: serve, zh: serveZh }, language);
  const line = (text: string): string => cut(` ${text}`, Math.max(1, columns));
  const below = [line(pc.bold(address)), ...(note === '' ? [] : [line(note)])];
  const large = largeText(short, columns);
  const code = isPage ? qrCode(address).trimEnd().split('\n') : [];
  const foot = line(pc.dim(say('join.back')));
  let left = rows - below.length - 1;
  const parts = [below, [foot]];
  for (const part of [large, code]) {
    const needed = part.length + 1;
    if (part.length === 0 || needed > left) continue;
    left -= needed;
    parts.unshift([...part, '']);
  }
  const lines = parts.flat();
  return Array.from({ length: Math.max(0, rows) }, (_, i) =>
    i === rows - 1 ? foot : (lines.slice(0, -1)[i] ?? ''),
  );
}

/** Three columns of five pixels a digit, a row each, from the top. */
const GLYPHS: Readonly<Record<string, string>> = {
  0: '### #.# #.# #.# ###',
  1: '.#. ##. .#. .#. ###',
  2: '### ..# ### #.. ###',
  3: '### ..# .## ..# ###',
  4: '#.# #.# ### ..# ..#',
  5: '### #.. ### ..# ###',
  6: '### #.. ### #.# ###',
  7: '### ..# ..# .#. .#.',
  8: '### #.# ### #.# ###',
  9: '### #.# ### ..# ###',
  '.': '. . . . #',
  ':': '. # . # .',
};

/** Digits three rows high; empty for what has letters, or does not fit. */
export function largeText(text: string, columns: number): string[] {
  const glyphs = [...text].map((character) => GLYPHS[character]?.split(' '));
  if (!glyphs.every((glyph) => glyph !== undefined)) return [];
  const pixels = Array.from({ length: 6 }, (_, y) =>
    glyphs.map((glyph) => glyph[y] ?? '.'.repeat(glyph[0]?.length ?? 0)).join('.'),
  );
  if ((pixels[0]?.length ?? 0) + 1 > columns) return [];
  return [0, 2, 4].map((y) => {
    const lower = pixels[y + 1] ?? '';
    const cells = [...(pixels[y] ?? '')].map((upper, x) =>
      blockOf(upper === '#', lower[x] === '#'),
    );
    return ` ${pc.bold(cells.join(''))}`;
  });
}

function blockOf(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
