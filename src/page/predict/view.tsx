/**
 * The Predict view: before the next step is shown, a person says which branch runs. The score stays
 * in this browser.
 * @module
 */

import { batch, type Signal, signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { TraceEvent } from '../../trace/event.js';
import { describeStep } from '../../trace/text.js';
import { language } from '../language.js';
import { FdSets } from '../loop/fd-sets.js';
import { Sockets } from '../loop/sockets.js';
import { BytesPane } from '../loop/step-bytes.js';
import type { Session } from '../session.js';
import { keep, recall } from '../shared/keep.js';
import { gap, say } from '../texts.js';
import type { PageView, Shortcut, ViewProps } from '../view.js';
import { RunPicker } from '../walk/run-picker.js';
import { presentOf } from '../walk/shown.js';
import { StepBadge } from '../walk/step-badge.js';
import {
  type AskedStep,
  NO_SCORE,
  type Question,
  questionAfter,
  readScore,
  type Score,
  scored,
} from './questions.js';

/** What was answered: to which question, and what. */
interface Answer {
  question: Question;
  chosen: AskedStep;
  /** The run that it is an answer to. */
  events: readonly TraceEvent[];
}

const score: Signal<Score> = signal(recall('score', readScore, NO_SCORE));
const answered = signal<Answer | null>(null);

/** The answer that is on the screen: whoever moves on, or to another run, leaves it behind. */
function answerOf(session: Session): Answer | null {
  const answer = answered.value;
  const { walk } = session;
  const isHere =
    answer?.events === walk.events.value && answer.question.position === walk.position.value;
  return isHere ? answer : null;
}

/** The question behind the present step, while none is answered. */
function questionOf({ walk }: Session): Question | null {
  return questionAfter(walk.events.value, walk.position.value);
}

function choose(session: Session, chosen: AskedStep | undefined): void {
  if (answerOf(session) !== null) return;
  const question = questionOf(session);
  if (question === null || chosen === undefined) return;
  batch(() => {
    score.value = scored(score.peek(), chosen === question.answer);
    keep('score', score.peek());
    answered.value = { question, chosen, events: session.walk.events.peek() };
    session.walk.pause();
    session.walk.seek(question.position);
  });
}

/** To the next question: the answer goes, and the step that it was about is the last one done. */
function goOn(): void {
  answered.value = null;
}

function goBack({ walk }: Session): void {
  answered.value = null;
  const events = walk.events.peek();
  let position = walk.position.peek() - 1;
  // what happens outside is told with the question behind it
  while (position > 1 && ['act', 'arrive'].includes(events[position - 1]?.step ?? '')) position--;
  walk.seek(position);
}

const LETTERS = ['a', 'b', 'c', 'd'] as const;

/** The view. */
export const predictView: PageView = {
  name: 'predict',
  title: 'predict.title',
  Body: PredictView,
  shortcuts: [
    ...LETTERS.map(
      (letter, i): Shortcut => ({
        keys: [letter, String(i + 1)],
        label: 'predict.key.choose',
        run: (session) => choose(session, questionOf(session)?.choices[i]),
      }),
    ),
    { keys: ['ArrowRight', 'n'], label: 'predict.key.next', run: goOn },
    { keys: ['ArrowLeft'], label: 'predict.key.back', run: goBack },
  ],
};

function PredictView({ session }: ViewProps): JSX.Element {
  const { walk } = session;
  const answer = answerOf(session);
  const question = answer?.question ?? questionOf(session);
  const shown = presentOf(walk);
  return (
    <div class="predict">
      <h1 class="unseen">{say('predict.title')}</h1>
      <RunPicker session={session} />
      <div class="predict-panes">
        <section class="pane predict-card">
          <ScoreLine session={session} />
          {question === null ? (
            <End session={session} />
          ) : (
            <Ask session={session} question={question} answer={answer} />
          )}
        </section>
        <div class="state">
          <FdSets shown={shown} walk={null} />
          <Sockets view={shown.view} walk={null} />
          <BytesPane {...shown} />
        </div>
      </div>
    </div>
  );
}

function ScoreLine({ session }: ViewProps): JSX.Element {
  const { asked, right, row } = score.value;
  const { walk } = session;
  return (
    <div class="predict-score">
      <p>
        <b>{asked === 0 ? say('predict.score.none') : say('predict.score', { right, asked })}</b>
        {row > 1 && <span class="row-of-right"> {say('predict.row', { row })}</span>}
      </p>
      <p class="where">
        {say('walk.where', { position: walk.position.value, length: walk.events.value.length })}
      </p>
      {asked > 0 && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            score.value = NO_SCORE;
            keep('score', NO_SCORE);
          }}
        >
          {say('predict.forget')}
        </button>
      )}
    </div>
  );
}

