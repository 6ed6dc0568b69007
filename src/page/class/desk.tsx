/**
 * The teacher's desk: who is here, the vote, who is at which lesson and what holds them up. Names can be
 * hidden, and are while the page is presented, unless the teacher shows them.
 * @module
 */

import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Desk } from '../../class/desk.js';
import { liveOf } from '../live/state.js';
import type { Session } from '../session.js';
import { say } from '../texts.js';
import { DeskState } from './desk-state.js';
import { DeskVoteBox } from './desk-vote.js';
import { JoinDialog } from './join.js';
import { Lessons, People } from './people.js';

/** The desk. @param join where others join */
export function ClassDesk(props: { session: Session; join: readonly string[] }): JSX.Element {
  const { session, join } = props;
  const live = liveOf(session);
  const token = live.token.value;
  const state = useMemo(() => new DeskState(), []);
  useEffect(() => (token === '' ? undefined : state.open(token)), [state, token]);
  const link = token === '' ? (live.isRefused.value ? 'refused' : 'needs-token') : state.link.value;
  const desk = state.desk.value;
  return (
    <section class="desk" aria-label={say('class.desk')}>
      {link !== 'open' && (
        <p class={`desk-link ${link}`} role="alert">
          {say(`class.desk.${link}`)}
        </p>
      )}
      {desk !== null && token !== '' && (
        <Open session={session} state={state} desk={desk} join={join} />
      )}
    </section>
  );
}

/** A desk of which something is known. */
function Open(props: {
  session: Session;
  state: DeskState;
  desk: Desk;
  join: readonly string[];
}): JSX.Element {
  const { session, state, desk, join } = props;
  const isJoining = useSignal(false);
  const isHidden = useHiddenNames(session);
  return (
    <>
      <header class="desk-head">
        <p class="desk-here" role="status">
          {say('class.desk.here', { n: desk.here })}
        </p>
        <button
          type="button"
          onClick={() => {
            isJoining.value = true;
          }}
        >
          {say('class.desk.join')}
        </button>
        <label>
          <input
            type="checkbox"
            checked={isHidden.value}
            onChange={({ currentTarget }) => {
              isHidden.value = currentTarget.checked;
            }}
          />
          <span>{say('class.desk.names')}</span>
        </label>
        {desk.isFull && <p class="desk-link away">{say('class.desk.full')}</p>}
      </header>
      <DeskVoteBox session={session} state={state} desk={desk} />
      <Lessons desk={desk} isHidden={isHidden.value} />
      <People desk={desk} isHidden={isHidden.value} />
      <JoinDialog isOpen={isJoining} addresses={join} here={desk.here} />
    </>
  );
}

/** Who begins to present has them hidden, whatever was chosen before. */
function useHiddenNames(session: Session): Signal<boolean> {
  const isPresenting = session.parameter('presenter').value !== 'off';
  const isHidden = useSignal(isPresenting);
  useEffect(() => {
    isHidden.value = isPresenting;
  }, [isHidden, isPresenting]);
  return isHidden;
}
