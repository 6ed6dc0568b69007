/**
 * The Loop view: one step of a run in panes on one cursor.
 * @module
 */

import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { ForkBar } from '../fork/bar.js';
import { forkFile } from '../fork/state.js';
import { FORKED, type Forkable, RECORDED } from '../fork/touch-menu.js';
import { seenFrom } from '../lessons/see.js';
import { profileOf } from '../mine/servers.js';
import type { Session } from '../session.js';
import { walkSavings } from '../shared/savings.js';
import { say } from '../texts.js';
import { timelineOf, timelineShortcuts } from '../timeline/state.js';
import type { PageView, ViewProps } from '../view.js';
import { Controls, walkShortcuts } from '../walk/controls.js';
import { Narration } from '../walk/narration.js';
import { RunPicker } from '../walk/run-picker.js';
import { FiguresPane } from './figures-pane.js';
import { partShortcuts, WalkPanes } from './panes.js';
import { WorldRules } from './world-rules.js';

/** The view. */
export const loopView: PageView = {
  name: 'loop',
  title: 'loop.title',
  Body: LoopView,
  where: (session) => {
    const { walk, runName } = session;
    return [runName.value, say('app.step', { step: String(walk.position.value) })];
  },
  saves: (session) => {
    const { walk, runName, maker, forks } = session;
    const forked = forks.forked.value;
    if (forked === null) return walkSavings(walk, runName.value, maker.value);
    const { scenario } = forks.stepped.value === 'fork' ? forked.run : forked.first;
    const { name, text } = forkFile(forked);
    const fork = { label: 'save.fork', name, make: () => text } as const;
    return [fork, ...walkSavings(walk, scenario.name, maker.value)];
  },
  shortcuts: [
    ...walkShortcuts(({ walk }) => walk),
    ...timelineShortcuts(({ walk }) => walk),
    ...partShortcuts,
  ],
};

function LoopView({ session }: ViewProps): JSX.Element {
  const { walk, forks } = session;
  useSignalEffect(() => {
    timelineOf(walk).other.value = forks.other.value;
  });
  return (
    <div class="loop" aria-busy={session.isBusy.value}>
      <h1 class="unseen">{say('loop.title')}</h1>
      <RunPicker session={session} />
      <WorldRules session={session} />
      <BackToLesson session={session} />
      <div class="walk-bar">
        <Controls session={session} walk={walk} hasSlider={false} />
        <Narration
          walk={walk}
          learn={
            session.isWelcome.value ? session.addressWith({ view: 'lessons', lesson: '0' }) : null
          }
        />
      </div>
      <ForkBar forks={forks} />
      {session.stranger.value !== null && session.maker.value?.machine === undefined && (
        <FiguresPane walk={walk} />
      )}
      <WalkPanes
        session={session}
        walk={walk}
        profile={session.stranger.value === null ? profileOf(session.profile.value) : null}
        forkable={forkableOf(session)}
      />
    </div>
  );
}

/** The way back of who came from a lesson. */
function BackToLesson({ session }: ViewProps): JSX.Element | null {
  const seen = seenFrom.value;
  if (seen === null || seen.trace !== session.walk.events.value) return null;
  const number = String(seen.lesson);
  return (
    <p class="back-to-lesson">
      <a href={session.addressWith({ view: 'lessons', lesson: number })}>
        {say('lessons.see.back', { number })}
      </a>
    </p>
  );
}

/** A file cannot be forked, nor a fork. */
function forkableOf(session: Session): Forkable {
  const { run, opened, forks } = session;
  if (run.value === null || opened.value !== null) return RECORDED;
  if (forks.forked.value !== null && forks.stepped.value === 'fork') return FORKED;
  return { run: run.value, take: (touch) => void session.fork(touch) };
}
