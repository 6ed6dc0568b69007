/**
 * The cut slider: a stream of bytes, and the places where TCP parts it. Whoever moves them sees what
 * one recv gets, what the decoder holds, and what room and mirror make of it.
 * @module
 */

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { StopMine } from '../mine/stop.js';
import { saysOfOwn } from '../mine/words.js';
import { hexParameter } from '../shared/hex-parameter.js';
import { PasteBytes } from '../shared/paste-bytes.js';
import { ScenarioSelect } from '../shared/scenario-select.js';
import { say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { everyByte, readCuts, removeCut, writeCuts } from './cuts.js';
import { CutSegments, Verdict } from './segment-list.js';
import { type CutState, cutStateOf, MOST_BYTES } from './state.js';
import { CutTrack } from './track.js';

/** Within the first of the two messages. */
const FIRST_CUT = '20';

/** The view. */
export const cutsView: PageView = {
  name: 'cuts',
  formerly: 'cut',
  title: 'cuts.title',
  Body: CutsView,
  parameters: {
    stream: hexParameter(''),
    client: { fallback: '', mend: (text) => (/^[\w-]{1,20}$/.test(text) ? text : null) },
    cuts: {
      fallback: FIRST_CUT,
      mend: (text) => {
        const cuts = readCuts(text);
        return cuts === null ? null : writeCuts(cuts);
      },
    },
  },
  shortcuts: [
    { keys: ['a'], label: 'cuts.key.add', run: (session) => cutStateOf(session).add() },
    {
      keys: ['x'],
      label: 'cuts.key.every',
      run: (session) => cutStateOf(session).tryEvery(),
    },
  ],
};

function CutsView({ session }: ViewProps): JSX.Element {
  const state = cutStateOf(session);
  const bytes = state.bytes.value;
  const cuts = state.cuts.value;
  const server = state.server.value;
  useEffect(() => state.playNow(), [state, bytes, cuts, server]);
  const played = state.play.played.value;
  const problem = state.play.problem.value;
  const isOf = played?.bytes === bytes && played.server === server;
  const notes = isOf ? saysOfOwn(played.first.own) : [];
  return (
    <div class="cut-view">
      <h1 class="unseen">{say('cuts.title')}</h1>
      <Tools session={session} state={state} />
      <section class="pane cut-stream" aria-labelledby="cut-stream-title">
        <h2 id="cut-stream-title">
          {say('cuts.track', { n: bytes.length })}
          <span class="file">{say('cuts.track.hint')}</span>
        </h2>
        <CutTrack state={state} />
        <Buttons state={state} />
        <div class="cut-verdicts" role="status">
          {problem !== null && (
            <p class="cut-verdict hurt">{say('app.failed', { reason: problem })}</p>
          )}
          {notes.map((text) => (
            <p key={text} class="cut-verdict hurt">
              {text}
            </p>
          ))}
          <Verdict name={server} outcome={isOf ? played.first : undefined} />
          <Verdict name="original" outcome={isOf ? played.mirror : undefined} />
        </div>
      </section>
      <CutSegments state={state} />
    </div>
  );
}

function Tools({ session, state }: ViewProps & { state: CutState }): JSX.Element {
  const scenario = session.parameter('scenario').value;
  const { client, clients, isOwn, whole } = state;
  const isKnown = isOwn.value || client.value === '' || clients.value.has(client.value);
  return (
    <div class="cut-tools">
      <ScenarioSelect session={session} />
      <label>
        <span>{say('run.profile')}</span>
        <select
          value={state.server.value}
          onChange={(event) => void session.choose({ profile: event.currentTarget.value })}
        >
          <option value="rfc6455">{say('run.profile.rfc6455')}</option>
          <option value="mine">{say('run.profile.mine')}</option>
        </select>
      </label>
      <StopMine />
      <label>
        <span>{say('cuts.stream')}</span>
        <select
          value={isOwn.value ? '-' : isKnown ? client.value : ''}
          onChange={(event) => state.takeClient(event.currentTarget.value)}
        >
          <option value="">{say('cuts.stream.two')}</option>
          {[...clients.value.keys()].map((name) => (
            <option key={name} value={name}>
              {say('cuts.stream.client', { client: name, scenario })}
            </option>
          ))}
          {isOwn.value && <option value="-">{say('cuts.stream.own')}</option>}
        </select>
      </label>
      <p class="about">{say('cuts.about')}</p>
      <PasteBytes
        title={say('cuts.paste')}
        onRead={({ streams: [first] }) => {
          if (first !== undefined) state.takeBytes(first.bytes);
        }}
      />
      <div class="cut-notes" role="status">
        {whole.value.length > MOST_BYTES && (
          <p>{say('cuts.long', { most: MOST_BYTES, n: whole.value.length })}</p>
        )}
        {!isKnown && session.run.value !== null && (
          <p>{say('cuts.none', { client: client.value, scenario })}</p>
        )}
      </div>
    </div>
  );
}

function Buttons({ state }: { state: CutState }): JSX.Element {
  const { bytes, cuts, boundaries, chosen, play } = state;
  const isTrying = play.isTrying.value;
  return (
    <div class="cut-buttons">
      <button type="button" onClick={() => state.set([])}>
        {say('cuts.one')}
      </button>
      <button type="button" onClick={() => state.set(boundaries.value)}>
        {say('cuts.frames')}
      </button>
      <button type="button" onClick={() => state.set(everyByte(bytes.value.length))}>
        {say('cuts.bytes')}
      </button>
      <button type="button" onClick={() => state.add()}>
        {say('cuts.add')}
      </button>
      <button
        type="button"
        aria-disabled={cuts.value.length === 0}
        onClick={() => {
          const index = Math.min(chosen.value, cuts.value.length - 1);
          state.set(removeCut(cuts.value, index));
        }}
      >
        {say('cuts.remove')}
      </button>
      <button type="button" class="main" aria-disabled={isTrying} onClick={() => state.tryEvery()}>
        {say(isTrying ? 'cuts.every.busy' : 'cuts.every')}
      </button>
    </div>
  );
}
