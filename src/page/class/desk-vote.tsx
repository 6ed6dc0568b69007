/**
 * The vote on the desk: choosing a question, how many have answered, the bars, the second time.
 * @module
 */

import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Desk, DeskVote } from '../../class/desk.js';
import type { Course } from '../course/course.js';
import { loadCourse } from '../course/load.js';
import { language } from '../language.js';
import { Words } from '../lessons/prose.js';
import type { Session } from '../session.js';
import { say } from '../texts.js';
import { Choice, Outcome, Track } from './counts.js';
import type { DeskState } from './desk-state.js';
import { Marked } from './marked.js';

/** What it is given. */
interface DeskVoteProps {
  session: Session;
  state: DeskState;
  desk: Desk;
}

/** The vote. */
export function DeskVoteBox(props: DeskVoteProps): JSX.Element {
  const { state, desk } = props;
  const { vote } = desk;
  return (
    <section class="pane desk-vote" aria-label={say('class.vote')}>
      <h2>
        {say('class.vote')}
        {vote !== null && <span class="file">{say(stateOf(vote))}</span>}
      </h2>
      {vote !== null && (
        <div class="class-vote">
          <p class="class-of">
            {say('class.vote.of', { number: String(vote.lesson), title: vote.title })}
          </p>
          <p class="class-question">
            <Marked text={vote.question} />
          </p>
          {vote.state === 'open' ? <Answered vote={vote} desk={desk} /> : <Shown vote={vote} />}
          <Buttons state={state} vote={vote} />
        </div>
      )}
      {vote === null || vote.state === 'closed' ? (
        <Chooser {...props} />
      ) : (
        <details class="desk-other">
          <summary>{say('class.desk.open.other')}</summary>
          <Chooser {...props} />
        </details>
      )}
    </section>
  );
}

function stateOf({ state, round, counts }: DeskVote) {
  if (state === 'closed') return 'class.desk.state.closed';
  if (state === 'open') return round === 1 ? 'class.desk.state.open' : 'class.desk.state.again';
  return counts.length > 1 ? 'class.desk.state.shown.again' : 'class.desk.state.shown';
}

/** While it is open nobody sees who said what, not even the desk. */
function Answered({ vote, desk }: { vote: DeskVote; desk: Desk }): JSX.Element {
  const { answered, choices } = vote;
  const here = Math.max(desk.here, answered);
  return (
    <>
      <ul class="desk-choices">
        {choices.map(([letter, text]) => (
          <li key={letter}>
            <Choice letter={letter} text={text} />
          </li>
        ))}
      </ul>
      <p class="desk-answered" role="status">
        <Track percent={here === 0 ? 0 : (100 * answered) / here} />
        {say('class.desk.answered', { answered, here })}
      </p>
    </>
  );
}

/**
 * The bars alone give nothing away, so that the class can talk and be asked again; what is right, and what
 * the wrong letters mean, opens by itself when that is over.
 */
function Shown({ vote }: { vote: DeskVote }): JSX.Element {
  const { state, round, choices, counts, answer, meanings } = vote;
  const isOver = state === 'closed' || round === 2;
  const isTold = useSignal(isOver);
  useEffect(() => {
    isTold.value = isOver;
  }, [isTold, isOver]);
  const isEmpty = counts.every((one) => Object.values(one).every((n) => n === 0));
  return (
    <>
      {isEmpty && <p class="desk-soft">{say('class.desk.no-answers')}</p>}
      <Outcome
        choices={choices}
        counts={counts}
        answer={isTold.value ? answer : null}
        meanings={(isTold.value ? meanings : null) ?? {}}
        mine={null}
      />
      {answer !== null && !isTold.value && (
        <p>
          <button
            type="button"
            class="quiet desk-tell"
            onClick={() => {
              isTold.value = true;
            }}
          >
            {say('class.desk.tell')}
          </button>
        </p>
      )}
    </>
  );
}

function Buttons({ state, vote }: { state: DeskState; vote: DeskVote }): JSX.Element {
  const isGone = state.link.value !== 'open';
  return (
    <div class="button-row">
      {vote.state === 'open' && (
        <button
          type="button"
          class="main"
          aria-disabled={isGone}
          onClick={() => void state.ask({ do: 'show' })}
        >
          {say('class.desk.show')}
        </button>
      )}
      {vote.state === 'shown' && vote.round === 1 && (
        <button
          type="button"
          class="main"
          aria-disabled={isGone}
          onClick={() => void state.ask({ do: 'again' })}
        >
          {say('class.desk.again')}
        </button>
      )}
      {vote.state !== 'closed' && (
        <button
          type="button"
          aria-disabled={isGone}
          onClick={() => void state.ask({ do: 'close' })}
        >
          {say('class.desk.close')}
        </button>
      )}
    </div>
  );
}

/** The lesson that was looked at last, for who goes to another view and comes back. */
let chosen = 0;

/** Which question is asked next. */
function Chooser({ session, state }: DeskVoteProps): JSX.Element {
  const course = useCourse();
  const number = useSignal(chosen);
  const lessons = course.value?.lessons ?? [];
  const lesson = lessons.find((one) => one.number === number.value);
  return (
    <form
      class="desk-chooser"
      onSubmit={(event) => {
        event.preventDefault();
        void state.ask({ do: 'open', lesson: number.value });
      }}
    >
      <label>
        <span>{say('class.desk.question')}</span>
        <select
          value={String(number.value)}
          onChange={({ currentTarget }) => {
            number.value = Number(currentTarget.value);
            chosen = number.value;
          }}
        >
          {lessons.map(({ number, title }) => (
            <option key={number} value={String(number)}>
              {say('class.desk.lesson', { number: String(number), title })}
            </option>
          ))}
        </select>
      </label>
      {lesson !== undefined && (
        <p class="desk-preview">
          <Words words={lesson.question.words} session={session} />
        </p>
      )}
      <button
        type="submit"
        class="main"
        aria-disabled={state.link.value !== 'open' || lesson === undefined}
      >
        {say('class.desk.open')}
      </button>
    </form>
  );
}

/** The course in the language of the page; null until it is here. */
function useCourse(): Signal<Course | null> {
  const course = useSignal<Course | null>(null);
  const wanted = language.value;
  useEffect(() => {
    loadCourse(wanted).then(
      (loaded) => {
        if (language.peek() === wanted) course.value = loaded;
      },
      () => {}, // the lessons say why, with a way to try again
    );
  }, [course, wanted]);
  return course;
}
