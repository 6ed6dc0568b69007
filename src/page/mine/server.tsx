/**
 * My server, on one screen: how much of it is the student's, a scenario that it plays, and its parts.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { PARTS, passedParts } from '../../mine/parts.js';
import type { Fault } from '../../mine/your-parts.js';
import type { Learning } from '../lessons/learning.js';
import { aboutScenario, firstClientOf, ScenarioSelect } from '../shared/scenario-select.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { PartsTable } from './parts-table.js';
import { type PlayedRun, playMine } from './playing.js';
import { StopMine } from './stop.js';
import { saysOfAbsent, saysOfFailure, saysOfFault, saysOfUnloaded } from './words.js';

/** What came of the scenario. */
type Played = { readonly run: PlayedRun } | { readonly failed: string } | 'busy';

interface ServerProps extends ViewProps {
  readonly learning: Learning;
}

/** My server. */
export function Server({ session, learning }: ServerProps): JSX.Element {
  const scenario = session.parameter('scenario').value;
  const seed = session.parameter('seed').value;
  const passed = passedParts(learning.progress.value);
  const played = useSignal<Played>('busy');
  useEffect(() => {
    const leaving = new AbortController();
    const keep = (one: Played): void => {
      if (!leaving.signal.aborted) played.value = one;
    };
    keep('busy');
    playMine(scenario, Number(seed), leaving.signal).then(
      (run) => keep({ run }),
      (error) => keep({ failed: saysOfFailure(error) }),
    );
    return () => leaving.abort();
  }, [scenario, seed, learning, passed.length]);
  const run = typeof played.value === 'object' && 'run' in played.value ? played.value.run : null;
  return (
    <div class="mine">
      <h1>{say('mine.title')}</h1>
      <div class="mine-sum">
        <p class="mine-count">
          <strong>{say('mine.count', { yours: passed.length, all: PARTS.length })}</strong>
          <span class="mine-bar" aria-hidden="true">
            {PARTS.map((part) => (
              <span key={part.id} class={passed.includes(part) ? 'is-yours' : ''} />
            ))}
          </span>
        </p>
        <p>{say('mine.about')}</p>
        <Next session={session} learning={learning} />
      </div>
      <section class="pane mine-play" aria-label={say('run.scenario')}>
        <div class="run-picker">
          <ScenarioSelect session={session} />
          <StopMine />
          <p class="about">{aboutScenario(scenario)}</p>
        </div>
        <Outcome session={session} played={played.value} />
        <Ways session={session} />
      </section>
      <PartsTable session={session} learning={learning} run={run} />
    </div>
  );
}

/** The part that is written next. */
function Next({ session, learning }: ServerProps): JSX.Element {
  const passed = passedParts(learning.progress.value);
  const next = PARTS.find((part) => !passed.includes(part));
  if (next === undefined) return <p>{say('mine.whole')}</p>;
  const lesson = String(next.lesson);
  return (
    <p>
      <a class="button" href={session.addressWith({ view: 'lessons', lesson })}>
        {say('mine.next', { lesson })}
      </a>
    </p>
  );
}

/** What came of it, a line for each part that fell out. */
function Outcome({ session, played }: ViewProps & { played: Played }): JSX.Element {
  const scenario = session.parameter('scenario').value;
  if (played === 'busy') {
    return (
      <p class="mine-outcome" role="status">
        {say('mine.playing', { scenario })}
      </p>
    );
  }
  if ('failed' in played) {
    return (
      <p class="mine-outcome is-wrong" role="status">
        {played.failed}
      </p>
    );
  }
  const { events, own } = played.run;
  const { taken = [], unloaded = [], faults = [] } = own ?? {};
  const calls = events.filter(({ step }) => step === 'call').length;
  const key = faults.length > 0 ? 'fell' : taken.length > 0 ? 'calls' : 'none';
  const stepOf = ({ lesson }: Fault): number =>
    events.findIndex((one) => one.step === 'call' && one.lesson === lesson && one.fault) + 1;
  return (
    <div class={faults.length > 0 ? 'mine-outcome is-wrong' : 'mine-outcome'} role="status">
      <p>{say(`mine.played.${key}`, { scenario, calls, n: faults.length })}</p>
      {[...saysOfAbsent(unloaded), ...saysOfUnloaded(unloaded)].map((text) => (
        <p key={text} class="mine-fault">
          {text}
        </p>
      ))}
      {faults.map((fault) => (
        <p key={fault.lesson} class="mine-fault">
          {saysOfFault(fault)}{' '}
          <a href={session.addressWith({ ...IN_SCOPE, step: String(stepOf(fault)) })}>
            {say('mine.fault.see')}
          </a>
        </p>
      ))}
    </div>
  );
}

/** Where its trace is walked through. */
const IN_SCOPE = { view: 'loop', profile: 'mine', step: '1', fork: '' };

/** What can be done with it: the views that are there for any server. */
function Ways({ session }: ViewProps): JSX.Element {
  const compare = { view: 'compare', left: 'mine', row: '0' };
  const client = firstClientOf(session.parameter('scenario').value);
  const cuts = { view: 'cuts', profile: 'mine', client, stream: '' };
  return (
    <p class="mine-ways">
      <a class="button main" href={session.addressWith(IN_SCOPE)}>
        {say('mine.scope')}
      </a>
      <a class="button" href={session.addressWith(cuts)}>
        {say('mine.cuts')}
      </a>
      <a class="button" href={session.addressWith({ ...compare, right: 'rfc6455' })}>
        {say('mine.compare.room')}
      </a>
      <a class="button" href={session.addressWith({ ...compare, right: 'php' })}>
        {say('mine.compare.php')}
      </a>
    </p>
  );
}
