/**
 * A call of a student's function: the lines as they were written, what it was given, what it gave, and what
 * was expected; and the way from call to call.
 * @module
 */

import { Fragment, type JSX } from 'preact';
import type { CallStep, TraceEvent } from '../../trace/event.js';
import { functionIn } from '../../trace/own-lines.js';
import { printable } from '../../trace/text.js';
import { writtenText } from '../lessons/kept.js';
import type { StepSource } from '../shared/highlight.js';
import type { LineLinks } from '../shared/strip.js';
import { say } from '../texts.js';
import type { Walk } from '../walk/walk.js';

/** The lines of a call, out of what this browser keeps of its lesson; null where it keeps none. */
export function ownSource({ lesson, name }: CallStep): StepSource | null {
  const text = writtenText(lesson);
  const found = text === null ? null : functionIn(text, name);
  if (text === null || found === null) return null;
  const lines = text.split(/\r?\n/).map((line, i) => {
    const words = printable(line.replaceAll('\t', '  '));
    const isComment = /^\s*(\/\/|\/?\*)/.test(line);
    return { number: i + 1, words: [[isComment ? 'c' : '', words]] as const };
  });
  const { line: call, text: own } = found;
  const region = { name: 'call', from: call, to: call + own.length - 1 };
  const file = say('loop.call.file', { lesson: String(lesson) });
  return { source: { file, lines, regions: [region] }, region, call };
}

/** A line of one's own leads to the next call. */
export function callLinks(walk: Walk, { name }: CallStep): LineLinks {
  return {
    groupOf: ({ regions }, line) =>
      regions.find(({ from, to }) => line >= from && line <= to) ?? null,
    keyLine: (_, { from }) => from,
    go: () => toCall(walk, name),
    label: () => say('loop.call.next', { name }),
  };
}

/** What the pane is drawn from. */
interface CallPaneProps {
  event: CallStep;
  /** Where it stands in the trace, from 1. */
  position: number;
  walk: Walk;
}

/** What it was given, and what it gave. */
export function CallPane({ event, position, walk }: CallPaneProps): JSX.Element {
  const { args, returned, expected, given, fault } = event;
  const name = printable(event.name);
  const isCompared = fault !== undefined && given === undefined;
  const rows: (readonly [label: string, value: string, mark: '' | 'wrong' | 'due'])[] = [
    ...args.map((text, i) => [say('loop.call.argument', { n: i + 1 }), text, ''] as const),
    [say('loop.call.returned'), returned, isCompared ? 'wrong' : ''],
  ];
  if (fault !== undefined && given !== undefined)
    rows.push([say('loop.call.given'), given, 'wrong']);
  if (fault !== undefined && expected !== undefined) {
    rows.push([say('loop.call.expected'), expected, 'due']);
  }
  return (
    <section class="pane own-call" aria-labelledby="call-title">
      <h2 id="call-title">
        {say('loop.call', { name })}
        <Ways position={position} walk={walk} />
      </h2>
      <dl class="words">
        {rows.map(([label, value, mark]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd class={mark}>{printable(value)}</dd>
          </Fragment>
        ))}
      </dl>
      {fault !== undefined && expected === undefined && (
        <p class="none">{say('loop.call.failed')}</p>
      )}
    </section>
  );
}

/** Which of the calls it is, and the one before and behind. */
function Ways({ position, walk }: Omit<CallPaneProps, 'event'>): JSX.Element {
  const calls = walk.events.value.flatMap((event, i) => (isCall(event) ? [i + 1] : []));
  const at = calls.indexOf(position);
  const way = (to: number | undefined, key: 'loop.call.back' | 'loop.call.on'): JSX.Element => (
    <button type="button" disabled={to === undefined} onClick={() => walk.seek(to ?? position)}>
      {say(key)}
    </button>
  );
  return (
    <span class="ways">
      {way(calls[at - 1], 'loop.call.back')}
      {say('loop.call.of', { n: at + 1, all: calls.length })}
      {way(calls[at + 1], 'loop.call.on')}
    </span>
  );
}

function toCall(walk: Walk, name: string): void {
  walk.toNext(
    (event) => event.step === 'call' && event.name === name,
    say('loop.call.what', { name: printable(name) }),
  );
}

function isCall({ step }: TraceEvent): boolean {
  return step === 'call';
}
