/**
 * The panes of a walk, on one cursor: the stage, its trace; the source, the sets of select, the sockets, the bytes.
 * Every view that shows a walk can show them.
 * @module
 */

import type { JSX } from 'preact';
import type { Profile } from '../../scenario/simulate.js';
import { Code } from '../shared/code.js';
import { sourceOf } from '../shared/highlight.js';
import { StagePane } from '../stage/stage.js';
import { say } from '../texts.js';
import { TracePane } from '../timeline/trace.js';
import type { Walk } from '../walk/walk.js';
import { FdSets } from './fd-sets.js';
import { Sockets } from './sockets.js';
import { BytesPane } from './step-bytes.js';

/** The panes. @param profile whose source is shown */
export function WalkPanes({ walk, profile }: { walk: Walk; profile: Profile }): JSX.Element {
  return (
    <>
      <StagePane walk={walk} />
      <TracePane walk={walk} />
      <div class="panes">
        <Sources walk={walk} profile={profile} />
        <ViewPanes walk={walk} />
      </div>
    </>
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
