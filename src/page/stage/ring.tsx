/**
 * The loop as a ring: its steps as places, a bead at the present one, the wait as an arc, and in the
 * middle what the program does now.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useRef } from 'preact/hooks';
import { cut } from '../../trace/columns.js';
import { printable } from '../../trace/text.js';
import { say, twoPlaces } from '../texts.js';
import { onPress } from './lane-row.js';
import { angleOf, type Layout, pointOf } from './layout.js';
import { PLACES, type Stage } from './model.js';
import type { Beside, Mood } from './mood.js';

interface RingProps {
  stage: Stage;
  layout: Layout;
  /** Goes to the next step of a name. */
  go: (step: string) => void;
}

/** The ring. */
export function Ring({ stage, layout, go }: RingProps): JSX.Element {
  const { place, mood, wait } = stage;
  const { ring } = layout;
  const angle = useRolling(angleOf(place));
  const inner = ring.radius - 0.75;
  return (
    <g class={`stage-ring at-${place} ${mood}`}>
      <circle class="track" cx={ring.x} cy={ring.y} r={ring.radius} />
      <path
        class={wait?.isTimeOut ? 'wait time-out' : 'wait'}
        pathLength="1"
        d={`M${ring.x} ${ring.y + inner}a${inner} ${inner} 0 1 1 0.001 0`}
        style={`--over:${1 - (wait?.part ?? 0)};opacity:${wait === null ? 0 : 1}`}
      />
      {PLACES.map((one) => (
        <PlaceSign key={one} place={one} isPresent={one === place} layout={layout} go={go} />
      ))}
      <g class="turning" style={`--cx:${ring.x}px;--cy:${ring.y}px;--angle:${angle}deg`}>
        <Bead y={-ring.radius + (place === 'start' || mood === 'aside' ? 1.3 : 0)} mood={mood} />
      </g>
      <Middle stage={stage} layout={layout} />
    </g>
  );
}

/** The bead goes on the shorter way round, and never back through all it came by. */
function useRolling(angle: number): number {
  const last = useRef(angle);
  const by = ((((angle - last.current) % 360) + 540) % 360) - 180;
  last.current += by;
  return last.current;
}

/** What is drawn into it, where colour is not to be the only mark. */
const INTO: Partial<Record<Mood, string>> = {
  fails: 'M-0.25 -0.25l0.5 0.5m0 -0.5l-0.5 0.5',
  wakes: 'M0 -0.35v0.35h0.28',
  aside: 'M-0.3 -0.18h0.6m0 0.36h-0.6',
};

function Bead({ y, mood }: { y: number; mood: Mood }): JSX.Element {
  if (mood === 'blocked') {
    return <rect class="bead" x="-0.6" y={y - 0.6} width="1.2" height="1.2" rx="0.15" />;
  }
  return (
    <>
      <circle class="bead" cx="0" cy={y} r="0.65" />
      {INTO[mood] !== undefined && (
        <path class="into" transform={`translate(0 ${y})`} d={INTO[mood]} />
      )}
    </>
  );
}

/** Two names share a place: the one above, the other below. */
const SHIFT: Partial<Record<string, number>> = {
  accept: 1,
  recv: -1,
  handshake: -1,
  parse: 1,
  select: 0,
  deal: 0,
};

interface PlaceSignProps {
  place: (typeof PLACES)[number];
  isPresent: boolean;
  layout: Layout;
  go: (step: string) => void;
}

