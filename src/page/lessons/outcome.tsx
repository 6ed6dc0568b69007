/**
 * What came of a check: the misconception and what differs, the steps that led there, hints one at a time;
 * behind a pass the difference to the solution. The terminal draws the same report in lines.
 * @module
 */

import type { ComponentChildren, JSX } from 'preact';
import type { CheckRun, Report } from '../course/course.js';
import { gap, say } from '../texts.js';
import { meaningOf } from './commands.js';
import { Differs } from './differs.js';
import type { LessonProps } from './part.js';
import { Output, Quoting } from './prose.js';
import { seeTrace } from './see.js';
import { printableLine } from './work.js';

/** Characters that are shown of what a program printed. */
const MOST_PRINTED = 4_000;

/** Steps of the history that are shown; the others are counted. */
const MOST_STEPS = 12;

/** What an outcome needs beside the lesson. */
interface OutcomeProps extends LessonProps {
  /** Puts the cursor of the editor at a line. */
  goTo: (line: number, column?: number) => void;
}

/** What came of the last check. */
export function CheckOutcome(props: OutcomeProps): JSX.Element {
  const { work } = props;
  const state = work.check.value;
  const isDone = state.is === 'done';
  return (
    <section class="outcome" aria-label={say('lessons.check')}>
      <div role="status" class="outcome-head">
        {state.is === 'idle' && <NotChecked {...props} />}
        {state.is === 'running' && <p class="none">{say('lessons.check.running')}</p>}
        {isDone && <Verdict run={state.run} {...props} />}
      </div>
      {state.is === 'running' && state.n > 0 && (
        <p class="none step-now">
          {say('lessons.check.step', { n: state.n, step: printableLine(state.step) })}
        </p>
      )}
      {isDone && state.source !== work.exercise.text && (
        <p class="none">{say('lessons.check.older')}</p>
      )}
      {isDone && <Details run={state.run} source={state.source} {...props} />}
      <Hints {...props} isAsked={isDone && state.run.report.hint !== null} />
    </section>
  );
}

/** Nothing was checked since the page was opened; what passed before is not forgotten. */
function NotChecked({ work, learning }: OutcomeProps): JSX.Element {
  const { number } = work.lesson;
  if (!learning.progress.value.of(number).passed) {
    return <p class="none">{say('lessons.check.none')}</p>;
  }
  return (
    <p class="said is-right">
      <span class="sign" aria-hidden="true">
        ✓
      </span>{' '}
      {say('lessons.check.before-now', { number: String(number) })}
    </p>
  );
}

/** The sentence that says it all, which a screen reader says at once. */
function Verdict({ run, work, learning }: OutcomeProps & { run: CheckRun }): JSX.Element {
  const { report } = run;
  const { number } = work.lesson;
  const text = (one: Report['why']): string =>
    one === null ? '' : learning.course.say(number, one);
  if (report.passed) {
    return (
      <p class="said is-right">
        <span class="sign" aria-hidden="true">
          ✓
        </span>{' '}
        {say('lessons.check.passed', { number: String(number), n: report.steps })}
      </p>
    );
  }
  return (
    <>
      <p class="said is-wrong">
        <span class="sign" aria-hidden="true">
          ✗
        </span>{' '}
        {say('lessons.check.failed')}
        {gap()}
        <Quoting text={printableLine(text(report.why))} />
      </p>
      {report.advice !== null && (
        <p>
          <Quoting text={printableLine(text(report.advice))} />
        </p>
      )}
    </>
  );
}

function Details({
  run,
  source,
  ...props
}: OutcomeProps & { run: CheckRun; source: string }): JSX.Element {
  const { learning, work, goTo, session } = props;
  const { report, trace, at } = run;
  const { detail, output } = report;
  if (report.passed) return <Difference source={source} {...props} />;
  return (
    <>
      {detail?.kind === 'line' && (
        <p>
          <button type="button" onClick={() => goTo(detail.line, detail.column ?? 1)}>
            {say('lessons.check.line', { line: String(detail.line) })}
          </button>
        </p>
      )}
      {detail !== null && detail.kind !== 'line' && (
        <Differs
          detail={detail}
          session={session}
          field={
            detail.kind === 'bytes' && detail.field !== null
              ? learning.course.say(work.lesson.number, detail.field)
              : null
          }
        />
      )}
      {trace !== null && (
        <p>
          <button
            type="button"
            onClick={() =>
              seeTrace(session, work.lesson.number, say('lessons.editor.file'), trace, at)
            }
          >
            {say(isOfCall(trace, at) ? 'lessons.check.step-code' : 'lessons.check.see')}
          </button>
        </p>
      )}
      {report.replay.command !== null && (
        <Replay command={report.replay.command} session={session} />
      )}
      <History report={report} {...props} />
      {output !== '' && <Printed output={output} />}
    </>
  );
}

