/**
 * The exercise of lesson 13 as a quiz: the steps of the turn in which somebody speaks, to be put in
 * order. The right order is that of the trace.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { StepName, TraceEvent } from '../../trace/event.js';
import { say } from '../texts.js';
import { StepBadge } from '../walk/step-badge.js';
import { firstWrong, type PageLesson, shuffled } from './route.js';
import { takeAnswer } from './state.js';

/** The quiz. @param events the steps in the right order */
export function OrderQuiz({
  lesson,
  events,
}: {
  lesson: PageLesson;
  events: readonly TraceEvent[];
}): JSX.Element {
  const cards = shuffled(
    events.map(({ step }, i) => ({ step, id: i })),
    lesson.number,
  );
  const chosen = useSignal<readonly number[]>([]);
  const checked = useSignal(false);
  const right = events.map(({ step }) => step);
  const given = chosen.value.map((id) => right[id] ?? 'select');
  const wrongAt = checked.value ? firstWrong(given, right) : -1;
  const set = (ids: readonly number[]): void => {
    chosen.value = ids;
    checked.value = false;
  };
  return (
    <div class="order">
      <p class="task">{say('lessons.order.task')}</p>
      <h3>{say('lessons.order.chosen')}</h3>
      <ol class="order-chosen">
        {given.map((step, i) => (
          <li key={i} class={checked.value ? (i === wrongAt ? 'is-wrong' : 'is-placed') : ''}>
            <StepBadge step={step} />
          </li>
        ))}
        {given.length === 0 && <li class="none">{say('lessons.order.none')}</li>}
      </ol>
      <h3>{say('lessons.order.left')}</h3>
      <div class="order-left">
        {cards
          .filter(({ id }) => !chosen.value.includes(id))
          .map(({ step, id }) => (
            <button
              key={id}
              type="button"
              aria-label={say('lessons.order.take', { step })}
              onClick={() => set([...chosen.peek(), id])}
            >
              <StepBadge step={step} />
            </button>
          ))}
      </div>
      <div class="predict-buttons">
        <button
          type="button"
          aria-disabled={given.length === 0}
          onClick={() => set(chosen.peek().slice(0, -1))}
        >
          {say('lessons.order.undo')}
        </button>
        <button
          type="button"
          class="main"
          aria-disabled={given.length < right.length}
          onClick={() => {
            if (given.length < right.length) return;
            checked.value = true;
            if (firstWrong(given, right) === -1) takeAnswer(lesson.number, 'make', 'done');
          }}
        >
          {say('lessons.check')}
        </button>
      </div>
      <p role="status" class={wrongAt === -1 ? 'said is-right' : 'said is-wrong'}>
        {checked.value && (
          <>
            <span class="sign">{wrongAt === -1 ? '✓' : '✗'}</span>{' '}
            {wrongAt === -1 ? say('lessons.all-right') : sentence(given, right, wrongAt)}
          </>
        )}
      </p>
    </div>
  );
}

function sentence(given: readonly StepName[], right: readonly StepName[], at: number): string {
  const step = right[at] ?? 'select';
  return say('lessons.order.wrong', {
    place: at,
    given: given[at] ?? '',
    right: step,
    why: say(`walk.why.${step}`),
  });
}
