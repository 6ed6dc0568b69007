/**
 * A socket on the stage: its name, the pipe in, its lamps, the pipe out.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import type { Fd } from '../../net/net.js';
import { cut } from '../../trace/columns.js';
import { printable } from '../../trace/text.js';
import { say } from '../texts.js';
import type { Lamp, Lane, Pipe } from './lanes.js';
import type { Layout, Stretch } from './layout.js';

/** How wide a letter is, of its size; a capital is wider. */
const COLUMN = 0.58;
const CAPITAL = 0.86;

/** What of a text fits into a stretch. */
export function fitted(text: string, { width }: Stretch, letter: number): string {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const column = capitals * 2 > text.length ? CAPITAL : COLUMN;
  return cut(text, Math.max(1, Math.floor((width - 0.4) / (letter * column))));
}

/** Who it is: a name, or what it is. */
export function whoOf({ name, state }: Lane): string {
  return printable(name ?? say(`loop.state.${state}`));
}

/** What waits in a pipe, in words; empty for nothing. */
export function amountOf({ amount, isSample }: Pipe, isListener: boolean): string {
  if (amount === null) return say('stage.unknown');
  if (amount === 0) return '';
  if (isListener) return say('loop.sockets.waiting', { n: amount });
  return say(isSample ? 'stage.amount.sample' : 'stage.amount', { n: amount });
}

interface LaneRowProps {
  lane: Lane;
  layout: Layout;
  y: number;
  go: (fd: Fd) => void;
  /** Asks what can be done to it. */
  touch: LaneTouch | undefined;
}

/** Asks what can be done to a descriptor; the menu opens at the element. */
export type LaneTouch = (fd: Fd, at: Element) => void;

/** The row of a socket, which is a button. */
export const LaneRow = memo(
  LaneRowBody,
  (a, b) => a.y === b.y && a.layout === b.layout && isSame(a.lane, b.lane),
);

/** Whether two lanes look alike, but for their blocks, which are drawn apart. */
function isSame(a: Lane, b: Lane): boolean {
  return (
    a.fd === b.fd &&
    a.state === b.state &&
    a.name === b.name &&
    a.isPresent === b.isPresent &&
    a.isBlocking === b.isBlocking &&
    a.read === b.read &&
    a.write === b.write &&
    a.queue.amount === b.queue.amount &&
    a.queue.isSample === b.queue.isSample &&
    a.outbox.amount === b.outbox.amount
  );
}

function LaneRowBody({ lane, layout, y, go, touch }: LaneRowProps): JSX.Element {
  const { fd, state, isPresent, isBlocking, queue, outbox } = lane;
  const { name, peer, letter, row } = layout;
  const who = whoOf(lane);
  const isListener = state === 'listening';
  const small = letter * 0.87;
  const waits = amountOf(queue, isListener);
  const kept = amountOf(outbox, false);
  const below = peer === null ? waits || kept : waits;
  return (
    <g
      class={`stage-lane state-${state}${isPresent ? ' present' : ''}${isBlocking ? ' blocking' : ''}`}
      style={`--y:${y}px`}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing */}
      <g
        class="stage-go"
        role="button"
        tabindex={0}
        aria-label={say('stage.lane.go', { fd: String(fd), who })}
        onClick={() => go(fd)}
        onKeyDown={(event) => onPress(event, () => go(fd))}
      >
        <RowGround x={peer === null ? layout.queue.x : 0} layout={layout} />
      </g>
      <Words stretch={name} isCentred={peer === null} row={row}>
        {(x, anchor) => (
          <>
            <text
              class="name"
              x={x}
              y={below === '' ? letter * 0.35 : -letter * 0.12}
              text-anchor={anchor}
            >
              {fitted(`${fd}  ${who}`, name, letter)}
            </text>
            {below !== '' && (
              <text
                class="soft"
                x={x}
                y={letter * 0.88}
                text-anchor={anchor}
                style={`font-size:${small}px`}
              >
                {fitted(below, name, small)}
              </text>
            )}
          </>
        )}
      </Words>
      <PipeShape
        stretch={layout.queue}
        isUnknown={queue.amount === null}
        level={isListener ? 0 : levelOf(queue.amount)}
      />
      <LampSign lamp={lane.read} x={layout.read} />
      {!isListener && (
        <>
          <LampSign lamp={lane.write} x={layout.write} />
          <PipeShape stretch={layout.outbox} isUnknown={false} level={levelOf(outbox.amount)} />
        </>
      )}
      {peer !== null && !isListener && (
        <Words stretch={peer} row={row}>
          {(x) => (
            <text class={kept === '' ? 'name' : 'full'} x={x} y={letter * 0.35}>
              {fitted(kept === '' ? who : kept, peer, letter)}
            </text>
          )}
        </Words>
      )}
      {!isListener && touch !== undefined && <Grip lane={lane} layout={layout} touch={touch} />}
    </g>
  );
}