const PlaceSign = memo(function PlaceSign(props: PlaceSignProps): JSX.Element {
  const { place, isPresent, layout, go } = props;
  const { letter, ring } = layout;
  const dot = pointOf(layout, place);
  const side = Math.abs(dot.x - ring.x) < 0.1 ? 0 : Math.sign(dot.x - ring.x);
  const width = (place.length * 0.6 + 0.9) * letter;
  const height = letter * 1.5;
  const x = dot.x + side * (0.8 + width / 2);
  const up = side === 0 ? Math.sign(dot.y - ring.y) * (0.9 + height / 2) : 0;
  const y = dot.y + up + (SHIFT[place] ?? 0) * height * 0.55;
  return (
    <>
      <circle class="place" cx={dot.x} cy={dot.y} r="0.28" />
      {/* biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing */}
      <g
        class={isPresent ? 'stage-place present' : 'stage-place'}
        role="button"
        tabindex={0}
        aria-label={say('stage.place.go', { step: place })}
        aria-current={isPresent ? 'step' : undefined}
        onClick={() => go(place)}
        onKeyDown={(event) => onPress(event, () => go(place))}
      >
        <rect
          class="hit"
          x={x - width / 2}
          y={y - height / 2}
          width={width}
          height={height}
          rx="0.3"
        />
        <text x={x} y={y + letter * 0.34} text-anchor="middle">
          {place}
        </text>
      </g>
    </>
  );
});

/** Above: what it does. Below: how long, or what is said. */
function Middle({ stage, layout }: { stage: Stage; layout: Layout }): JSX.Element {
  const { ring, letter, form } = layout;
  const small = form === 'wide' ? letter : letter * 0.85;
  const columns = Math.floor((ring.radius * 1.75) / (letter * 0.56));
  const { upper, lower } = middleWords(stage);
  const isEmpty = stage.hand.length === 0;
  return (
    <g class="stage-middle">
      <text class="mood" x={ring.x} y={ring.y - (isEmpty ? 0.3 : 1.5)} text-anchor="middle">
        {cut(upper, columns)}
      </text>
      <text
        x={ring.x}
        y={ring.y + (isEmpty ? 1.1 : 2.1)}
        text-anchor="middle"
        style={`font-size:${small}px`}
      >
        {cut(lower, columns)}
      </text>
    </g>
  );
}

/** What stands in the middle of the ring: what the loop does; how long, or with what. */
export function middleWords(stage: Stage): { upper: string; lower: string } {
  return { upper: upperLine(stage), lower: lowerLine(stage) };
}

function upperLine({ place, mood, step, call, own, beside }: Stage): string {
  if (own !== null) return say('stage.own', { name: printable(own.name) });
  if (beside !== null) return upperBeside(beside);
  if (place === 'start') return say('stage.start');
  if (mood === 'waits') return say('stage.waits');
  const name = call === null ? null : printable(call);
  if (mood === 'blocked') return say('stage.blocked', { call: name ?? place });
  return (step === 'select' ? name : null) ?? step ?? '';
}

function upperBeside(step: Beside): string {
  if (step.step === 'wake') return say('stage.wake');
  return say(`stage.${step.step}`, { call: printable(step.call) });
}

function lowerBeside(step: Beside): string {
  switch (step.step) {
    case 'again':
      return say('stage.again.why');
    case 'fault':
      return printable(step.code);
    case 'wake': {
      const { kind } = step;
      const isKnown = kind === 'timer' || kind === 'event' || kind === 'signal' || kind === 'pipe';
      return isKnown ? say(`stage.wake.${kind}`) : printable(kind);
    }
    case 'other':
      return say('stage.other.took', { ms: twoPlaces(step.took) });
  }
}

function lowerLine({ wait, words, hand, mood, lanes, own, beside }: Stage): string {
  if (own !== null)
    return say('stage.returned', { returned: printable(own.returned.slice(0, 80)) });
  if (beside !== null) return lowerBeside(beside);
  if (wait !== null) {
    const ms = twoPlaces(wait.ms);
    if (wait.isTimeOut) return say('stage.time-out', { ms });
    return say(mood === 'works' ? 'stage.waited' : 'stage.so-far', { ms });
  }
  if (words !== '') return say('stage.quoted', { words: printable(words.slice(0, 80)) });
  const moved = [...hand, ...lanes.flatMap(({ passing }) => passing)];
  const length = moved.reduce((sum, block) => sum + block.length, 0);
  return length > 0 ? say('stage.amount', { n: length }) : '';
}
