/**
 * The controls of a walk: buttons, speed, and a slider over all steps with a tick for each turn.
 * @module
 */

import type { JSX } from 'preact';
import { SPEEDS } from '../address.js';
import type { Session } from '../session.js';
import { Icon, type IconName } from '../shared/icon.js';
import { say, type TextKey, timeOf } from '../texts.js';
import type { Shortcut, ViewProps } from '../view.js';
import type { Walk } from './walk.js';

/** What can be done with a walk: its button, its keys. */
interface Move {
  icon: IconName;
  label: TextKey;
  key: TextKey;
  keys: readonly string[];
  run: (walk: Walk) => void;
  /** Whether it needs a step behind the present one, or before it. */
  needs: 'before' | 'behind';
}

/** Whoever moves by hand does not want to be moved. */
const byHand =
  (move: (walk: Walk) => void) =>
  (walk: Walk): void => {
    walk.pause();
    move(walk);
  };

const MOVES: readonly Move[] = [
  {
    icon: 'home',
    label: 'walk.home',
    key: 'walk.key.home',
    keys: ['Home'],
    run: byHand((walk) => walk.home()),
    needs: 'before',
  },
  {
    icon: 'back',
    label: 'walk.back',
    key: 'walk.key.back',
    keys: ['ArrowLeft', 'b'],
    run: byHand((walk) => walk.back()),
    needs: 'before',
  },
  {
    icon: 'next',
    label: 'walk.next',
    key: 'walk.key.next',
    keys: ['ArrowRight', 'n'],
    run: byHand((walk) => walk.next()),
    needs: 'behind',
  },
  {
    icon: 'turn',
    label: 'walk.turn',
    key: 'walk.key.turn',
    keys: ['t'],
    run: byHand((walk) => walk.nextTurn()),
    needs: 'behind',
  },
  {
    icon: 'end',
    label: 'walk.end',
    key: 'walk.key.end',
    keys: ['End'],
    run: byHand((walk) => walk.end()),
    needs: 'behind',
  },
];

/** The keys of a walk, for the views that show one. */
export function walkShortcuts(walkOf: (session: Session) => Walk): Shortcut[] {
  return [
    ...MOVES.map(({ keys, key, run }) => ({
      keys,
      label: key,
      run: (session: Session) => run(walkOf(session)),
    })),
    { keys: [' '], label: 'walk.key.play', run: (session) => walkOf(session).toggle() },
  ];
}

/**
 * The controls.
 *
 * @param walk what they move
 * @param hasSlider whether they have a slider: where the trace is shown, that is the slider
 */
export function Controls({
  session,
  walk,
  hasSlider = true,
}: ViewProps & { walk: Walk; hasSlider?: boolean }): JSX.Element {
  const isPlaying = walk.isPlaying.value;
  const playName = say(isPlaying ? 'walk.pause' : 'walk.play');
  return (
    <fieldset class="controls" aria-label={say('walk.controls')}>
      <div class="buttons">
        {MOVES.slice(0, 2).map((move) => (
          <MoveButton key={move.icon} move={move} walk={walk} />
        ))}
        <IconButton
          icon={isPlaying ? 'pause' : 'play'}
          name={playName}
          title={say('walk.with-key', { name: playName, key: say('keys.space') })}
          run={() => walk.toggle()}
        />
        {MOVES.slice(2).map((move) => (
          <MoveButton key={move.icon} move={move} walk={walk} />
        ))}
      </div>
      {hasSlider ? <Timeline walk={walk} /> : <Where walk={walk} />}
      <SpeedPicker session={session} />
    </fieldset>
  );
}

function MoveButton({ move, walk }: { move: Move; walk: Walk }): JSX.Element {
  const position = walk.position.value;
  const isOver = move.needs === 'before' ? position <= 1 : position >= walk.events.value.length;
  const name = say(move.label);
  return (
    <IconButton
      icon={move.icon}
      name={name}
      title={say('walk.with-key', { name, key: move.keys.at(-1)?.toUpperCase() ?? '' })}
      isMain={move.icon === 'next'}
      isOver={isOver}
      run={() => move.run(walk)}
    />
  );
}

interface IconButtonProps {
  icon: IconName;
  name: string;
  /** What the mouse finds over it. */
  title?: string;
  /** Whether it is the one that is used most, and shows its name. */
  isMain?: boolean;
  /** Whether there is nothing left for it to do. */
  isOver?: boolean;
  run: () => void;
}

/** A button of a walk. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon, name, title = name, isMain = false, isOver = false, run } = props;
  return (
    // not `disabled`: the focus would be lost at the last step
    <button
      type="button"
      class={isMain ? 'main' : ''}
      title={title}
      aria-label={name}
      aria-disabled={isOver}
      onClick={run}
    >
      <Icon name={icon} />
      {isMain && <span>{name}</span>}
    </button>
  );
}

/** How fast it plays. */
export function SpeedPicker({ session }: ViewProps): JSX.Element {
  const speed = session.parameter('speed');
  return (
    <label class="speed">
      <span class="unseen">{say('walk.speed')}</span>
      <select
        value={speed.value}
        onChange={(event) => {
          speed.value = event.currentTarget.value;
        }}
      >
        {SPEEDS.map((n) => (
          <option key={n} value={n}>
            {say('walk.speed.value', { n: Number(n) })}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The slider over all steps, and beside it where the walk is. */
function Timeline({ walk }: { walk: Walk }): JSX.Element {
  const position = walk.position.value;
  const { length } = walk.events.value;
  return (
    <div class="timeline">
      <span class="slider">
        <input
          type="range"
          min={1}
          max={Math.max(1, length)}
          value={position}
          aria-label={say('walk.slider')}
          aria-valuetext={say('walk.where', { position, length })}
          onInput={(input) => {
            walk.pause();
            walk.seek(Number(input.currentTarget.value));
          }}
        />
        <Ticks walk={walk} />
      </span>
      <Where walk={walk} />
    </div>
  );
}

/** Which step of how many, which turn, and when. */
export function Where({ walk }: { walk: Walk }): JSX.Element {
  const position = walk.position.value;
  const { length } = walk.events.value;
  const { turn, event } = walk.view.value;
  return (
    <p class="where">
      <b>{say('walk.where', { position, length })}</b>
      <span>{say('walk.at-turn', { turn })}</span>
      <span class="time">{timeOf(event?.t ?? 0)}</span>
    </p>
  );
}

/** A tick for each turn: one path, however many there are. */
function Ticks({ walk }: { walk: Walk }): JSX.Element {
  const most = Math.max(2, walk.events.value.length);
  const turns = walk.turns.value;
  const every = Math.ceil(turns.length / 400);
  const d = turns.flatMap((turn, i) => (i % every === 0 ? [`M${turn - 1} 0V1`] : [])).join('');
  return (
    <svg class="ticks" viewBox={`0 0 ${most - 1} 1`} preserveAspectRatio="none" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