interface AskProps extends ViewProps {
  question: Question;
  answer: Answer | null;
}

function Ask({ session, question, answer }: AskProps): JSX.Element {
  const events = session.walk.events.value;
  const { meanwhile, position, choices } = question;
  const before = events[position - 2 - meanwhile.length];
  return (
    <>
      {before !== undefined && <Told label={say('predict.before')} events={[before]} />}
      {meanwhile.length > 0 && <Told label={say('predict.meanwhile')} events={meanwhile} />}
      <h2 id="predict-question">{say('predict.question')}</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div class="choices" role="group" aria-labelledby="predict-question">
        {choices.map((choice, i) => (
          <button
            key={choice}
            type="button"
            class={`choice ${lookOf(choice, question, answer)}`}
            aria-disabled={answer !== null}
            onClick={() => choose(session, choice)}
          >
            <kbd>{LETTERS[i]}</kbd>
            <StepBadge step={choice} />
            <span class="why">{say(`walk.why.${choice}`)}</span>
          </button>
        ))}
      </div>
      <div class="verdict" role="status">
        {answer !== null && <Verdict answer={answer} event={events[position - 1]} />}
      </div>
      <div class="predict-buttons">
        {position > 2 && (
          <button type="button" onClick={() => goBack(session)}>
            {say('predict.back')}
          </button>
        )}
        {answer !== null && (
          <button type="button" class="main" onClick={goOn}>
            {say('predict.next')}
          </button>
        )}
      </div>
    </>
  );
}

function lookOf(choice: AskedStep, { answer: right }: Question, answer: Answer | null): string {
  if (answer === null) return '';
  if (choice === right) return 'is-right';
  return choice === answer.chosen ? 'is-wrong' : 'is-other';
}

function Told({ label, events }: { label: string; events: readonly TraceEvent[] }): JSX.Element {
  return (
    <div class="told">
      <p class="none">{label}</p>
      <ul>
        {events.slice(-6).map((event) => (
          <li key={event.seq}>
            <StepBadge step={event.step} />{' '}
            <span>{describeStep(event, language.value).slice(0, 160)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Verdict({
  answer,
  event,
}: {
  answer: Answer;
  event: TraceEvent | undefined;
}): JSX.Element {
  const { question, chosen } = answer;
  const step = question.answer;
  const isRight = chosen === step;
  return (
    <>
      <p class={isRight ? 'said is-right' : 'said is-wrong'}>
        <span class="sign" aria-hidden="true">
          {isRight ? '✓' : '✗'}
        </span>
        <b>{isRight ? say('predict.right', { step }) : say('predict.wrong', { chosen, step })}</b>
        {gap()}
        {say(`predict.because.${step}`)}
      </p>
      {event !== undefined && (
        <p class="sentence">
          <StepBadge step={event.step} /> {describeStep(event, language.value).slice(0, 300)}
        </p>
      )}
    </>
  );
}

function End({ session }: ViewProps): JSX.Element {
  return (
    <div class="verdict" role="status">
      <p>
        <b>{say('predict.end')}</b> {say('predict.end.next')}
      </p>
      <button type="button" class="main" onClick={() => session.walk.home()}>
        {say('predict.again')}
      </button>
    </div>
  );
}
