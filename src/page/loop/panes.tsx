/**
 * The panes of a walk, on one cursor: the source, the sets of select, the sockets, the bytes; and beside
 * them all steps, and who sent what to whom. Every view that shows a walk can show them.
 * @module
 */

import type { JSX } from 'preact';
import type { Profile } from '../../scenario/simulate.js';
import { Code } from '../shared/code.js';
import { sourceOf } from '../shared/highlight.js';
import { say } from '../texts.js';
import type { Walk } from '../walk/walk.js';
import { Diagram } from './diagram.js';
import { FdSets } from './fd-sets.js';
import { Sockets } from './sockets.js';
import { BytesPane } from './step-bytes.js';
import { StepList } from './step-list.js';

/** The panes. @param profile whose source is shown */
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
    { title: 'loop.php', none: 'loop.php.none', source: sourceOf(at, 'php') },
    { title: 'loop.typescript', none: 'loop.typescript.none', source: sourceOf(at, profile) },
  ] as const;
  return (
    <div class="sources">
      {sides.map(({ title, none, source }) => (
        <Code
          key={title}
          title={say(title)}
          at={source}
          note={isOutside ? say(`loop.source.${step}`) : source === null ? say(none) : ''}
        />
      ))}
    </div>
  );
}
