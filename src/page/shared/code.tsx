/**
 * The lines of a step in a highlighted source, marked in their surroundings.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../texts.js';
import type { StepSource } from './highlight.js';
import { Scroller } from './scroller.js';
import { type SourceLine, surroundings } from './sources.js';

/** Lines above and below a region. */
const AROUND = 16;

/** What a pane of source shows. */
export interface CodeProps {
  /** Which side it is. */
  title: string;
  /** The lines of the step; null for none. */
  at: StepSource | null;
  /** What to say where there are none; with lines, why they are not those of the step. */
  note: string;
}

/** The lines. With a note they are only where the server waits. */
export function Code({ title, at, note }: CodeProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const show = (): void => {
    const scroller = box.current;
    const marked = [...(scroller?.querySelectorAll<HTMLElement>('.marked') ?? [])];
    const [first, last] = [marked[0], marked.at(-1)];
    if (!scroller || first === undefined || last === undefined) return;
    const top = first.offsetTop;
    const height = last.offsetTop + last.offsetHeight - top;
    // the whole region in the middle; a long one from its first line
    const room = Math.max(first.offsetHeight, (scroller.clientHeight - height) / 2);
    scroller.scrollTop = top - room;
  };
  useLayoutEffect(show, [at?.region]);
  // larger letters, as a presenter has them, move the lines away
  useEffect(() => {
    const first = box.current?.firstElementChild;
    if (!first) return undefined;
    const observer = new ResizeObserver(show);
    observer.observe(first);
    return () => observer.disconnect();
  }, [at?.region]);
  return (
    <section class="pane code" aria-label={title}>
      <h2>
        {title}
        {at !== null && (
          <span class="file">
            {say('code.at', {
              file: at.source.file,
              from: at.region.from,
              to: at.region.to,
            })}
          </span>
        )}
      </h2>
      {note !== '' && <p class="none">{note}</p>}
      {at !== null && (
        <Scroller box={box} class={note === '' ? 'lines' : 'lines waits'} label={at.source.file}>
          {surroundings(at.source, at.region, AROUND).map((line) => (
            <Line
              key={`${at.source.file}${line.number}`}
              line={line}
              isMarked={line.number >= at.region.from && line.number <= at.region.to}
            />
          ))}
        </Scroller>
      )}
    </section>
  );
}

/** One line of a source. */
export const Line = memo(function Line({
  line,
  isMarked,
}: {
  line: SourceLine;
  isMarked: boolean;
}): JSX.Element {
  return (
    <div class={isMarked ? 'line marked' : 'line'}>
      <span class="number" aria-hidden="true">
        {line.number}
      </span>
      <code>
        {line.words.map(([kind, text]) =>
          kind === '' ? text : <span class={`w-${kind}`}>{text}</span>,
        )}
      </code>
    </div>
  );
});
