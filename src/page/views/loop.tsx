/**
 * The Loop view: one step of a run in four panes on one cursor. The source, the sets of select, the
 * sockets, the bytes; and beside them all steps, and who sent what to whom.
 * @module
 */

import type { JSX } from 'preact';
import type { Profile } from '../../scenario/simulate.js';
import { sourceOf } from '../highlight.js';
import { say } from '../messages.js';
import { Code } from '../parts/code.js';
import { Controls, walkShortcuts } from '../parts/controls.js';
import { Diagram } from '../parts/diagram.js';
import { FdSets } from '../parts/fd-sets.js';
import { Narration } from '../parts/narration.js';
import { RunPicker } from '../parts/run-picker.js';
import { Sockets } from '../parts/sockets.js';
import { BytesPane } from '../parts/step-bytes.js';
import { StepList } from '../parts/step-list.js';
import type { PageView, ViewProps } from '../view.js';
import type { Walk } from '../walk.js';

/** The view. */
export const loopView: PageView = {
  name: 'loop',
  title: 'loop.title',
  Body: LoopView,
  shortcuts: walkShortcuts(({ walk }) => walk),
};

function LoopView({ session }: ViewProps): JSX.Element {
  const { walk } = session;
  return (
    <div class="loop" aria-busy={session.isBusy.value}>
      <h1 class="unseen">{say('loop.title')}</h1>
      <RunPicker session={session} />
      <div class="walk-bar">
        <Controls session={session} walk={walk} />
        <Narration walk={walk} />
      </div>
      <WalkPanes walk={walk} profile={session.profile.value} />
    </div>
  );
}

/** The panes of a walk, which another view can show too. @param profile whose source is shown */
export function WalkPanes({ walk, profile }: { walk: Walk; profile: Profile }): JSX.Element {
  return (
    <div class="panes">
      <section class="pane steps" aria-labelledby="steps-title">
        <h2 id="steps-title">{say('loop.steps')}</h2>
        <StepList walk={walk} />
      </section>
      <Sources walk={walk} profile={profile} />
      <ViewPanes walk={walk} />
      <Diagram walk={walk} />
    </div>
  );
}

function ViewPanes({ walk }: { walk: Walk }): JSX.Element {
  const view = walk.view.value;
  return (
    <div class="state">
      <FdSets view={view} unserved={walk.unserved.value} />
      <Sockets view={view} />
      <BytesPane view={view} events={walk.events.value} />
    </div>
  );
}

function Sources({ walk, profile }: { walk: Walk; profile: Profile }): JSX.Element {
  const { event, blockedOn } = walk.view.value;
  const step = event?.step ?? 'socket';
  const isOutside = step === 'act' || step === 'arrive';
  // a turn is not interrupted: what comes from outside comes while the server waits
  const at = isOutside ? (blockedOn === null ? 'select' : 'block') : step;
  const sides = [
    { title: 'loop.php', source: sourceOf(at, 'php') },
    { title: 'loop.typescript', source: sourceOf(at, profile) },
  ] as const;
  return (
    <div class="sources">
      {sides.map(({ title, source }) => (
        <Code
          key={title}
          title={say(title)}
          at={source}
          note={isOutside ? say(`${title}.${step}`) : source === null ? say(`${title}.none`) : ''}
        />
      ))}
    </div>
  );
}
