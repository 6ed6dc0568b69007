/**
 * Bytes to be edited, in hex and as text: a grid to walk through with the arrows; two hex digits
 * write a byte. What is looked at, and what the mouse is over, is marked in both.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Letter, signOf } from '../../inspect/letters.js';
import { say } from '../texts.js';
import { innermost, type Range } from './fields.js';
import type { BytesReading } from './state.js';

/** Bytes in a row; where there is no room, half of them stand below the others. */
const WIDTH = 16;

/** The grid. */
export function ByteGrid({ reading }: { reading: BytesReading }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const digit = useSignal('');
  const bytes = reading.editor.bytes.value;
  const { start, end } = reading.window.value;
  const at = reading.at.value;
  const letters = lettersOf(reading);
  const node = reading.node.value;
  const hovered = reading.hovered.value;
  const isFocused = (): boolean => box.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    digit.value = '';
    if (isFocused()) box.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [at]);
  const hover = (event: Event): void => {
    const offset = offsetOf(event);
    reading.hovered.value = offset === null ? null : innermost(reading.units.value, offset);
  };
  const rows = Array.from(
    { length: Math.ceil((end - start) / WIDTH) },
    (_, i) => start + i * WIDTH,
  );
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the focus marks what the mouse marks
    // biome-ignore lint/a11y/useSemanticElements: its rows wrap, which those of a table cannot
    <div
      ref={box}
      class="grid"
      role="grid"
      aria-label={say('bytes.grid')}
      data-own-keys
      onKeyDown={(event) => onKey(event, reading, digit)}
      onMouseOver={hover}
      onMouseLeave={() => {
        reading.hovered.value = null;
      }}
      onClick={(event) => {
        const offset = offsetOf(event);
        if (offset === null) return;
        reading.look(offset);
        box.current?.querySelector<HTMLElement>(`.cell[data-at="${offset}"]`)?.focus();
      }}
    >
      {rows.map((first) => (
        <Row
          key={first}
          first={first}
          bytes={bytes.subarray(first, Math.min(end, first + WIDTH))}
          letters={letters.slice(first - start, first - start + WIDTH).join('')}
          picked={within(node, first)}
          hovered={within(hovered, first)}
          at={at >= first && at < first + WIDTH ? at : null}
          digit={at >= first && at < first + WIDTH ? digit.value : ''}
        />
      ))}
    </div>
  );
}

/** A row is drawn again only where something in it has changed. */
const Row = memo(
  function Row(row: RowProps): JSX.Element {
    const { first, bytes, letters, picked, hovered, at, digit } = row;
    const marks = (offset: number): string => {
      const isIn = (range: string): boolean => {
        const [from = 0, to = 0] = range.split(' ').map(Number);
        return range !== '' && offset >= from && offset < to;
      };
      const marked = isIn(picked) ? ' picked' : '';
      return `${marked}${isIn(hovered) ? ' hovered' : ''}${offset === at ? ' at' : ''}`;
    };
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus
      // biome-ignore lint/a11y/useSemanticElements: a row of bytes wraps, which a row of a table cannot
      <div class="grid-row" role="row">
        {/* biome-ignore lint/a11y/useFocusableInteractive: it is no place to be */}
        {/* biome-ignore lint/a11y/useSemanticElements: as the row */}
        <span class="grid-offset" role="rowheader">
          {first.toString(16).padStart(4, '0')}
        </span>
        <span class="cells" role="presentation">
          {Array.from(bytes, (value, i) => {
            const offset = first + i;
            const hex = value.toString(16).padStart(2, '0');
            const sign = signOf(value);
            const isAt = offset === at;
            return (
              // biome-ignore lint/a11y/useSemanticElements: as the row
              <span
                key={offset}
                class={`cell letter-${letters[i]}${marks(offset)}`}
                role="gridcell"
                data-at={offset}
                tabIndex={isAt ? 0 : -1}
                aria-selected={isAt}
                aria-label={say(sign === '·' ? 'bytes.cell' : 'bytes.cell.sign', {
                  at: offset,
                  hex,
                  sign,
                })}
              >
                {isAt && digit !== '' ? `${digit}_` : hex}
              </span>
            );
          })}
        </span>
        <span class="signs" aria-hidden="true">
          {Array.from(bytes, (value, i) => (
            <span key={first + i} class={`sign${marks(first + i)}`} data-at={first + i}>
              {signOf(value)}
            </span>
          ))}
        </span>
      </div>
    );
  },
  (before, after) =>
    before.first === after.first &&
    before.at === after.at &&
    before.digit === after.digit &&
    before.picked === after.picked &&
    before.hovered === after.hovered &&
    before.letters === after.letters &&
    before.bytes.length === after.bytes.length &&
    before.bytes.every((value, i) => value === after.bytes[i]),
);

interface RowProps {
  /** The offset of its first byte. */
  first: number;
  bytes: Uint8Array;
  /** One for each byte. */
  letters: string;
  /** What is marked of this row, `from to`; '' for nothing. */
  picked: string;
  hovered: string;
  /** The byte that is looked at; null where it is in another row. */
  at: number | null;
  /** The first of two hex digits. */
  digit: string;
}

function within(range: Range | null, first: number): string {
  if (range === null || range.start >= first + WIDTH || range.end <= first) return '';
  return `${Math.max(first, range.start)} ${Math.min(first + WIDTH, range.end)}`;
}

function lettersOf(reading: BytesReading): Letter[] {
  const { start, end } = reading.window.value;
  const letters = new Array<Letter>(Math.max(0, end - start)).fill('P');
  for (const { fields } of reading.units.value) {
    for (const field of fields) {
      const from = Math.max(0, field.start - start);
      letters.fill(field.letter, from, Math.max(from, field.end - start));
    }
  }
  return letters;
}

function offsetOf({ target }: Event): number | null {
  const at =
    target instanceof Element ? target.closest('[data-at]')?.getAttribute('data-at') : null;
  return at == null ? null : Number(at);
}

const MOVES: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: WIDTH,
  ArrowUp: -WIDTH,
  PageDown: 8 * WIDTH,
  PageUp: -8 * WIDTH,
  Home: -Number.MAX_SAFE_INTEGER,
  End: Number.MAX_SAFE_INTEGER,
};

function onKey(event: KeyboardEvent, reading: BytesReading, digit: { value: string }): void {
  const at = reading.at.value;
  const key = event.key.toLowerCase();
  const move = MOVES[event.key];
  if (event.ctrlKey || event.metaKey) {
    if (key !== 'z' && key !== 'y') return;
    if (key === 'y' || event.shiftKey) reading.redo();
    else reading.undo();
  } else if (event.altKey) return;
  else if (move !== undefined) reading.look(at + move);
  else if (key === 'escape' && digit.value !== '') digit.value = '';
  else if (!/^[0-9a-f]$/.test(key)) return;
  else if (digit.value === '') digit.value = key;
  else {
    reading.editor.set(at, Number.parseInt(digit.value + key, 16));
    digit.value = '';
    reading.look(at + 1);
  }
  event.preventDefault();
}
