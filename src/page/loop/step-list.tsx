/**
 * All steps as a list, of which only what is seen is drawn.
 * @module
 */

import type { JSX } from 'preact';
import { useId, useMemo } from 'preact/hooks';
import { useWindow } from '../shared/windowed.js';
import { say } from '../texts.js';
import { timelineOf } from '../timeline/state.js';
import { wordsAt } from '../timeline/words.js';
import { StepBadge } from '../walk/step-badge.js';
import type { Walk } from '../walk/walk.js';
import { foldedRows, rowOf, unfolded } from './step-rows.js';

/** As in style.css. */
const ROW_REM = 1.75;

/** The list. Arrows, Home and End move through the walk, as they do everywhere. */
export function StepList({ walk }: { walk: Walk }): JSX.Element {
  const id = useId();
  const events = walk.events.value;
  const position = walk.position.value;
  const { marks } = timelineOf(walk).drawn;
  const folded = useMemo(() => foldedRows(events), [events]);
  const stands = rowOf(folded, position);
  // on the first step of several they are still one row; whoever goes on sees them
  const open = folded[stands]?.from === position ? -1 : stands;
  const rows = useMemo(() => unfolded(folded, open), [folded, open]);
  const present = rowOf(rows, position);
  const { ref, onScroll, from, to, paper } = useWindow<HTMLDivElement>(
    rows.length,
    ROW_REM,
    present,
  );
  return (
    <div
      ref={ref}
      class={`step-list ${paper}`}
      role="listbox"
      tabIndex={0}
      aria-label={say('loop.steps')}
      aria-activedescendant={present >= from && present < to ? `${id}-${position}` : undefined}
      onScroll={onScroll}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        walk.pause();
        walk.seek(position + by);
      }}
    >
      <div class="rows" role="presentation" style={{ '--height': `${rows.length * ROW_REM}rem` }}>
        {rows.slice(from, to).map(({ from: number, to: last }, i) => {
          const event = events[number - 1];
          if (event === undefined) return null;
          const sends = last - number + (event.step === 'send' ? 1 : 0);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which one is active
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list are the walk's
            <div
              key={number}
              id={`${id}-${number}`}
              role="option"
              class={event.step === 'select' ? 'row turn' : 'row'}
              aria-selected={from + i === present}
              aria-setsize={rows.length}
              aria-posinset={from + i + 1}
              style={{ top: `${(from + i) * ROW_REM}rem` }}
              onClick={({ target }) => {
                const isUnfolding = target instanceof Element && target.closest('.fold') !== null;
                walk.pause();
                walk.seek(isUnfolding ? number + 1 : number);
              }}
            >
              <span class="number">{number}</span>
              <StepBadge step={event.step} />
              {last > number && (
                <span class="fold" title={say('loop.steps.unfold')}>
                  ▸ {say('loop.steps.sends', { n: sends })}
                </span>
              )}
              <span class="says">{wordsAt(marks, number - 1)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
