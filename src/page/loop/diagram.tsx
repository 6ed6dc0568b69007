/**
 * A Lamport diagram of the clients: a lane each, time downwards, an arrow for what went from one to
 * another. Only the rows that are seen are drawn. An arrow leads to its step.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import { Diagram as Model } from '../../trace/lamport.js';
import { type Kind, type Lane, labelOf, type Row, SIGNS } from '../../trace/lamport-rows.js';
import { language } from '../language.js';
import { Scroller } from '../shared/scroller.js';
import { useWindow } from '../shared/windowed.js';
import { say } from '../texts.js';
import type { Walk } from '../walk/walk.js';

/** Sizes in rem, so that the presenter's letters fit. */
const LANE = 11;
const ROW = 2.25;
const TOP = 2.5;
const FIRST_X = 6.5;
const SLOPE = 0.9;
const LABEL_COLUMNS = 24;
/** Behind the last lane: half of its name. */
const LAST = 5;

/** The colour of each kind (style/tokens.css). */
const HUES: Record<Kind, string> = {
  connect: 'green',
  handshake: 'green',
  recv: 'blue',
  broadcast: 'violet',
  send: 'violet',
  fin: 'amber',
  disconnect: 'red',
  error: 'red',
  block: 'red',
  listen: 'plain',
};

const xOf = (lane: number): number => FIRST_X + lane * LANE;
const yOf = (row: number): number => TOP + (row + 0.5) * ROW;

/** The diagram. */
export function Diagram({ walk }: { walk: Walk }): JSX.Element {
  const events = walk.events.value;
  const model = useMemo(() => new Model(events, language.value), [events, language.value]);
  const position = walk.position.value;
  const first = events[0]?.seq ?? 0;
  const present = rowAt(model.rows, first + position - 1);
  const { ref, onScroll, from, to, paper } = useWindow(model.rows.length, ROW, present, TOP);
  const width = FIRST_X + (Math.max(2, model.lanes.length) - 1) * LANE + LAST;
  const height = TOP + (model.rows.length + 0.5) * ROW;
  return (
    <section class={`pane diagram ${paper}`} aria-labelledby="diagram-title">
      <h2 id="diagram-title">{say('loop.diagram')}</h2>
      <Scroller box={ref} label={say('loop.diagram.label', { step: position })} onScroll={onScroll}>
        <div class="canvas" style={{ width: `${width}rem`, height: `${height}rem` }}>
          <Names lanes={model.lanes} />
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: its rows have names, and a title would pop up over them */}
          <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMinYMin">
            <LaneLines lanes={model.lanes} rows={model.rows.length} />
            {model.rows.slice(from, to).map((row, i) => (
              <RowLine
                key={row.seq}
                row={row}
                at={from + i}
                isLast={row.lanes[0] === model.lanes.length - 1}
                isTurn={row.turn !== model.rows[from + i - 1]?.turn}
                look={from + i === present ? 'present' : from + i > present ? 'future' : ''}
                onClick={() => {
                  walk.pause();
                  walk.seek(row.seq - first + 1);
                }}
              />
            ))}
          </svg>
        </div>
      </Scroller>
    </section>
  );
}

