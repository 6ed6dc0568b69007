/**
 * The panes of a walk, on one cursor: the stage, its trace; the source, the sets of select, the sockets, the bytes.
 * Every view that shows a walk can show them.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Profile } from '../../scenario/simulate.js';
import { Code } from '../shared/code.js';
import { sourceOf } from '../shared/highlight.js';
import { isPrinting } from '../shared/print.js';
import { StagePane } from '../stage/stage.js';
import { say, type TextKey } from '../texts.js';
import { TracePane } from '../timeline/trace.js';
import type { ViewProps } from '../view.js';
import type { Walk } from '../walk/walk.js';
import { FdSets } from './fd-sets.js';
import { Sockets } from './sockets.js';
import { BytesPane } from './step-bytes.js';

/** What is shown of a walk. */
interface PanesProps extends ViewProps {
  walk: Walk;
  /** Whose source is shown. */
  profile: Profile;
}

/** Parts that a presenter shows one by one, as the address names them. */
const PARTS = ['stage', 'trace', 'code', 'sockets', 'bytes'] as const;
type Part = (typeof PARTS)[number];

/** The panes: all of them, or one for a wall. On a telephone all but stage and trace stand behind one button. */
export function WalkPanes(props: PanesProps): JSX.Element {
  const { session, walk } = props;
  const isOpen = useSignal(false);
  const isPresented = session.parameter('presenter').value !== 'off' && !isPrinting.value;
  if (isPresented) return <OnePane {...props} />;
  return (
    <div class={isOpen.value ? 'whole rest-open' : 'whole'}>
      <StagePane walk={walk} />
      <TracePane walk={walk} />
      <button
        type="button"
        class="rest-button"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {say(isOpen.value ? 'loop.rest.close' : 'loop.rest')}
      </button>
      <div class="panes">
        <Sources {...props} />
        <div class="state">
          <SetsAndSockets walk={walk} />
          <StepBytes walk={walk} />
        </div>
      </div>
    </div>
  );
}

/** One pane, and which. */
function OnePane(props: PanesProps): JSX.Element {
  const { session, walk } = props;
  const pane = session.parameter('pane');
  const part = pane.value as Part;
  return (
    <div class="one-pane">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div class="pane-choices" role="group" aria-label={say('loop.part')}>
        {PARTS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === part}
            onClick={() => {
              pane.value = one;
            }}
          >
            {say(`loop.part.${one}` as TextKey)}
          </button>
        ))}
      </div>
      {part === 'stage' && <StagePane walk={walk} />}
      {part === 'trace' && <TracePane walk={walk} />}
      {part === 'code' && <Sources {...props} />}
      {part === 'sockets' && <SetsAndSockets walk={walk} />}
      {part === 'bytes' && <StepBytes walk={walk} />}
    </div>
  );
}

function SetsAndSockets({ walk }: { walk: Walk }): JSX.Element {
  const view = walk.view.value;
  return (
    <>
      <FdSets view={view} unserved={walk.unserved.value} />
      <Sockets view={view} />
    </>
  );
}

function StepBytes({ walk }: { walk: Walk }): JSX.Element {
  return <BytesPane view={walk.view.value} events={walk.events.value} />;
}

function Sources({ walk, profile }: PanesProps): JSX.Element {
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
