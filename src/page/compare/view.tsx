/**
 * The Compare view: two servers in one scenario, step beside step. It opens where they part first,
 * and one goes from difference to difference. What the scenario is about stands beside it; that this
 * is the cause, nobody says.
 * @module
 */

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { describeDefect } from '../../chat/defects.js';
import { type Parting, partingOf } from '../../scenario/parting.js';
import { readFrame } from '../../scenario/reading.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { TraceRow } from '../../trace/diff.js';
import type { TraceEvent } from '../../trace/event.js';
import { describeStep, printable } from '../../trace/text.js';
import { choice, whole } from '../address.js';
import { language } from '../language.js';
import { SERVERS } from '../mine/servers.js';
import { StopMine } from '../mine/stop.js';
import { FilePicker } from '../shared/file-picker.js';
import { aboutScenario, ScenarioSelect } from '../shared/scenario-select.js';
import { gap, say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { StepBadge } from '../walk/step-badge.js';
import { DifferingBytes } from './differing-bytes.js';
import { JsonParts } from './json-parts.js';
import { ProofPane } from './proof.js';
import { Rows } from './rows.js';
import { bytesOf, firstDifferingByte } from './sides.js';
import { type CompareState, compareOf } from './state.js';
import { WireTable } from './wire-table.js';

/** The view. */
export const compareView: PageView = {
  name: 'compare',
  title: 'compare.title',
  Body: CompareView,
  parameters: {
    left: choice('original', 'rfc6455', 'mine', 'php'),
    right: choice('rfc6455', 'original', 'mine', 'php'),
    row: whole(0, 0, 9_999_999),
  },
  where: (session) => [session.parameter('scenario').value],
  saves: (session) => compareOf(session).savings(),
  shortcuts: [
    { keys: ['ArrowRight', 'n'], label: 'compare.key.next', run: (one) => compareOf(one).step(1) },
    {
      keys: ['ArrowLeft', 'b'],
      label: 'compare.key.previous',
      run: (one) => compareOf(one).step(-1),
    },
    { keys: ['Home', 'f'], label: 'compare.key.first', run: (one) => compareOf(one).first() },
  ],
};

function CompareView({ session }: ViewProps): JSX.Element {
  const state = compareOf(session);
  useEffect(() => state.follow(), [state]);
  const compared = state.compared.value;
  const scenario = state.scenario.value;
  const row = state.row;
  const present = compared?.rows[row];
  return (
    <div class="compare">
      <h1 class="unseen">{say('compare.title')}</h1>
      <Picker session={session} state={state} />
      <p class="compare-notice" role="status">
        {state.notice.value}
      </p>
      {compared !== null && scenario !== null && (
        <div class="compare-panes">
          <section class="pane compare-list" aria-label={say('compare.title')}>
            <Moves state={state} row={row} />
            <Rows
              rows={compared.rows}
              current={row}
              onGo={(to) => state.go(to)}
              names={[state.nameOf('left'), state.nameOf('right')]}
            />
          </section>
          <div class="compare-side">
            {present !== undefined && (
              <Detail session={session} state={state} row={present} scenario={scenario} />
            )}
            <ProofPane state={state} />
            <WireTable wire={compared.wire} names={[state.nameOf('left'), state.nameOf('right')]} />
          </div>
        </div>
      )}
    </div>
  );
}

function Picker({ session, state }: ViewProps & { state: CompareState }): JSX.Element {
  return (
    <form class="run-picker" onSubmit={(event) => event.preventDefault()}>
      <ScenarioSelect
        session={session}
        onChoose={() => {
          state.file.value = null;
          state.first();
        }}
      />
      <SidePicker session={session} state={state} side="left" />
      <SidePicker session={session} state={state} side="right" />
      <FilePicker
        label={say('compare.open')}
        accept=".ndjson,.json,.jsonl,.txt"
        onOpen={(file) => void state.open(file)}
      />
      <StopMine />
      <span class="compare-drop">{say('compare.drop')}</span>
      <p class="about">{aboutScenario(session.parameter('scenario').value)}</p>
    </form>
  );
}

function SidePicker({
  session,
  state,
  side,
}: ViewProps & { state: CompareState; side: 'left' | 'right' }): JSX.Element {
  const parameter = session.parameter(side);
  const { recording } = state;
  const file = side === 'right' ? state.file.value : null;
  return (
    <label>
      <span>{say(`compare.${side}`)}</span>
      <select
        value={file === null ? parameter.value : 'file'}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (value === 'file') return;
          if (side === 'right') state.file.value = null;
          parameter.value = value;
          state.first();
        }}
      >
        {SERVERS.map((name) => (
          <option key={name} value={name}>
            {say(`run.profile.${name}`)}
          </option>
        ))}
        <option value="php" disabled={recording === undefined}>
          {recording === undefined
            ? say('compare.side.php.none')
            : say('compare.side.php', { php: recording.php })}
        </option>
        {file !== null && (
          <option value="file">{say('compare.side.file', { name: file.name })}</option>
        )}
      </select>
    </label>
  );
}

