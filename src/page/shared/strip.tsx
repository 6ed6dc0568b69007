/**
 * Code on demand: a few lines around the one call of a step. The call is marked strongly and its step
 * faintly, and what is left out is shown as left out. The name of the file opens all of it.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../texts.js';
import { Dialog } from './dialog.js';
import type { StepSource } from './highlight.js';
import { Icon } from './icon.js';
import { Scroller } from './scroller.js';
import { type SourceFile, type SourceLine, type SourceRegion, stripOf, textOf } from './sources.js';

/** Where lines lead. */
export interface LineLinks {
  /** The lines that lead somewhere, and stand for one thing each: that of a step, or of a field. */
  groupOf: (file: SourceFile, line: number) => SourceRegion | null;
  /** The line of a group that the keyboard reaches. */
  keyLine: (file: SourceFile, group: SourceRegion) => number;
  /** Goes where it leads. */
  go: (file: SourceFile, line: number, group: SourceRegion) => void;
  /** What that does, for a person. */
  label: (line: number) => string;
}

/** What a strip shows. */
export interface StripProps {
  /** Which side it is. */
  title: string;
  /** The lines of the step; null for none. */
  at: StepSource | null;
  /** What to say where there are none; with lines, why they are not those of the step. */
  note: string;
  /** What the program does: as the bead on the ring has it. */
  mood?: string;
  /** How many lines. */
  length?: number;
  links: LineLinks;
}

/** The strip. */
export function Strip(props: StripProps): JSX.Element {
  const { title, at, note, mood = 'works', length = 5, links } = props;
  const isWhole = useSignal(false);
  return (
    <section class={`pane code ${mood}`} aria-label={title}>
      <h2>
        {title}
        {at !== null && (
          <button
            type="button"
            class="file"
            title={say('code.whole')}
            onClick={() => {
              isWhole.value = true;
            }}
          >
            {say('code.at', { file: at.source.file, line: String(at.call) })}
            <Icon name="closer" />
          </button>
        )}
      </h2>
      {note !== '' && <p class="none">{note}</p>}
      {at !== null && <Lines at={at} length={length} links={links} />}
      {at !== null && (
        <Dialog isOpen={isWhole} title={at.source.file} class="whole-file">
          {() => (
            <WholeFile
              at={at}
              links={links}
              onDone={() => {
                isWhole.value = false;
              }}
            />
          )}
        </Dialog>
      )}
    </section>
  );
}

function Lines({
  at,
  length,
  links,
}: Required<Pick<StripProps, 'links' | 'length'>> & { at: StepSource }): JSX.Element {
  const { source, region, call } = at;
  const { lines, above, below } = stripOf(source, region, call, length);
  const shared = Math.min(...lines.map(indentOf).filter((n) => n > -1));
  return (
    <div class="lines" style={`--shared:${shared}`}>
      <LeftOut n={above} />
      {lines.map((line) => (
        <Line
          key={`${source.file}${line.number}`}
          source={source}
          line={line}
          mark={markOf(at, line)}
          links={links}
        />
      ))}
      <LeftOut n={below} />
    </div>
  );
}

/** Every file goes on; of a step it says how much is not seen. */
function LeftOut({ n }: { n: number }): JSX.Element {
  if (n === 0) return <p class="left-out none-of-step">⋯</p>;
  return <p class="left-out">{say('code.left-out', { n })}</p>;
}

function WholeFile({
  at,
  links,
  onDone,
}: {
  at: StepSource;
  links: LineLinks;
  onDone: () => void;
}): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const { source } = at;
  useLayoutEffect(() => {
    const scroller = box.current;
    const call = scroller?.querySelector<HTMLElement>('.call');
    if (scroller && call) scroller.scrollTop = call.offsetTop - scroller.clientHeight / 3;
  }, []);
  const closing = {
    ...links,
    go: (...to: Parameters<LineLinks['go']>) => {
      onDone();
      links.go(...to);
    },
  };
  return (
    <Scroller box={box} class="lines" label={source.file}>
      {source.lines.map((line) => (
        <Line
          key={line.number}
          source={source}
          line={line}
          mark={markOf(at, line)}
          links={closing}
        />
      ))}
    </Scroller>
  );
}

function markOf({ region, call }: StepSource, { number }: SourceLine): LineProps['mark'] {
  if (number === call) return 'call';
  return number >= region.from && number <= region.to ? 'block' : '';
}

/** Columns in front of a line's first letter; -1 for an empty line. */
function indentOf(line: SourceLine): number {
  return textOf(line).search(/\S/);
}

interface LineProps {
  source: SourceFile;
  line: SourceLine;
  mark: 'call' | 'block' | '';
  links: LineLinks;
}

/** One line. A mouse goes by any line of a step; the keyboard has one of them, which is enough. */
const Line = memo(
  function Line({ source, line, mark, links }: LineProps): JSX.Element {
    const { number, words } = line;
    const group = links.groupOf(source, number);
    const go = group === null ? undefined : () => links.go(source, number, group);
    const hasKey = group !== null && links.keyLine(source, group) === number;
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the button in it has the keyboard
      // biome-ignore lint/a11y/noStaticElementInteractions: and the name
      <div
        class={`line ${mark}${go === undefined ? '' : ' leads'}`}
        style={`--own:${Math.max(0, indentOf(line))}`}
        onClick={go}
      >
        {hasKey ? (
          <button type="button" class="number" aria-label={links.label(number)}>
            {number}
          </button>
        ) : (
          <span class="number" aria-hidden="true">
            {number}
          </span>
        )}
        <code>
          {words.map(([kind, text]) =>
            kind === '' ? text : <span class={`w-${kind}`}>{text}</span>,
          )}
        </code>
      </div>
    );
  },
  (a, b) => a.line === b.line && a.mark === b.mark && a.links === b.links,
);
