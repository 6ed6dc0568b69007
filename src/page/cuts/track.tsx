/**
 * The stream as a band of its fields with a handle at each cut; and which of all cuts hurt, on the
 * same scale.
 * @module
 */

import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ServerName } from '../mine/servers.js';
import { say } from '../texts.js';
import { moveCut, removeCut } from './cuts.js';
import type { CutMap } from './every-cut.js';
import type { CutState } from './state.js';

/** With more cuts than this only the chosen one has its number. */
const FEW = 12;

/** The band and its handles. */
export function CutTrack({ state }: { state: CutState }): JSX.Element {
  const band = useRef<HTMLDivElement>(null);
  const { length } = state.bytes.value;
  const cuts = state.cuts.value;
  const offsetAt = (event: MouseEvent): number => {
    const box = band.current?.getBoundingClientRect();
    if (box === undefined) return 0;
    return Math.round(((event.clientX - box.left) / box.width) * length);
  };
  const tried = state.play.tried.value;
  const isTried = tried?.bytes === state.bytes.value && tried.server === state.server.value;
  return (
    <div class="cut-track">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a button adds a cut too */}
      <div
        ref={band}
        class={cuts.length > FEW ? 'cut-band many' : 'cut-band'}
        onDblClick={(event) => state.add(offsetAt(event))}
      >
        {state.fields.value.map(({ id, start, end, letter }) => (
          <span
            key={id}
            class={`cut-field letter-${letter}`}
            style={{ left: percent(start, length), width: percent(end - start, length) }}
          >
            {(end - start) / length > 0.025 ? letter : ''}
          </span>
        ))}
        {state.boundaries.value.map((at) => (
          <span key={at} class="cut-boundary" style={{ left: percent(at, length) }} />
        ))}
        {cuts.map((at, i) => (
          <Handle key={i} state={state} index={i} at={at} offsetAt={offsetAt} />
        ))}
      </div>
      <div class="cut-scale" aria-hidden="true">
        <span>0</span>
        <span>{say('count.bytes', { n: length })}</span>
      </div>
      {isTried && (
        <>
          <Strip state={state} map={tried.first} name={tried.server} />
          <Strip state={state} map={tried.mirror} name="original" />
        </>
      )}
    </div>
  );
}

interface HandleProps {
  state: CutState;
  index: number;
  at: number;
  offsetAt: (event: MouseEvent) => number;
}

function Handle({ state, index, at, offsetAt }: HandleProps): JSX.Element {
  const { length } = state.bytes.value;
  const cuts = state.cuts.value;
  const [least, most] = [(cuts[index - 1] ?? 0) + 1, (cuts[index + 1] ?? length) - 1];
  const move = (to: number): void => state.set(moveCut(state.cuts.value, index, to, length));
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    PageUp: at + 10,
    PageDown: at - 10,
    Home: least,
    End: most,
  };
  return (
    <span
      class={state.chosen.value === index ? 'cut-handle chosen' : 'cut-handle'}
      style={{ left: percent(at, length) }}
      role="slider"
      tabIndex={0}
      data-own-keys
      aria-label={say('cuts.handle', { i: index + 1, n: cuts.length })}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={at}
      aria-valuetext={say('cuts.handle.value', { at, where: whereWords(state, at) })}
      onFocus={() => {
        state.chosen.value = index;
      }}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const to = moves[event.key];
        if (to !== undefined) move(to);
        else if (event.key === 'Delete' || event.key === 'Backspace') {
          state.set(removeCut(state.cuts.value, index));
        } else return;
        event.preventDefault();
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(offsetAt(event));
      }}
      onDblClick={(event) => event.stopPropagation()}
    >
      <span class="cut-at">{at}</span>
    </span>
  );
}

/** What is cut at an offset. */
export function whereWords({ fields, boundaries }: CutState, at: number): string {
  if (boundaries.value.includes(at)) return say('cuts.where.boundary');
  const field = fields.value.find(({ start, end }) => at >= start && at < end);
  if (field === undefined) return '';
  return say(field.start === at ? 'cuts.where.before' : 'cuts.where.inside', {
    field: field.field,
  });
}

interface StripProps {
  state: CutState;
  map: CutMap;
  name: ServerName;
}

/** All cuts of one server on the scale of the band: a click cuts there. */
function Strip({ state, map, name }: StripProps): JSX.Element {
  const { length } = state.bytes.value;
  const { hurts, tried } = map;
  const ranges = rangesOf([...hurts.keys()]);
  return (
    <div class={`cut-strip cut-strip-${name}`}>
      <div
        class="cut-strip-band"
        aria-hidden="true"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          state.add(Math.round(((event.clientX - box.left) / box.width) * length));
        }}
      >
        {ranges.map(([from, to]) => (
          <span
            key={from}
            class="cut-hurts"
            style={{ left: percent(from - 0.5, length), width: percent(to - from + 1, length) }}
          />
        ))}
      </div>
      <p>
        <b>
          {hurts.size === 0 ? '✓' : '✗'} {say(`run.profile.${name}`)}
        </b>
        {': '}
        {say(hurts.size === 0 ? 'cuts.every.none' : 'cuts.every.some', {
          n: hurts.size,
          tried,
          ranges: ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)),
        })}
      </p>
    </div>
  );
}

/** Neighbours as ranges. */
export function rangesOf(offsets: readonly number[]): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (const offset of offsets) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === offset - 1) last[1] = offset;
    else ranges.push([offset, offset]);
  }
  return ranges;
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : (100 * part) / whole}%`;
}
