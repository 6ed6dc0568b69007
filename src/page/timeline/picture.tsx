/**
 * The picture of a trace: its rows by name, and beside them the canvas, which is a slider over all steps
 * for who does not see it.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { memo } from 'preact/compat';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { language } from '../language.js';
import { scrollBeforeFrame } from '../shared/in-sight.js';
import { isPrinting } from '../shared/print.js';
import { say } from '../texts.js';
import { StepBadge } from '../walk/step-badge.js';
import type { Walk } from '../walk/walk.js';
import { coloursOf, looks, watchLooks } from './colours.js';
import { drawTrace } from './draw.js';
import { COMING, drawHovered, drawOnPaper, drawPresent, presentX, REACH } from './draw-over.js';
import type { Sayings } from './ink.js';
import { type Marks, type Row, rowAtPlace } from './marks.js';
import { usePointer } from './pointer.js';
import { linesOf, riseOf, type Scene, STRIP } from './scene.js';
import type { Timeline } from './state.js';
import { labelAt, nameOf, timeOf, wordsAt } from './words.js';

/** The picture, and under it what the mark says that is pointed at, or else the present one. */
export function Picture({ walk, timeline }: { walk: Walk; timeline: Timeline }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const mark = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const scene = useRef<Scene | null>(null);
  const pointed = useSignal<number | null>(null);
  const chosen = useSignal<readonly [number, number] | null>(null);
  const scrolled = useSignal(0);
  const room = useRoom(box, screen);
  const isPaper = isPrinting.value;
  const { width, rem } = isPaper ? PAPER : room;
  const { colours } = room;
  const { drawn, faint } = timeline;
  const { lines, shown } = useMemo(
    () => linesOf(faint === null ? [drawn] : [drawn, faint]),
    [drawn, faint],
  );
  const { from, to } = timeline.seen;
  const rise = riseOf(shown.length, rem);
  const height = isPaper ? (STRIP + rise * shown.length) * rem : room.height;
  const top = isPaper ? 0 : scrolled.value;
  const now = useMemo((): Scene | null => {
    if (width === 0 || colours === null) return null;
    const sharpness = isPaper ? 2 : devicePixelRatio;
    const rows = shown.length;
    const place = { width, height, rem, sharpness, rise: rise * rem, scrolled: top };
    return { ...place, span: { from, to }, lines, rows, colours };
  }, [width, height, rem, top, from, to, lines, colours]);
  scene.current = now;
  const position = walk.position.value;
  useLayoutEffect(() => timeline.begin(width), [width, drawn]);
  useLayoutEffect(() => timeline.follow(), [position, drawn]);
  const present = position - 1;
  useLayoutEffect(() => {
    const pen = penOf(still, now);
    if (pen === null || now === null) return;
    drawTrace(pen, now, SAYINGS);
    // on paper what is clear is white, so all is on one canvas
    if (isPaper) drawOnPaper(pen, now, present);
  }, [now, language.value]);
  const { marks } = drawn;
  const { length } = marks.events;
  const place = lines[0]?.places[marks.rowOf[present] ?? -1] ?? -1;
  const all = lines.map((line) => line.marks);
  const names = shown.map((one) => rowAtPlace(all, one, present));
  useLayoutEffect(() => {
    if (box.current === null || place < 0) return;
    scrollBeforeFrame(box.current, (it) => toPlace(it, place, rise * rem));
  }, [place, rise, rem, present]);
  const { value: at } = pointed;
  const { value: span } = chosen;
  const x = now === null ? null : presentX(now, present);
  const left = Math.round((x ?? 0) - REACH * rem);
  useLayoutEffect(() => {
    const pen = penOf(mark, now, 2 * REACH * rem);
    if (pen !== null && now !== null) drawPresent(pen, now, present, left);
  }, [now, present]);
  const isHovered = at !== null || span !== null;
  useLayoutEffect(() => {
    const pen = isHovered ? penOf(over, now) : null;
    if (pen !== null && now !== null) drawHovered(pen, now, { pointed: at, chosen: span });
  }, [now, at, span]);
  const handlers = usePointer({ walk, timeline, screen, box, scene, pointed, chosen });
  const words = wordsAt(marks, present);
  return (
    <>
      <div
        ref={box}
        class="trace-box"
        onScroll={(event) => {
          scrolled.value = event.currentTarget.scrollTop;
        }}
      >
        <div class="trace-rows" style={{ blockSize: `${STRIP + rise * shown.length}rem` }}>
          <Names names={names} rise={rise} present={place} speaks={language.value} />
          <div
            ref={screen}
            class="trace-screen"
            style={{ blockSize: `${height}px` }}
            role="slider"
            tabIndex={0}
            aria-label={say('walk.slider')}
            aria-valuemin={Math.min(1, length)}
            aria-valuemax={length}
            aria-valuenow={position}
            aria-valuetext={say('timeline.value', { n: position, length, says: words })}
            {...handlers}
          >
            <canvas ref={still} />
            <div
              class="trace-coming"
              style={`--x:${Math.min(width, Math.max(0, (x ?? width) + COMING))}px`}
            />
            <canvas ref={mark} style={`--x:${left}px`} />
            <canvas ref={over} hidden={!isHovered} />
          </div>
        </div>
      </div>
      <Says marks={marks} index={at ?? present} words={at === null ? words : wordsAt(marks, at)} />
    </>
  );
}

