/**
 * All steps as a list, of which only what is seen is drawn.
 * @module
 */

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useWindow } from '../shared/windowed.js';
import { say } from '../texts.js';
import { timelineOf } from '../timeline/state.js';
import { wordsAt } from '../timeline/words.js';
import { StepBadge } from '../walk/step-badge.js';
import type { Walk } from '../walk/walk.js';

/** As in style.css. */
const ROW_REM = 1.75;

/** The list. Arrows, Home and End move through the walk, as they do everywhere. */
export function StepList({ walk }: { walk: Walk }): JSX.Element {
  const id = useId();
  const events = walk.events.value;
  const position = walk.position.value;
  const { marks } = timelineOf(walk).drawn;
  const { ref, onScroll, from, to, paper } = useWindow<HTMLDivElement>(
    events.length,
    ROW_REM,
    position - 1,
  );
  return (
    <div
      ref={ref}
      class={`step-list ${paper}`}
      role="listbox"
      tabIndex={0}
      aria-label={say('loop.steps')}
      aria-activedescendant={position > from && position <= to ? `${id}-${position}` : undefined}
      onScroll={onScroll}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        walk.pause();
        walk.seek(position + by);
      }}
    >
      <div class="rows" role="presentation" style={{ '--height': `${events.length * ROW_REM}rem` }}>
        {events.slice(from, to).map((event, i) => {
          const number = from + i + 1;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which one is active
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list are the walk's
            <div
              key={number}
              id={`${id}-${number}`}
              role="option"
              class={event.step === 'select' ? 'row turn' : 'row'}
              aria-selected={number === position}
              aria-setsize={events.length}
              aria-posinset={number}
              style={{ top: `${(number - 1) * ROW_REM}rem` }}
              onClick={() => {
                walk.pause();
                walk.seek(number);
              }}
            >
              <span class="number">{number}</span>
              <StepBadge step={event.step} />
              <span class="says">{wordsAt(marks, number - 1)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