function Moves({ state, row }: { state: CompareState; row: number }): JSX.Element {
  const { rows = [], differences = [] } = state.compared.value ?? {};
  const place = differences.indexOf(row);
  if (differences.length === 0) {
    return <p class="compare-sum is-equal">{say('compare.equal', { rows: rows.length })}</p>;
  }
  return (
    <div class="compare-moves">
      <button
        type="button"
        aria-disabled={!differences.some((one) => one < row)}
        onClick={() => state.step(-1)}
      >
        {say('compare.previous')}
      </button>
      <button
        type="button"
        class="main"
        aria-disabled={!differences.some((one) => one > row)}
        onClick={() => state.step(1)}
      >
        {say('compare.next')}
      </button>
      <button type="button" onClick={() => state.first()}>
        {say('compare.first')}
      </button>
      <p class="compare-sum" aria-live="polite">
        <b>
          {place === -1
            ? say('compare.between')
            : say('compare.where', { n: place + 1, all: differences.length })}
        </b>{' '}
        {say('compare.differ', { differences: differences.length, rows: rows.length })}
      </p>
    </div>
  );
}

interface DetailProps extends ViewProps {
  state: CompareState;
  row: TraceRow;
  scenario: Scenario;
}

function Detail({ session, state, row, scenario }: DetailProps): JSX.Element {
  const parting = partingOf(row);
  const { left, right } = row;
  const kind = parting?.kind ?? 'same';
  const bytes = [bytesOf(left), bytesOf(right)] as const;
  const none = new Uint8Array(0);
  const at = firstDifferingByte(bytes[0] ?? none, bytes[1] ?? none);
  return (
    <section class={`pane compare-detail is-${kind}`} aria-live="polite">
      <h2>
        <span class="numbers">{parting?.defect}</span>
        {say(`compare.kind.${kind}`)}
      </h2>
      <div class="compare-text">
        {parting !== null && <Why parting={parting} />}
        {(['left', 'right'] as const).map((side, i) => (
          <div key={side} class="compare-half">
            <h3>
              {state.nameOf(side)}
              <SeeIt session={session} state={state} side={side} event={row[side]} />
            </h3>
            <Sentence event={row[side]} />
            {bytes[i] !== null && bytes[i] !== undefined && at !== -1 && (
              <DifferingBytes bytes={bytes[i]} other={bytes[1 - i] ?? none} at={at} />
            )}
          </div>
        ))}
        <JsonParts json={parting?.json ?? null} />
        {at === -1 && bytes[0] !== null && <p class="none">{say('compare.bytes.equal')}</p>}
        {kind === 'part' && <About scenario={scenario} />}
      </div>
    </section>
  );
}

/** No more of a sentence, or of a text, is shown. */
const MOST = 400;

function Sentence({ event }: { event: TraceEvent | null }): JSX.Element {
  if (event === null) return <p class="none">{say('compare.nothing')}</p>;
  return (
    <>
      <p class="compare-sentence">
        <StepBadge step={event.step} /> {describeStep(event, language.value).slice(0, MOST)}
      </p>
      {event.step === 'broadcast' && (
        <p class="compare-sentence">
          {printable(readFrame(event.bytes, language.value).slice(0, MOST))}
        </p>
      )}
    </>
  );
}

/** What the two steps themselves show: another form, another backlog. */
function Why({ parting: { kind, defect } }: { parting: Parting }): JSX.Element | null {
  if (defect !== null) return <DefectText number={defect} />;
  if (kind === 'part') return null;
  return <p class="compare-why">{say(`compare.why.${kind}`)}</p>;
}

/** What the scenario is there to show, which need not be what parts the two. */
function About({ scenario }: { scenario: Scenario }): JSX.Element | null {
  const { defects = [] } = scenario;
  if (defects.length === 0) return null;
  return (
    <section class="compare-about">
      <h3>{say('compare.about')}</h3>
      {defects.map((number) => (
        <DefectText key={number} number={number} />
      ))}
      <p class="compare-unproven">{say('compare.about.unproven')}</p>
    </section>
  );
}

function DefectText({ number }: { number: string }): JSX.Element | null {
  const defect = describeDefect(number, language.value);
  if (defect === null) return null;
  const { title, sees, section, lesson } = defect;
  return (
    <p class="compare-why">
      <b>
        {number} {say('defect.title', { title })}
      </b>
      {gap()}
      {sees}
      {gap()}
      {section !== '' && say('compare.section', { section })}
      {gap()}
      {lesson !== null && say('compare.lesson', { lesson })}
    </p>
  );
}

/** The link to the step itself, where it was played here: it has the number that the address needs. */
function SeeIt({
  session,
  state,
  side,
  event,
}: ViewProps & {
  state: CompareState;
  side: 'left' | 'right';
  event: TraceEvent | null;
}): JSX.Element | null {
  const sides = (['left', 'right'] as const).map((one) => session.parameter(one).value);
  if (event === null || sides.includes('php') || state.file.value !== null) return null;
  const address = { view: 'loop', profile: session.parameter(side).value };
  return (
    <a href={session.addressWith({ ...address, step: String(event.seq + 1) })}>
      {say('compare.see')}
    </a>
  );
}