/** Whether it opens at a call of the student's function. */
function isOfCall(trace: NonNullable<CheckRun['trace']>, at: number | null): boolean {
  return trace.find(({ seq }) => seq === at)?.step === 'call';
}

function Replay({
  command,
  session,
}: Pick<LessonProps, 'session'> & { command: string }): JSX.Element | null {
  const meaning = meaningOf(command);
  if (meaning?.kind !== 'view') return null;
  return (
    <p class="command">
      <a href={session.addressWith({ ...meaning.to, view: meaning.view })}>
        {say(`lessons.go.${meaning.view}`)}
      </a>
    </p>
  );
}

function History({
  report,
  work,
  learning,
}: OutcomeProps & { report: Report }): JSX.Element | null {
  const shown = report.history.slice(-MOST_STEPS);
  if (shown.length === 0) return null;
  const before = report.steps - shown.length;
  return (
    <>
      <h3>{say('lessons.check.history')}</h3>
      {before > 0 && <p class="none">{say('lessons.check.before', { n: before })}</p>}
      <ol class="history" start={before + 1}>
        {shown.map((step, i) => (
          <li key={before + i}>{printableLine(learning.course.say(work.lesson.number, step))}</li>
        ))}
      </ol>
    </>
  );
}

function Printed({ output }: { output: string }): JSX.Element {
  const shown = output.slice(0, MOST_PRINTED).split('\n').map(printableLine).join('\n');
  const more = output.length - MOST_PRINTED;
  return (
    <>
      <h3>{say('lessons.check.printed')}</h3>
      <Output text={shown} label={say('lessons.check.printed')} />
      {more > 0 && <p class="none">{say('lessons.check.more', { n: more })}</p>}
    </>
  );
}

/** The hints that were read, and the way to the next. */
function Hints({ work, isAsked }: OutcomeProps & { isAsked: boolean }): JSX.Element | null {
  const { hints } = work.lesson;
  const read = work.hintsRead;
  if (read === 0 && !isAsked) return null;
  const next = read + 1;
  return (
    <div class="hints" aria-live="polite">
      {hints.slice(0, read).map((hint, i) => (
        <p key={hint}>
          <Quoting text={say('lessons.hint', { n: i + 1, all: hints.length, hint })} />
        </p>
      ))}
      {isAsked && next <= hints.length && (
        <button type="button" onClick={() => work.readHint()}>
          {say('lessons.hint.ask', { n: next, all: hints.length })}
        </button>
      )}
    </div>
  );
}

/** The student's answer beside the solution. */
function Difference({ source, work, learning }: OutcomeProps & { source: string }): JSX.Element {
  const lines = learning.course.diffToSolution(work.lesson.number, source);
  const isSame = lines.every(({ kind }) => kind === ' ');
  const whose = (kind: string): ComponentChildren =>
    kind === ' ' ? null : (
      <span class="unseen">
        {say(kind === '-' ? 'lessons.difference.yours' : 'lessons.difference.solution')}{' '}
      </span>
    );
  return (
    <details class="difference">
      <summary>{say('lessons.difference')}</summary>
      <p class="none">{say(isSame ? 'lessons.difference.none' : 'lessons.difference.about')}</p>
      {!isSame && (
        <pre>
          {lines.map(({ kind, text }, i) => (
            <div key={i} class={kind === '-' ? 'mine' : kind === '+' ? 'theirs' : ''}>
              {whose(kind)}
              <span aria-hidden="true">{kind === '-' ? '−' : kind} </span>
              {text}
            </div>
          ))}
        </pre>
      )}
    </details>
  );
}
