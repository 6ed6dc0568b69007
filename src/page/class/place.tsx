/**
 * A student's place: how the page stands to the room, the name, the vote, and where one goes meanwhile.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { printable } from '../../trace/text.js';
import type { Session } from '../session.js';
import { say } from '../texts.js';
import { Spoken } from './bar.js';
import type { Seat } from './seat.js';
import { VoteBox } from './vote.js';

/** The place. @param seat null on the teacher's page, which has none */
export function ClassPlace({
  session,
  seat,
}: {
  session: Session;
  seat: Seat | null;
}): JSX.Element {
  const vote = seat?.vote.value ?? null;
  const links = (
    <ul class="class-links">
      <li>
        <a href={session.addressWith({ view: 'lessons' })}>{say('class.to.lessons')}</a>
      </li>
      <li>
        <a href={session.addressWith({ view: 'live' })}>{say('class.to.live')}</a>
      </li>
      <li>
        <a href={session.addressWith({ view: 'chat' })}>{say('class.to.chat')}</a>
      </li>
    </ul>
  );
  return (
    <div class="class-place">
      <h1 class="unseen">{say('class.title')}</h1>
      {seat === null ? (
        <p>
          <a href={session.addressWith({ view: 'desk' })}>{say('class.desk')}</a>
        </p>
      ) : (
        <>
          <Spoken seat={seat} />
          <Who seat={seat} />
          {(vote !== null || seat.line.state.value === 'in') && (
            <section class="pane class-asked" aria-label={say('class.vote')}>
              {vote === null ? (
                <p class="none">{say('class.vote.none')}</p>
              ) : (
                <VoteBox seat={seat} vote={vote} />
              )}
            </section>
          )}
        </>
      )}
      <p class="class-meanwhile">{say('class.meanwhile')}</p>
      {links}
      {seat !== null && <p class="class-told">{say('class.told')}</p>}
    </div>
  );
}

const SIGNS = { joining: '◌', in: '●', away: '✕' } as const;

/** Whether one is in, and under which name. */
function Who({ seat }: { seat: Seat }): JSX.Element {
  const state = seat.line.state.value;
  const name = seat.name.value;
  const typed = useSignal(name);
  const isBad = useSignal(false);
  const field = useId();
  return (
    <form
      class="class-who"
      onSubmit={(event) => {
        event.preventDefault();
        isBad.value = !seat.call(typed.value);
      }}
    >
      <p class={`class-line ${state}`} role="status">
        <span aria-hidden="true">{SIGNS[state]} </span>
        {state === 'in' && name !== '' ? <Named name={name} /> : say(`class.line.${state}`)}
      </p>
      {!seat.isKept && <p class="class-line away">{say('class.not-kept')}</p>}
      <div class="class-called">
        <label for={field}>
          <span>{say('class.name')}</span>
        </label>
        <input
          id={field}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={typed.value}
          onInput={({ currentTarget: { value } }) => {
            typed.value = value;
          }}
        />
        <button type="submit">{say('class.name.say')}</button>
      </div>
      <p class="class-line away" role="alert">
        {isBad.value && say('class.name.bad')}
      </p>
    </form>
  );
}

/** A sentence with a name in it, which cannot turn the sentence round. */
function Named({ name }: { name: string }): JSX.Element {
  const [before = '', after = ''] = say('class.line.in.named', { name: '\n' }).split('\n');
  return (
    <>
      {before}
      <bdi>{printable(name)}</bdi>
      {after}
    </>
  );
}
