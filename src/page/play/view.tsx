/**
 * The Play view: a scenario is changed and played, and at any past step a run can be forked. The
 * futures stay beside each other, with what parts them.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { SCENARIOS } from '../../scenario/shipped.js';
import { diffTraces } from '../../trace/diff.js';
import { RULES, whole } from '../address.js';
import { Rows } from '../compare/rows.js';
import { partShortcuts, WalkPanes } from '../loop/panes.js';
import { profileOf, SERVERS, type ServerName } from '../mine/servers.js';
import { StopMine } from '../mine/stop.js';
import { madeHere, type Session } from '../session.js';
import { download } from '../shared/download.js';
import { FilePicker } from '../shared/file-picker.js';
import { Icon } from '../shared/icon.js';
import { walkSavings } from '../shared/savings.js';
import { say } from '../texts.js';
import { timelineShortcuts } from '../timeline/state.js';
import type { PageView, ViewProps } from '../view.js';
import { Controls, walkShortcuts } from '../walk/controls.js';
import { Narration } from '../walk/narration.js';
import type { Walk } from '../walk/walk.js';
import { ActsEditor } from './acts-editor.js';
import { MOST_MS, readActs } from './draft.js';
import { RulesEditor } from './rules-editor.js';
import { type Lane, type PlayState, playOf } from './state.js';

/** The view. */
export const playView: PageView = {
  name: 'play',
  formerly: 'bench',
  title: 'play.title',
  Body: PlayView,
  parameters: {
    latency: decimal('1'),
    jitter: decimal('1'),
    rules: RULES,
    acts: {
      fallback: '',
      formerly: 'steps',
      mend: (text) => (text === '' || readActs(text) !== null ? text : null),
    },
  },
  where: (session) => [say('play.title'), playOf(session).draft.value.scenario.name],
  saves: (session) => {
    const state = playOf(session);
    const { name, text } = state.file();
    const lane = state.lane(state.active.value);
    const walk =
      lane === undefined
        ? []
        : walkSavings(lane.walk, lane.run.scenario.name, madeHere(lane.draft.profile));
    return [{ label: 'save.scenario', name, make: () => text }, ...walk];
  },
  shortcuts: [...walkShortcuts(walkOf), ...timelineShortcuts(walkOf), ...partShortcuts],
};

/** The walk of the lane that is looked at. */
function walkOf(session: Session): Walk {
  const state = playOf(session);
  return state.lane(state.active.peek())?.walk ?? session.walk;
}

/** Milliseconds, with places behind the point. */
function decimal(fallback: string) {
  const { mend } = whole(0, 0, MOST_MS);
  return {
    fallback,
    mend: (text: string) =>
      /^\d{1,5}(\.\d{1,3})?$/.test(text) && mend(String(Math.ceil(Number(text)))) !== null
        ? String(Number(text))
        : null,
  };
}

function PlayView({ session }: ViewProps): JSX.Element {
  const state = playOf(session);
  useEffect(() => state.follow(), [state]);
  return (
    <div class="play">
      <h1 class="unseen">{say('play.title')}</h1>
      <Draft state={state} />
      <Lanes session={session} state={state} />
    </div>
  );
}

function Draft({ state }: { state: PlayState }): JSX.Element {
  const forking = state.forking.value;
  return (
    <section class="pane play-draft" aria-label={say('play.acts')}>
      <Settings state={state} />
      {forking !== null && (
        <p class="play-forking">
          {say(forking.at === 0 ? 'play.forking.0' : 'play.forking', {
            of: forking.lane.letter,
            at: forking.at,
          })}
          <button
            type="button"
            onClick={() => {
              state.forking.value = null;
            }}
          >
            {say('play.forking.no')}
          </button>
        </p>
      )}
      <div class="button-row">
        <button
          type="button"
          class="main"
          aria-disabled={state.isBusy.value}
          onClick={() => void state.run()}
        >
          {say(
            state.isBusy.value ? 'play.running' : forking === null ? 'play.run' : 'play.run.fork',
          )}
        </button>
        <button
          type="button"
          onClick={() => {
            const { name, text } = state.file();
            download(name, text);
          }}
        >
          {say('play.save')}
        </button>
        <StopMine />
        <FilePicker
          label={say('play.load')}
          accept=".json"
          onOpen={(file) => void state.open(file)}
        />
        <button type="button" onClick={() => state.startOver()}>
          {say('play.revert')}
        </button>
      </div>
      <p class="play-notice" role="status">
        {state.notice.value}
      </p>
      <div class="play-scroll">
        <RulesEditor
          rules={state.draft.value.rules}
          isFixed={forking !== null}
          onChange={(rules) => state.change({ rules })}
          onWrong={(why) => {
            state.notice.value = why;
          }}
        />
        <h2>{say('play.acts')}</h2>
        <ActsEditor state={state} />
        <AsJson state={state} />
      </div>
    </section>
  );
}

function Settings({ state }: { state: PlayState }): JSX.Element {
  const { scenario, seed, profile, latencyMs, jitterMs } = state.draft.value;
  const isFixed = state.forking.value !== null;
  return (
    <fieldset class="run-picker play-settings" disabled={isFixed}>
      <legend class="unseen">{say('play.network')}</legend>
      <label>
        <span>{say('run.scenario')}</span>
        <select value={scenario.name} onChange={(event) => state.choose(event.currentTarget.value)}>
          {!SCENARIOS.has(scenario.name) && <option value={scenario.name}>{scenario.name}</option>}
          {[...SCENARIOS.keys()].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say('run.profile')}</span>
        <select
          value={profile}
          onChange={(event) => state.change({ profile: event.currentTarget.value as ServerName })}
        >
          {SERVERS.map((name) => (
            <option key={name} value={name}>
              {say(`run.profile.${name}`)}
            </option>
          ))}
        </select>
      </label>
      <NumberField
        label={say('run.seed')}
        value={seed}
        most={0xffff_ffff}
        onTake={(n) => state.change({ seed: Math.floor(n) })}
      />
      <NumberField
        label={say('play.latency')}
        value={latencyMs}
        most={MOST_MS}
        onTake={(n) => state.change({ latencyMs: n })}
      />
      <NumberField
        label={say('play.jitter')}
        value={jitterMs}
        most={MOST_MS}
        onTake={(n) => state.change({ jitterMs: n })}
      />
    </fieldset>
  );
}

