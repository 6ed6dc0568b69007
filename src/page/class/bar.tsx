/**
 * The vote in whatever view one is: a bar at the foot of the page, which takes no focus and can be folded
 * away. What is new is told to a screen reader when it has finished what it says.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { say } from '../texts.js';
import { large } from './marked.js';
import type { Seat } from './seat.js';
import { Standing, VoteBox } from './vote.js';

/** The bar; nothing where nothing is asked. */
export function ClassBar({ seat }: { seat: Seat }): JSX.Element {
  const vote = seat.vote.value;
  /** The vote that was folded away: another one unfolds. */
  const folded = useSignal('');
  const content = useId();
  const id = `${vote?.id} ${vote?.round} ${vote?.state === 'closed'}`;
  const isOpen = folded.value !== id;
  const mine = seat.mine.value;
  return (
    <>
      <Spoken seat={seat} />
      {vote !== null && (
        <section class="class-bar" aria-label={say('class.vote')}>
          <div class="class-bar-head">
            <b>{say('class.vote')}</b>
            {!isOpen && (
              <span class="class-bar-question">
                {mine !== null && <b class="class-letter">{large(mine.letter)}</b>}
                {vote.question.replaceAll('`', '')}
              </span>
            )}
            <button
              type="button"
              class="quiet"
              aria-expanded={isOpen}
              aria-controls={content}
              onClick={() => {
                folded.value = isOpen ? id : '';
              }}
            >
              {say(isOpen ? 'class.vote.fold' : 'class.vote.unfold')}
            </button>
          </div>
          <div id={content} class="class-bar-body" hidden={!isOpen}>
            {isOpen && <VoteBox seat={seat} vote={vote} />}
          </div>
        </section>
      )}
    </>
  );
}

/** What is new, for a screen reader. */
export function Spoken({ seat }: { seat: Seat }): JSX.Element {
  const vote = seat.vote.value;
  return (
    <p class="unseen" role="status">
      {vote?.state === 'open' &&
        seat.mine.value === null &&
        say('class.vote.open', { question: vote.question.replaceAll('`', '') })}
      {vote?.state === 'open' && seat.mine.value !== null && <Standing seat={seat} />}
      {(vote?.state === 'shown' || vote?.state === 'closed') && say('class.vote.over')}
    </p>
  );
}
