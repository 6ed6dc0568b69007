/**
 * The vote as a student sees it: the question, the letters, how it stands with one's own; then the bars.
 * @module
 */

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { VoteState } from '../../class/messages.js';
import { say, type TextKey } from '../texts.js';
import { Choice, Outcome } from './counts.js';
import { large, Marked } from './marked.js';
import type { Seat } from './seat.js';

/** The vote. */
export function VoteBox({ seat, vote }: { seat: Seat; vote: VoteState }): JSX.Element {
  const question = useId();
  const { lesson, title, round } = vote;
  return (
    <div class="class-vote">
      <p class="class-of">
        {say('class.vote.of', { number: String(lesson), title })}
        {round === 2 && <b class="class-again">{say('class.vote.again')}</b>}
      </p>
      <p id={question} class="class-question">
        <Marked text={vote.question} />
      </p>
      {vote.state === 'open' ? (
        <Letters seat={seat} vote={vote} question={question} />
      ) : (
        <Result seat={seat} vote={vote} />
      )}
    </div>
  );
}

function Letters(props: { seat: Seat; vote: VoteState; question: string }): JSX.Element {
  const { seat, vote, question } = props;
  const mine = seat.mine.value;
  const before = seat.before.value;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div
        class="class-letters"
        role="group"
        aria-labelledby={question}
        onKeyDown={(event) => {
          const letter = event.key.toLowerCase();
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          if (!vote.choices.some(([one]) => one === letter)) return;
          event.preventDefault(); // b goes back in a walk
          seat.choose(letter);
        }}
      >
        {vote.choices.map(([letter, text]) => (
          <button
            key={letter}
            type="button"
            class="class-choice"
            aria-pressed={mine?.letter === letter}
            onClick={() => seat.choose(letter)}
          >
            <Choice letter={letter} text={text} />
          </button>
        ))}
      </div>
      <p class={`class-standing ${standingOf(seat)}`}>
        <Standing seat={seat} />
      </p>
      <p class="class-answered">
        {say('class.vote.answered', { n: vote.answered })}
        {before !== null && ` ${say('class.vote.before', { letter: large(before.letter) })}`}
      </p>
    </>
  );
}

/** How it stands with one's own letter, in one sentence. */
export function Standing({ seat }: { seat: Seat }): JSX.Element {
  const letter = large(seat.mine.value?.letter ?? '');
  const standing = standingOf(seat);
  if (standing !== 'refused') return <>{say(`class.vote.${standing}` as TextKey, { letter })}</>;
  return <>{say(`class.why.${reasonOf(seat)}` as TextKey, { letter })}</>;
}

function standingOf(seat: Seat): 'choose' | 'refused' | 'arrived' | 'way' | 'unsent' {
  const mine = seat.mine.value;
  if (mine === null) return 'choose';
  if (seat.refusal.value !== null) return 'refused';
  if (mine.taken) return 'arrived';
  return seat.line.state.value === 'in' ? 'way' : 'unsent';
}

/** What a student can do about a refusal. */
function reasonOf({ refusal }: Seat): 'late' | 'often' | 'full' | 'disk' | 'other' {
  switch (refusal.value) {
    case 'closed':
    case 'shown':
    case 'other-round':
      return 'late';
    case 'often':
    case 'full':
    case 'disk':
      return refusal.value;
    default:
      return 'other';
  }
}

function Result({ seat, vote }: { seat: Seat; vote: VoteState }): JSX.Element {
  const mine = seat.mine.value ?? seat.before.value;
  const { choices, counts, answer, meanings } = vote;
  const isLate = seat.refusal.value !== null && seat.mine.value !== null;
  return (
    <>
      <Outcome
        choices={choices}
        counts={counts}
        answer={answer}
        meanings={meanings ?? {}}
        mine={mine?.letter ?? null}
      />
      {mine === null && <p class="class-answered">{say('class.vote.late')}</p>}
      {isLate && (
        <p class="class-standing refused">
          <Standing seat={seat} />
        </p>
      )}
    </>
  );
}