function NumberField({
  label,
  value,
  most,
  onTake,
}: {
  label: string;
  value: number;
  most: number;
  onTake: (n: number) => void;
}): JSX.Element {
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        min={0}
        max={most}
        step="any"
        value={value}
        onChange={(event) => {
          const text = event.currentTarget.value;
          const fits = /^\d{1,10}(\.\d{1,3})?$/.test(text) && Number(text) <= most;
          if (fits) onTake(Number(text));
          else event.currentTarget.value = String(value);
        }}
      />
    </label>
  );
}

function AsJson({ state }: { state: PlayState }): JSX.Element {
  const { scenario } = state.draft.value;
  const text = useSignal<string | null>(null);
  const shown = text.value ?? JSON.stringify(scenario, null, 1);
  return (
    <details
      class="play-json"
      onToggle={() => {
        text.value = null;
      }}
    >
      <summary>{say('play.json')}</summary>
      <textarea
        rows={12}
        spellcheck={false}
        aria-label={say('play.json.label')}
        value={shown}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <button
        type="button"
        onClick={() => {
          state.take(shown, say('play.json'));
        }}
      >
        {say('play.json.take')}
      </button>
    </details>
  );
}

function nameOf({ letter, run, forkOf }: Lane): string {
  return forkOf === null
    ? say('play.lane', { letter, scenario: run.scenario.name })
    : say('play.lane.fork', { letter, of: forkOf.letter, at: forkOf.at + 1 });
}

function Lanes({ session, state }: ViewProps & { state: PlayState }): JSX.Element {
  const lanes = state.lanes.value;
  const lane = state.lane(state.active.value);
  if (lane === undefined) {
    return (
      <section class="pane play-lanes">
        <p class="none">{say('play.lanes.none')}</p>
      </section>
    );
  }
  const { walk, draft } = lane;
  return (
    <section class="play-lanes" aria-label={say('play.lanes')}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div class="play-tabs" role="group" aria-label={say('play.lanes')}>
        {lanes.map((one) => (
          <span key={one.letter} class="tab">
            <button
              type="button"
              aria-pressed={one === lane}
              onClick={() => {
                walk.pause();
                state.active.value = one.letter;
                if (state.beside.peek() === one.letter) state.beside.value = lane.letter;
              }}
            >
              {nameOf(one)}
            </button>
            <button
              type="button"
              class="quiet"
              aria-label={say('play.lane.close', { letter: one.letter })}
              title={say('play.lane.close', { letter: one.letter })}
              onClick={() => state.forget(one.letter)}
            >
              <Icon name="close" />
            </button>
          </span>
        ))}
      </div>
      <div class="walk-bar">
        <Controls session={session} walk={walk} hasSlider={false} />
        <Narration walk={walk} />
        <div class="button-row">
          <button type="button" onClick={() => state.forkHere()}>
            {say('play.fork', { at: state.forkPoint(lane) + 1 })}
          </button>
          <Beside state={state} lane={lane} />
        </div>
      </div>
      <Difference state={state} lane={lane} />
      <WalkPanes
        session={session}
        walk={walk}
        profile={profileOf(draft.profile)}
        forkable={{ run: lane.run, take: (touch) => void state.touch(lane, touch) }}
      />
    </section>
  );
}

function Beside({ state, lane }: { state: PlayState; lane: Lane }): JSX.Element {
  return (
    <label>
      <span>{say('play.beside')}</span>
      <select
        value={state.beside.value}
        onChange={(event) => {
          state.beside.value = event.currentTarget.value;
        }}
      >
        <option value="">{say('play.beside.none')}</option>
        {state.lanes.value
          .filter((one) => one !== lane)
          .map((one) => (
            <option key={one.letter} value={one.letter}>
              {nameOf(one)}
            </option>
          ))}
      </select>
    </label>
  );
}

/** Both futures, row by row; a click on a row moves the walk to it. */
function Difference({ state, lane }: { state: PlayState; lane: Lane }): JSX.Element | null {
  const other = state.lane(state.beside.value);
  const rows = useMemo(
    () => (other === undefined ? [] : diffTraces(other.run.events, lane.run.events)),
    [other, lane],
  );
  if (other === undefined || other === lane) return null;
  const position = lane.walk.position.value;
  const present = rows.findLastIndex(({ right }) => right !== null && right.seq < position);
  const first = rows.findIndex(({ same }) => !same);
  const differences = rows.filter(({ same }) => !same).length;
  return (
    <section class="pane play-difference">
      <h2>
        {say('play.beside.title', { left: other.letter, right: lane.letter })}
        <span class="file">
          {first === -1
            ? say('play.equal')
            : say('play.differ', { differences, rows: rows.length, first: first + 1 })}
        </span>
      </h2>
      <Rows
        rows={rows}
        current={present}
        names={[nameOf(other), nameOf(lane)]}
        onGo={(at) => {
          lane.walk.pause();
          const right = rows.slice(at).find((row) => row.right !== null)?.right;
          lane.walk.seek((right?.seq ?? lane.run.events.length - 1) + 1);
        }}
      />
    </section>
  );
}
