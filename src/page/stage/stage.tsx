/**
 * The stage of a walk: the loop as a ring, the sockets as lanes, the sets as lamps. The sentence of the step
 * is said by the narration beside the controls; what else the drawing says stands in a table for who hears it.
 * @module
 */

import type { JSX, RefObject } from 'preact';
import { memo } from 'preact/compat';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Fd } from '../../net/net.js';
import type { TraceEvent } from '../../trace/event.js';
import { type Forkable, RECORDED, TouchMenu } from '../fork/touch-menu.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import { toNextOf } from '../walk/fd-button.js';
import { useShown } from '../walk/shown.js';
import type { Walk } from '../walk/walk.js';
import type { Block } from './blocks.js';
import { Drawing } from './drawing.js';
import { amountOf, LampSign, whoOf } from './lane-row.js';
import type { Lamp, Lane } from './lanes.js';
import { layoutOf, mostRows } from './layout.js';
import { stageAt } from './model.js';
import { middleWords } from './ring.js';
import { Tracks } from './tracks.js';

/** A step moves what it moves in so many milliseconds, and in less where the walk plays faster. */
const MOVE_MS = 220;

/** The stage. */
export function StagePane({
  walk,
  forkable = RECORDED,
}: {
  walk: Walk;
  /** Whether a run is here that can be forked by a touch. */
  forkable?: Forkable;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const { width, letter } = useRoom(box);
  const [tracks] = useState(() => new Tracks());
  const view = walk.view.value;
  const events = walk.events.value;
  const stage = stageAt(tracks.take(events), view, mostRows(width), language.value);
  const layout = useMemo(() => layoutOf(width, stage.rows, letter), [width, stage.rows, letter]);
  const toFd = useCallback((fd: Fd) => toNextOf(walk, fd), [walk]);
  const toStep = useCallback(
    (step: string) => walk.toNext((event) => event.step === step, step),
    [walk],
  );
  const [grip, setGrip] = useState<{ fd: Fd; at: Element } | null>(null);
  const touch = useCallback(
    (fd: Fd, at: Element) => {
      walk.pause();
      setGrip({ fd, at });
    },
    [walk],
  );
  const touchedLane = stage.lanes.find(({ fd }) => fd === grip?.fd);
  const ms = walk.isPlaying.value ? Math.min(MOVE_MS, 700 / walk.speed.value) : MOVE_MS;
  const isStill = useIsStill(view.position, events);
  return (
    <section class="pane stage" aria-labelledby="stage-title">
      <h2 id="stage-title">
        {say('stage.title')}
        {'run' in forkable && <span class="stage-hint">{say('touch.hint')}</span>}
        <Legend />
      </h2>
      <div class="stage-box" ref={box}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset */}
        <svg
          class={isStill ? 'still' : ''}
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          style={`--ms:${ms}ms;--letter:${letter}px`}
          role="group"
          aria-label={say('stage.ring')}
        >
          <Drawing stage={stage} layout={layout} toFd={toFd} touch={touch} toStep={toStep} />
        </svg>
      </div>
      {grip !== null && touchedLane !== undefined && (
        <TouchMenu
          key={grip.fd}
          at={grip.at}
          fd={grip.fd}
          who={whoOf(touchedLane)}
          position={view.position}
          forkable={forkable}
          onDone={() => setGrip(null)}
        />
      )}
      <LaneTable walk={walk} tracks={tracks} rows={mostRows(width)} />
    </section>
  );
}

/** Steps that come faster, of a key that is held down, no eye can follow. */
const HELD_MS = 80;

/**
 * Whether nothing moves: it has come here by more than a step, so nothing has gone this way; or in no time.
 */
function useIsStill(position: number, events: readonly TraceEvent[]): boolean {
  const last = useRef({ position, first: events[0], at: Number.NEGATIVE_INFINITY, isStill: true });
  const { current } = last;
  if (current.position !== position || current.first !== events[0]) {
    const now = performance.now();
    const isFar = current.first !== events[0] || Math.abs(position - current.position) > 1;
    const isStill = isFar || now - current.at < HELD_MS;
    const at = isFar ? Number.NEGATIVE_INFINITY : now;
    last.current = { position, first: events[0], at, isStill };
  }
  return last.current.isStill;
}