/** Both pipes as one button: what befalls the connection is chosen there. */
function Grip({
  lane,
  layout: { queue, outbox },
  touch,
}: Pick<LaneRowProps, 'lane' | 'layout'> & { touch: LaneTouch }): JSX.Element {
  const name = say('stage.lane.touch', { fd: String(lane.fd), who: whoOf(lane) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing
    <g
      class="stage-grip"
      role="button"
      tabindex={0}
      aria-haspopup="dialog"
      aria-label={name}
      onClick={(event) => touch(lane.fd, event.target as Element)}
      onKeyDown={(event) => {
        const { currentTarget } = event;
        onPress(event, () => touch(lane.fd, currentTarget.lastElementChild ?? currentTarget));
      }}
    >
      <title>{name}</title>
      {[outbox, queue].map(({ x, width }) => (
        <rect key={x} x={x} y="-0.75" width={width} height="1.5" rx="0.4" />
      ))}
    </g>
  );
}

/** The ground of a row. */
export function RowGround({
  x,
  layout: { width, row },
}: {
  x: number;
  layout: Layout;
}): JSX.Element {
  const height = row - 0.16;
  return <rect class="hit" x={x} y={-height / 2} width={width - x} height={height} rx="0.35" />;
}

/** Words in a stretch; what is wider than was reckoned is cut at its edges. */
export function Words(props: {
  stretch: Stretch;
  isCentred?: boolean;
  row: number;
  children: (x: number, anchor: 'start' | 'middle') => JSX.Element;
}): JSX.Element {
  const { stretch, isCentred = false, row, children } = props;
  const { x, width } = stretch;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: a frame for the words in it
    <svg
      class="stage-words"
      x={x}
      y={-row / 2}
      width={width}
      height={row}
      viewBox={`0 ${-row / 2} ${width} ${row}`}
    >
      {isCentred ? children(width / 2, 'middle') : children(0.4, 'start')}
    </svg>
  );
}

/** How full a pipe is, 0 to 1: logarithmic, for there may be one byte or a hundred thousand. */
function levelOf(amount: number | null): number {
  return amount === null || amount === 0 ? 0 : Math.min(1, 0.1 + Math.log2(amount) * 0.05);
}

function PipeShape({
  stretch: { x, width },
  isUnknown,
  level,
}: {
  stretch: Stretch;
  isUnknown: boolean;
  level: number;
}): JSX.Element {
  return (
    <>
      <rect
        class={isUnknown ? 'pipe unknown' : 'pipe'}
        x={x}
        y="-0.75"
        width={width}
        height="1.5"
        rx="0.4"
      />
      {level > 0 && (
        <rect
          class="level"
          x={x + 0.7}
          y="0.65"
          width={(width - 1.4) * level}
          height="0.14"
          rx="0.07"
        />
      )}
    </>
  );
}

/** A lamp: a ring where it is watched, lit where it is ready, broken where select took it out. */
export function LampSign({ lamp, x }: { lamp: Lamp; x: number }): JSX.Element {
  return (
    <g class={`stage-lamp ${lamp}`} style={`--x:${x}px`}>
      <circle class="glow" r="0.42" />
      <circle class="rim" r="0.42" />
      {lamp === 'served' && <path d="M-0.2 0.02L-0.05 0.17L0.22 -0.16" />}
    </g>
  );
}

/** Enter and the space bar press a button in a drawing too. */
export function onPress(event: KeyboardEvent, press: () => void): void {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault(); // the shell then takes it for nobody else's: the space bar would play
  press();
}
