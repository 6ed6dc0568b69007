/**
 * The exercise of lesson 0 as a quiz: three questions about a trace, first that of the demo, then
 * another. The answers are worked out of the trace.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { TraceEvent } from '../../trace/event.js';
import { say } from '../texts.js';
import { clientFds, hearersOf, type PageLesson, turnOfLogin, turnsWith } from './route.js';
import { takeAnswer } from './state.js';

/** What is asked about a trace. */
export interface HelloQuestions {
  /** Who logs in. */
  name: string;
  /** What is said. */
  text: string;
  /** Which socket. */
  fd: number;
}

/** What was filled in. */
interface Given {
  turn: string;
  fds: readonly number[];
  count: string;
}

const NOTHING: Given = { turn: '', fds: [], count: '' };

/** The quiz. */
export function HelloQuiz({
  lesson,
  events,
  asks,
  isLast,
}: {
  lesson: PageLesson;
  events: readonly TraceEvent[];
  asks: HelloQuestions;
  isLast: boolean;
}): JSX.Element {
  const given = useSignal<Given>(NOTHING);
  const checked = useSignal<readonly string[] | null>(null);
  const { name, text, fd } = asks;
  const set = (changes: Partial<Given>): void => {
    given.value = { ...given.peek(), ...changes };
    checked.value = null;
  };
  const wrong = checked.value;
  return (
    <form
      class="quiz"
      onSubmit={(event) => {
        event.preventDefault();
        checked.value = wrongAnswers(given.peek(), events, asks);
        if (checked.peek()?.every((key) => key === '') && isLast) {
          takeAnswer(lesson.number, 'make', 'done');
        }
      }}
    >
      <label class="ask">
        <span>{say('lessons.hello.login', { name })}</span>
        <input
          type="number"
          min={0}
          value={given.value.turn}
          onInput={(event) => set({ turn: event.currentTarget.value })}
        />
        <Said lesson={lesson} wrong={wrong?.[0]} />
      </label>
      <fieldset class="ask">
        <legend>{say('lessons.hello.hearers', { text })}</legend>
        {[...new Set([3, ...clientFds(events)])].map((one) => (
          <label key={one}>
            <input
              type="checkbox"
              checked={given.value.fds.includes(one)}
              onChange={(event) => {
                const others = given.peek().fds.filter((other) => other !== one);
                set({ fds: event.currentTarget.checked ? [...others, one] : others });
              }}
            />
            {say('lessons.fd', { fd: String(one) })}
          </label>
        ))}
        <Said lesson={lesson} wrong={wrong?.[1]} />
      </fieldset>
      <label class="ask">
        <span>{say('lessons.hello.turns', { fd: String(fd) })}</span>
        <input
          type="number"
          min={0}
          value={given.value.count}
          onInput={(event) => set({ count: event.currentTarget.value })}
        />
        <Said lesson={lesson} wrong={wrong?.[2]} />
      </label>
      <button type="submit" class="main">
        {say('lessons.check')}
      </button>
      <p class="quiz-sum" role="status">
        {wrong?.every((key) => key === '') === true ? say('lessons.all-right') : ''}
      </p>
    </form>
  );
}

/** For each answer the key of the lesson's text for it; '' for a right one. */
function wrongAnswers(
  { turn, fds, count }: Given,
  events: readonly TraceEvent[],
  { name, text, fd }: HelloQuestions,
): string[] {
  const hearers = [...hearersOf(events, text)].sort((a, b) => a - b);
  const isHeard = String([...fds].sort((a, b) => a - b)) === String(hearers);
  const isCount = count !== '' && Number(count) === turnsWith(events, fd);
  const isWatched = Number(count) === turnsWith(events, fd, 'read');
  return [
    turn !== '' && Number(turn) === turnOfLogin(events, name) ? '' : 'wrong.login',
    isHeard ? '' : 'wrong.hearers',
    isCount ? '' : isWatched ? 'wrong.watched' : 'wrong.turns',
  ];
}

/** What the check of the lesson says to an answer. @param wrong undefined before the check */
function Said({ lesson, wrong }: { lesson: PageLesson; wrong: string | undefined }): JSX.Element {
  if (wrong === undefined) return <span />;
  return wrong === '' ? (
    <span class="said is-right">
      <span class="sign">✓</span> {say('lessons.is-right')}
    </span>
  ) : (
    <span class="said is-wrong">
      <span class="sign">✗</span> {say('lessons.is-wrong')} {lesson.texts[wrong] ?? ''}
    </span>
  );
}
