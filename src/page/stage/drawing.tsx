/**
 * The drawing of the stage: a pure function of its model and its layout. It moves where the style says so.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import type { Fd } from '../../net/net.js';
import { cut } from '../../trace/columns.js';
import { say } from '../texts.js';
import { FoldRow } from './fold-row.js';
import { LaneRow, type LaneTouch } from './lane-row.js';
import type { Lamp, Lane } from './lanes.js';
import { type Layout, pointOf, rowsOf, rowY } from './layout.js';
import type { Stage } from './model.js';
import { fieldWidth, type Placed, placedOf, widthOf } from './placing.js';
import { Ring } from './ring.js';

/** What the drawing is of, and what a click does. */
export interface DrawingProps {
  stage: Stage;
  layout: Layout;
  /** Goes to the next step of a descriptor. */
  toFd: (fd: Fd) => void;
  /** Asks what can be done to a descriptor; a picture of it does not. */
  touch?: LaneTouch | undefined;
  /** Goes to the next step of a name. */
  toStep: (step: string) => void;
}

/** The drawing. */
export function Drawing({ stage, layout, toFd, touch, toStep }: DrawingProps): JSX.Element {
  const { first, fold } = rowsOf(stage);
  return (
    <>
      {stage.lanes.length > 0 && (
        <Headings
          layout={layout}
          y={rowY(layout, first) - layout.row / 2 - 0.35}
          isListenerAlone={stage.lanes.every(({ state }) => state === 'listening')}
        />
      )}
      {stage.lanes.map((lane, i) => (
        <LaneRow
          key={lane.fd}
          lane={lane}
          layout={layout}
          y={rowY(layout, first + i)}
          go={toFd}
          touch={touch}
        />
      ))}
      {stage.fold !== null && <FoldRow fold={stage.fold} layout={layout} y={rowY(layout, fold)} />}
      {layout.form === 'wide' && <path class="stage-wires" d={wiresOf(stage, layout)} />}
      <Ring stage={stage} layout={layout} go={toStep} />
      <g class="stage-blocks">
        {placedOf(stage, layout).map((placed) => (
          <PlacedBlock key={placed.block.key} placed={placed} />
        ))}
      </g>
    </>
  );
}

/** What the columns are, over the first row; a listener has nothing to write. */
const Headings = memo(function Headings(props: {
  layout: Layout;
  y: number;
  isListenerAlone: boolean;
}): JSX.Element {
  const { layout, y, isListenerAlone } = props;
  const { form, queue, outbox, read, write } = layout;
  const letter = layout.letter * 0.87;
  const columns = (width: number): number => Math.max(1, Math.floor(width / (letter * 0.5)));
  return (
    <g class="stage-headings" style={`--y:${y}px;--letter:${letter}px`}>
      <text x={queue.x + queue.width - 0.75} text-anchor="end">
        {cut(
          say(form === 'wide' ? 'stage.heading.queue' : 'stage.heading.queue.short'),
          columns(queue.width - 1.2),
        )}
      </text>
      <text x={read} text-anchor="middle">
        {cut(say('stage.heading.read'), 7)}
      </text>
      {!isListenerAlone && (
        <>
          <text x={write} text-anchor="middle">
            {cut(say('stage.heading.write'), 7)}
          </text>
          <text x={outbox.x + 0.9} text-anchor="start">
            {cut(say('stage.heading.outbox'), columns(outbox.width - 1.2))}
          </text>
        </>
      )}
    </g>
  );
});

/** From the lanes that the step is about to where it is on the ring, or back. */
function wiresOf(stage: Stage, layout: Layout): string {
  const { place } = stage;
  const { first, fold } = rowsOf(stage);
  const isOut = place === 'broadcast' || place === 'send';
  const isIn = place === 'accept' || place === 'recv' || place === 'select';
  if (!(isOut || isIn) || stage.mood === 'waits') return '';
  const to = pointOf(layout, place);
  const wire = (row: number, lamp: Lamp): string => {
    const end = lamp === 'none' ? layout.outbox.x : layout.write - 0.7;
    const x = isOut ? end : layout.read + 0.7;
    const [y, middle] = [rowY(layout, row), (x + to.x) / 2];
    return `M${x} ${y}C${middle} ${y} ${middle} ${to.y} ${to.x} ${to.y}`;
  };
  const wires = stage.lanes.map((lane, i) =>
    isWired(stage, lane) ? wire(first + i, lane.write) : '',
  );
  if (stage.fold?.isPresent && place === 'broadcast') wires.push(wire(fold, 'none'));
  return wires.join('');
}

/** At a select those who are ready; else those of the step. An accept is of the listener. */
function isWired({ place }: Stage, { read, isPresent, state }: Lane): boolean {
  if (place === 'select') return read === 'ready';
  return isPresent && (place !== 'accept' || state === 'listening');
}

const NAMES = { fin: 'stage.fin', reset: 'stage.reset' } as const;

/** A block is drawn again only where it has moved or changed. */
const PlacedBlock = memo(
  function PlacedBlock({ placed }: { placed: Placed }): JSX.Element {
    const { block, x, y, width, height, from } = placed;
    const { kind, begins, ends } = block;
    const edges = `${begins ? '' : ' torn-front'}${ends ? '' : ' torn-back'}`;
    const place = `--x:${x}px;--y:${y}px;--from-x:${from.x}px;--from-y:${from.y}px`;
    return (
      <g class={`stage-block ${kind}${edges}`} style={place}>
        {kind === 'bytes' ? (
          <Fields placed={placed} />
        ) : (
          <rect
            x="0"
            y={-height / 2}
            width={width}
            height={height}
            rx={kind === 'connection' ? 0.35 : 0.25}
          />
        )}
        {(kind === 'fin' || kind === 'reset') && (
          <text x={width / 2} y="0.28" text-anchor="middle">
            {say(NAMES[kind])}
          </text>
        )}
        {!begins && <Tear x={width} height={height} />}
        {!ends && <Tear x={0} height={height} />}
      </g>
    );
  },
  ({ placed: a }, { placed: b }) =>
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.block.length === b.block.length &&
    a.block.ends === b.block.ends,
);

/** The first field at the right: it goes first. */
function Fields({ placed: { block, width, height } }: { placed: Placed }): JSX.Element {
  const scale = width / widthOf(block);
  let right = width;
  return (
    <>
      {block.fields.map(({ letter, length }, i) => {
        const own = fieldWidth(length) * scale;
        right -= own;
        return (
          <g key={i} class={letter === null ? 'field unknown' : `field letter-${letter}`}>
            <rect
              x={right}
              y={-height / 2}
              width={Math.max(0.05, own - 0.07)}
              height={height}
              rx="0.14"
            />
            {letter !== null && own > 0.62 && (
              <text x={right + own / 2} y="0.27" text-anchor="middle">
                {letter}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** Where a piece was cut off its frame. */
function Tear({ x, height }: { x: number; height: number }): JSX.Element {
  const [top, step] = [-height / 2 - 0.1, (height + 0.2) / 4];
  return (
    <path class="tear" d={`M${x} ${top}l0.18 ${step}l-0.36 ${step}l0.36 ${step}l-0.18 ${step}`} />
  );
}
