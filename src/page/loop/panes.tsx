/**
 * The panes of a walk, on one cursor: the stage, its trace; the code, the sets of select, the sockets, the bytes.
 * Every view that shows a walk can show them.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Profile } from '../../scenario/simulate.js';
import { type Forkable, RECORDED } from '../fork/touch-menu.js';
import { isPrinting } from '../shared/print.js';
import { StagePane } from '../stage/stage.js';
import { say, type TextKey } from '../texts.js';
import { TracePane } from '../timeline/trace.js';
import type { Shortcut, ViewProps } from '../view.js';
import { presentOf, type Shown, useShown } from '../walk/shown.js';
import type { Walk } from '../walk/walk.js';
import { FdSets } from './fd-sets.js';
import { Sockets } from './sockets.js';
import { BytesPane } from './step-bytes.js';
import { CodeStrips } from './strips.js';

/** What is shown of a walk. */
interface PanesProps extends ViewProps {
  walk: Walk;
  /** Whose source is shown; null for a stranger's loop. */
  profile: Profile | null;
  /** Whether it is a run that a touch of the stage forks; a recording if not given. */
  forkable?: Forkable;
}

/** Parts that a presenter shows one by one, as the address names them; their keys are 1 to 5. */
const PARTS = ['stage', 'trace', 'code', 'sockets', 'bytes'] as const;
type Part = (typeof PARTS)[number];

/** The keys of the parts, for the views that show them. */
export const partShortcuts: readonly Shortcut[] = PARTS.map((part, i) => ({
  keys: [String(i + 1)],
  label: `loop.key.${part}`,
  run: (session) => {
    if (session.parameter('presenter').value !== 'off') session.parameter('pane').value = part;
  },
}));

/** The panes: all of them, or one for a wall. On a telephone all but stage and trace stand behind one button. */
export function WalkPanes(props: PanesProps): JSX.Element {
  const { session, walk, profile, forkable = RECORDED } = props;
  const isOpen = useSignal(false);
  const isPresented = session.parameter('presenter').value !== 'off' && !isPrinting.value;
  if (isPresented) return <OnePane {...props} />;
  return (
    <div class={isOpen.value ? 'whole rest-open' : 'whole'}>
      <StagePane walk={walk} forkable={forkable} />
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
      <Rest walk={walk} profile={profile} />
    </div>
  );
}

/** What stands below the trace, and mostly out of sight. */
function Rest({ walk, profile }: Pick<PanesProps, 'walk' | 'profile'>): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const shown = useShown(walk, box);
  return (
    <div class="panes" ref={box}>
      <CodeStrips view={shown.view} walk={walk} profile={profile} />
      <SetsAndSockets shown={shown} walk={walk} />
      <BytesPane {...shown} />
    </div>
  );
}

/** Lines of a strip on a wall: both strips are to be seen. */
function linesOnWall(): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return innerHeight / rem < 44 ? 3 : 5;
}

/** One pane, and which. */
function OnePane(props: PanesProps): JSX.Element {
  const { session, walk, profile, forkable = RECORDED } = props;
  const pane = session.parameter('pane');
  const part = pane.value as Part;
  const shown = presentOf(walk);
  return (
    <div class="one-pane">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div class="pane-choices" role="group" aria-label={say('loop.part')}>
        {PARTS.map((one, i) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === part}
            title={say('walk.with-key', {
              name: say(`loop.part.${one}` as TextKey),
              key: String(i + 1),
            })}
            onClick={() => {
              pane.value = one;
            }}
          >
            {say(`loop.part.${one}` as TextKey)}
          </button>
        ))}
      </div>
      {part === 'stage' && <StagePane walk={walk} forkable={forkable} />}
      {part === 'trace' && <TracePane walk={walk} />}
      {part === 'code' && (
        <CodeStrips view={shown.view} walk={walk} profile={profile} length={linesOnWall()} />
      )}
      {part === 'sockets' && <SetsAndSockets shown={shown} walk={walk} />}
      {part === 'bytes' && <BytesPane {...shown} />}
    </div>
  );
}

function SetsAndSockets({ shown, walk }: { shown: Shown; walk: Walk }): JSX.Element {
  return (
    <>
      <FdSets shown={shown} walk={walk} />
      <Sockets view={shown.view} walk={walk} />
    </>
  );
}