/** How much room there is, in rem, and how large the letters are in it. */
function useRoom(box: RefObject<HTMLElement | null>): { width: number; letter: number } {
  const [room, setRoom] = useState({ width: 60, letter: 0.8125 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const width = Math.max(18, Math.floor((element.clientWidth / rem) * 4) / 4);
      // a presenter's small letters are as large as the others; in the largest mode they need not grow too
      const letter = rem > 18 && width > 24 ? Math.min(1, 24 / rem) : 0.8125;
      setRoom((room) =>
        room.width === width && room.letter === letter ? room : { width, letter },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return room;
}

const LAMPS = ['watched', 'ready', 'served', 'taken'] as const;
const LETTERS = ['H', 'F', 'L', 'K', 'P'] as const;

const Legend = memo(function Legend(): JSX.Element {
  return (
    <span class="stage-legend">
      {LAMPS.map((lamp) => (
        <span key={lamp}>
          <svg viewBox="-0.6 -0.6 1.2 1.2" aria-hidden="true">
            <LampSign lamp={lamp} x={0} />
          </svg>
          {say(`stage.lamp.${lamp}`)}
        </span>
      ))}
      {LETTERS.map((letter) => (
        <span key={letter} class="of-bytes">
          <b class={`letter letter-${letter}`}>{letter}</b> {say(`loop.letter.${letter}`)}
        </span>
      ))}
    </span>
  );
});

interface LaneTableProps {
  walk: Walk;
  tracks: Tracks;
  /** Rows of the drawing at most. */
  rows: number;
}

/** What the drawing says, for who hears it: what the loop does, and a row a lane. While the walk moves it waits. */
const LaneTable = memo(function LaneTable({ walk, tracks, rows }: LaneTableProps): JSX.Element {
  const { view, events } = useShown(walk, null);
  const stage = stageAt(tracks.take(events), view, rows, language.value);
  const { lanes, fold } = stage;
  const words = middleWords(stage);
  const bytes = (blocks: readonly Block[]): string => {
    const n = blocks.reduce((sum, { length }) => sum + length, 0);
    return n === 0 ? '' : say('stage.amount', { n });
  };
  const lamp = (one: Lamp): string => say(`stage.lamp.${one}`);
  return (
    <table class="unseen" aria-label={say('stage.lanes')}>
      <caption>{words.lower === '' ? words.upper : say('stage.table.loop', words)}</caption>
      <thead>
        <tr>
          <th scope="col">{say('stage.socket')}</th>
          <th scope="col">{say('stage.heading.queue')}</th>
          <th scope="col">{say('stage.table.held')}</th>
          <th scope="col">{say('stage.table.read')}</th>
          <th scope="col">{say('stage.table.write')}</th>
          <th scope="col">{say('stage.heading.outbox')}</th>
          <th scope="col">{say('stage.table.passing')}</th>
        </tr>
      </thead>
      <tbody>
        {lanes.map((lane) => (
          <tr key={lane.fd}>
            <th scope="row">{`${say('stage.fd', { fd: String(lane.fd) })} ${whoOf(lane)}`}</th>
            <td>{queueWords(lane)}</td>
            <td>{bytes(lane.held)}</td>
            <td>{lamp(lane.read)}</td>
            <td>{lamp(lane.write)}</td>
            <td>{amountOf(lane.outbox, false)}</td>
            <td>{bytes(lane.passing)}</td>
          </tr>
        ))}
        {fold !== null && (
          <tr>
            <th scope="row">{say('stage.table.fold', { n: fold.sockets.length })}</th>
            <td />
            <td />
            <td>{readyWords(fold.sockets.map(({ read }) => read))}</td>
            <td>{readyWords(fold.sockets.map(({ write }) => write))}</td>
            <td />
            <td />
          </tr>
        )}
      </tbody>
    </table>
  );
});

function queueWords({ queue, end, state }: Lane): string {
  const amount = amountOf(queue, state === 'listening');
  if (end === null) return amount;
  const sign = say(`stage.${end}`);
  return amount === '' ? sign : say('stage.table.queue', { amount, end: sign });
}

function readyWords(lamps: readonly Lamp[]): string {
  return say('stage.table.ready', { n: lamps.filter((lamp) => lamp === 'ready').length });
}
