/**
 * The Loop view: one step of a run in panes on one cursor.
 * @module
 */

import type { JSX } from 'preact';
import { say } from '../texts.js';
import { timelineShortcuts } from '../timeline/state.js';
import type { PageView, ViewProps } from '../view.js';
import { Controls, walkShortcuts } from '../walk/controls.js';
import { Narration } from '../walk/narration.js';
import { RunPicker } from '../walk/run-picker.js';
import { partShortcuts, WalkPanes } from './panes.js';

/** The view. */
export const loopView: PageView = {
  name: 'loop',
  title: 'loop.title',
  Body: LoopView,
  where: (session) => {
    const { walk, runName } = session;
    return [runName.value, say('app.step', { step: String(walk.position.value) })];
  },
  shortcuts: [
    ...walkShortcuts(({ walk }) => walk),
    ...timelineShortcuts(({ walk }) => walk),
    ...partShortcuts,
  ],
};

function LoopView({ session }: ViewProps): JSX.Element {
  const { walk } = session;
  return (
    <div class="loop" aria-busy={session.isBusy.value}>
      <h1 class="unseen">{say('loop.title')}</h1>
      <RunPicker session={session} />
      <div class="walk-bar">
        <Controls session={session} walk={walk} hasSlider={false} />
        <Narration walk={walk} isWelcome={session.isWelcome.value} />
      </div>
      <WalkPanes session={session} walk={walk} profile={session.profile.value} />
    </div>
  );
}
