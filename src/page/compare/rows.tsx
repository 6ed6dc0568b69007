/**
 * Two traces side by side, of which only what is seen is drawn. A row that differs has a sign.
 * @module
 */

import type { JSX } from 'preact';
import { partingOf } from '../../scenario/parting.js';
import type { TraceRow } from '../../trace/diff.js';
import type { TraceEvent } from '../../trace/event.js';
import { describeStep } from '../../trace/text.js';
import { language } from '../language.js';
import { useWindow } from '../shared/windowed.js';
import { say } from '../texts.js';
import { StepBadge } from '../walk/step-badge.js';

/** As in style.css. */
const ROW_REM = 1.875;

/** What the rows are of. */
export interface RowsProps {
  /** The rows. */
  rows: readonly TraceRow[];
  /** The row that is looked at, from 0; -1 for none. */
  current: number;
  /** Goes to a row. */
  onGo: (row: number) => void;
  /** The names of both sides. */
  names: readonly [left: string, right: string];
}

/** The rows. Arrows go from row to row, as do Home and End. */
export function Rows({ rows, current, onGo, names }: RowsProps): JSX.Element {
  const { ref, onScroll, from, to, paper } = useWindow<HTMLDivElement>(
    rows.length,
    ROW_REM,
    current,
  );
  return (
    <>
      <div class="rows-names" aria-hidden="true">
        <span>{names[0]}</span>
        <span>{names[1]}</span>
      </div>
      <div
        ref={ref}
        class={`diff-rows ${paper}`}
        role="listbox"
        tabIndex={0}
        data-own-keys
        aria-label={say('compare.rows', { left: names[0], right: names[1] })}
        aria-activedescendant={current >= from && current < to ? `row-${current}` : undefined}
        onScroll={onScroll}
        onKeyDown={(event) => {
          const goes: Record<string, number> = {
            ArrowDown: current + 1,
            ArrowUp: current - 1,
            Home: 0,
            End: rows.length - 1,
          };
          const to = goes[event.key];
          if (to === undefined) return;
          event.preventDefault();
          onGo(Math.min(rows.length - 1, Math.max(0, to)));
        }}
      >
        <div class="all" role="presentation" style={{ '--height': `${rows.length * ROW_REM}rem` }}>
          {rows.slice(from, to).map((row, i) => {
            const at = from + i;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box around it
              // biome-ignore lint/a11y/useFocusableInteractive: the box has the focus, and says which one is active
              <div
                key={at}
                id={`row-${at}`}
                role="option"
                class={row.same ? 'row' : `row differs is-${partingOf(row)?.kind}`}
                aria-selected={at === current}
                aria-setsize={rows.length}
                aria-posinset={at + 1}
                style={{ top: `${at * ROW_REM}rem` }}
                onClick={() => onGo(at)}
              >
                <Half event={row.left} />
                <span class="sign">{signOf(row)}</span>
                <Half event={row.right} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function Half({ event }: { event: TraceEvent | null }): JSX.Element {
  if (event === null) return <span class="half nothing">{say('compare.nothing')}</span>;
  return (
    <span class="half">
      <StepBadge step={event.step} />
      <span class="says">{describeStep(event, language.value).slice(0, 120)}</span>
    </span>
  );
}

function signOf({ same, left, right }: TraceRow): string {
  if (same) return '=';
  return left === null ? '→' : right === null ? '←' : '≠';
}
