/**
 * A program that is watched while it runs: nobody holds it, and its steps are shown as they come.
 * @module
 */

import type { JSX } from 'preact';
import { printable } from '../../trace/text.js';
import type { Live } from '../live/state.js';
import { WalkPanes } from '../loop/panes.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { Controls } from '../walk/controls.js';
import { Narration } from '../walk/narration.js';
import { Figures } from './figures.js';

/** What is drawn. */
export function Watched({ session, live }: ViewProps & { live: Live }): JSX.Element {
  const { walk, missing } = live;
  return (
    <div class="loop live">
      <h1 class="unseen">{say('live.title')}</h1>
      <div class="walk-bar">
        <div class="live-state">
          <State live={live} />
          <LoopPicker live={live} />
          {missing.value > 0 && <p class="live-who">{say('live.missing', { n: missing.value })}</p>}
        </div>
        <Controls session={session} walk={walk} hasSlider={false} />
        <Narration walk={walk} />
      </div>
      <Figures walk={walk} />
      <WalkPanes session={session} walk={walk} profile={null} />
    </div>
  );
}

/** What the program does. */
function State({ live }: { live: Live }): JSX.Element {
  const { walk, link, about } = live;
  const isOver = link.value === 'ended' || link.value === 'lost';
  const isPast = walk.position.value < walk.events.value.length;
  const program = printable(about.value?.watched ?? '');
  return (
    <p class={`live-does ${isOver ? 'ended' : 'free'}`} role="status">
      <b aria-hidden="true">{isOver ? '■' : '▶'}</b>{' '}
      {say(isOver ? 'watched.ended' : 'watched.runs', { program })}
      {isPast && <span class="live-past"> {say('live.past')}</span>}
    </p>
  );
}

/** Which loop of a program that has several. */
function LoopPicker({ live }: { live: Live }): JSX.Element | null {
  const { loops = [] } = live.status.value;
  if (loops.length < 2) return null;
  return (
    <label>
      <span>{say('run.loop')}</span>{' '}
      <select
        value={live.loop.value}
        onChange={(event) => live.chooseLoop(Number(event.currentTarget.value))}
      >
        {loops.map(({ loop, pid }) => (
          <option key={loop} value={loop}>
            {say('watched.loop', { loop: String(loop), loops: loops.length, pid: String(pid) })}
          </option>
        ))}
      </select>
    </label>
  );
}