/** The last row at or before an event; -1 before the first. */
export function rowAt(rows: readonly Row[], seq: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const Names = memo(function Names({ lanes }: { lanes: readonly Lane[] }): JSX.Element {
  return (
    <div class="names" style={{ height: `${TOP - 0.25}rem` }}>
      {lanes.map(({ name, from }, i) => (
        <span key={`${from} ${i}`} style={{ left: `${xOf(i)}rem` }}>
          {name}
        </span>
      ))}
    </div>
  );
});

const LaneLines = memo(function LaneLines({
  lanes,
  rows,
}: {
  lanes: readonly Lane[];
  rows: number;
}): JSX.Element {
  return (
    <g>
      {lanes.map((lane, i) => (
        <LaneLine key={lane.from} lane={lane} at={i} rows={rows} />
      ))}
    </g>
  );
});

function LaneLine({ lane, at, rows }: { lane: Lane; at: number; rows: number }): JSX.Element {
  const x = xOf(at);
  const end = yOf(Math.min(lane.gone, rows) - 0.5);
  const left = Math.min(yOf(lane.left), end);
  const start = yOf(lane.from) - ROW / 2;
  return (
    <g class="lane-line">
      <path class="before" d={`M${x} ${TOP}V${start}`} />
      <path d={`M${x} ${start}V${left}`} />
      <path class="left" d={`M${x} ${left}V${end}`} />
    </g>
  );
}

/** The label with what a peer wrote apart: a name that runs leftwards moves no number. */
function inOrder(label: string, size: string): string {
  if (size === '' || !label.endsWith(size)) return label;
  return `\u2068${label.slice(0, -size.length)}\u2069${size}`;
}

interface RowLineProps {
  row: Row;
  at: number;
  /** Whether its lane is the last: behind that there is no room for letters. */
  isLast: boolean;
  isTurn: boolean;
  look: '' | 'present' | 'future';
  onClick: () => void;
}

/** A row is drawn again only where its look has changed; where it leads never does. */
const RowLine = memo(
  function RowLine({ row, at, isLast, isTurn, look, onClick }: RowLineProps): JSX.Element {
    const { kind, way, lanes, turn, seq } = row;
    const y = yOf(at);
    const source = way === 'out' ? 0 : (lanes[0] ?? 0);
    const isArrow = way !== 'mark' && lanes.length > 0;
    const label = inOrder(labelOf(row, LABEL_COLUMNS), row.size);
    const isBefore = isArrow ? way === 'in' : isLast && source > 0;
    const textX = xOf(source) + (isBefore ? -0.7 : 0.7);
    return (
      // biome-ignore-start lint/a11y: the list of steps is the same way for the keyboard
      <g
        class={`row hue-${HUES[kind]} ${look}`}
        role="img"
        aria-label={say('loop.diagram.row', { step: seq + 1, says: `${row.says}${row.size}` })}
        onClick={onClick}
      >
        <rect class="hit" x="0" y={y - ROW / 2} width="100%" height={ROW} />
        {isTurn && (
          <>
            <path class="turn-line" d={`M0.5 ${y - ROW / 2}H400`} />
            <text class="turn" x="0.5" y={y + 0.1}>
              {say('walk.at-turn', { turn })}
            </text>
          </>
        )}
        {isArrow && <Arrows lanes={lanes} y={y} way={way} />}
        <text
          class="label"
          x={textX}
          y={isArrow ? y - 0.25 : y + 0.3}
          text-anchor={isBefore ? 'end' : 'start'}
        >
          {label}
        </text>
        <circle class="disc" cx={xOf(source)} cy={y} r="0.55" />
        <text class="sign" x={xOf(source)} y={y + 0.25} text-anchor="middle">
          {kind === 'listen' ? 'L' : SIGNS[kind]}
        </text>
      </g>
      // biome-ignore-end lint/a11y: until here
    );
  },
  (a, b) => a.row === b.row && a.look === b.look && a.at === b.at && a.isTurn === b.isTurn,
);

/** The arrows of a row, in one path: a broadcast may go to a hundred. */
function Arrows({
  lanes,
  y,
  way,
}: {
  lanes: readonly number[];
  y: number;
  way: Row['way'];
}): JSX.Element {
  let lines = '';
  let heads = '';
  for (const lane of lanes) {
    const [from, to] = way === 'in' ? [xOf(lane), xOf(0)] : [xOf(0), xOf(lane)];
    const side = to > from ? -1 : 1;
    const end = y + SLOPE;
    lines += `M${from} ${y}L${to + side * 0.15} ${end}`;
    heads += `M${to + side * 0.05} ${end}l${side * 0.65} -0.3l0 0.52z`;
  }
  return (
    <>
      <path class="arrow" d={lines} />
      <path class="head" d={heads} />
    </>
  );
}