const SAYINGS: Sayings = {
  turn: (turn) => say('timeline.turn', { turn: String(turn) }),
  time: timeOf,
  label: ({ marks }, index) => labelAt(marks, index),
};

/** How wide the picture is on paper, and how large a rem is there (style/print.css), in pixels. */
const PAPER = { width: 580, rem: 13 } as const;

/** Gives a canvas the size that it has on the screen, to the point; it is clear then. */
function penOf(
  canvas: RefObject<HTMLCanvasElement | null>,
  scene: Scene | null,
  wide = scene?.width ?? 0,
): CanvasRenderingContext2D | null {
  const { current } = canvas;
  if (current === null || scene === null) return null;
  const width = Math.round(wide * scene.sharpness);
  const height = Math.round(scene.height * scene.sharpness);
  if (current.width !== width) current.width = width;
  if (current.height !== height) current.height = height;
  const pen = current.getContext('2d');
  pen?.resetTransform();
  pen?.clearRect(0, 0, width, height);
  return pen;
}

/** How large the screen is, and how it looks now. */
function useRoom(
  box: RefObject<HTMLElement | null>,
  screen: RefObject<HTMLElement | null>,
): { width: number; height: number; rem: number; colours: ReturnType<typeof coloursOf> | null } {
  const [[width, height], setSize] = useState<readonly [number, number]>([0, 0]);
  useLayoutEffect(() => {
    watchLooks();
    const measure = (): void => {
      const room = [screen.current?.clientWidth ?? 0, box.current?.clientHeight ?? 0] as const;
      setSize((was) => (was[0] === room[0] && was[1] === room[1] ? was : room));
    };
    const observer = new ResizeObserver(measure);
    for (const one of [box, screen]) if (one.current !== null) observer.observe(one.current);
    measure();
    return () => observer.disconnect();
  }, []);
  const isPaper = isPrinting.value;
  const { value: version } = looks;
  const [colours, rem] = useMemo(
    () => [
      coloursOf(isPaper),
      Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    ],
    [isPaper, version],
  );
  return { width, height, rem, colours };
}

/** Where a row that is not seen is to be scrolled to. */
function toPlace(box: HTMLElement, place: number, rise: number): number | null {
  if (box.scrollHeight <= box.clientHeight) return null;
  const top = place * rise;
  const room = box.clientHeight - 3 * rise; // the strip, and the row itself
  return top < box.scrollTop || top > box.scrollTop + room ? top - room / 2 : null;
}

interface NamesProps {
  names: readonly (Row | null)[];
  rise: number;
  /** The place of the present step; -1 for none. */
  present: number;
  speaks: string;
}

/** Who the rows are, at the present step. */
const Names = memo(
  function Names({ names, rise, present }: NamesProps): JSX.Element {
    return (
      <div class="trace-names">
        <div class="trace-corner" style={{ blockSize: `${STRIP}rem` }} />
        <ul aria-label={say('timeline.rows')} style={{ '--rise': `${rise}rem` }}>
          {names.map((one, i) => {
            const name = one === null ? '' : nameOf(one);
            const fd = one !== null && one.name !== '' ? one.fd : null;
            const whole = fd === null ? name : say('timeline.row', { name, fd: String(fd) });
            return (
              <li key={i} class={i === present ? 'present' : ''} title={whole}>
                <span>{name}</span>
                {fd !== null && <small>{say('timeline.fd', { fd: String(fd) })}</small>}
              </li>
            );
          })}
        </ul>
      </div>
    );
  },
  (a, b) =>
    a.rise === b.rise &&
    a.present === b.present &&
    a.speaks === b.speaks &&
    a.names.length === b.names.length &&
    a.names.every((one, i) => one?.key === b.names[i]?.key && one?.name === b.names[i]?.name),
);

/** What a mark says. A screen reader has the same from the slider, and from the sentence of the step. */
function Says({
  marks,
  index,
  words,
}: {
  marks: Marks;
  index: number;
  words: string;
}): JSX.Element {
  const event = marks.events[index];
  return (
    <p class="trace-says" aria-hidden="true">
      {event === undefined ? (
        say('timeline.empty')
      ) : (
        <>
          <span class="trace-when">{say('timeline.step', { n: index + 1 })}</span>
          <StepBadge step={event.step} />
          <b>{words}</b>
          <span class="trace-when">{timeOf(event.t)}</span>
        </>
      )}
    </p>
  );
}
