/**
 * What the PHP original makes of the bytes: recv by recv, each with the number of its defect.
 * @module
 */

import type { JSX } from 'preact';
import { describeDefect } from '../../chat/defects.js';
import type { OriginalRead } from '../../inspect/inspection.js';
import { language } from '../language.js';
import { gap, say } from '../texts.js';
import { rangeWithLength } from './range-words.js';
import type { BytesReading } from './state.js';

/** Reads that are drawn. */
const MOST = 200;

/** The list; who looks at a recv looks at its bytes. */
export function OriginalReads({ reading }: { reading: BytesReading }): JSX.Element {
  const { original, frames, handshakes } = reading.inspection.value;
  const isServers = [...handshakes, ...frames].some(({ direction }) => direction === 'server');
  if (original.length === 0) {
    return <p class="none">{say(isServers ? 'bytes.original.none' : 'bytes.fields.none')}</p>;
  }
  const last = original.at(-1)?.recv;
  const left = reading.editor.bytes.value.length - (last ? last.offset + last.length : 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section class="reads" aria-label={say('bytes.original')} tabIndex={0}>
      <ol>
        {original.slice(0, MOST).map((read, i) => (
          <Read key={read.recv.offset} read={read} n={i + 1} reading={reading} />
        ))}
      </ol>
      {left > 0 && <p class="none">{say('bytes.original.rest', { n: left })}</p>}
    </section>
  );
}

function Read({
  read,
  n,
  reading,
}: {
  read: OriginalRead;
  n: number;
  reading: BytesReading;
}): JSX.Element {
  const { recv, reads, defect } = read;
  const range = { start: recv.offset, end: recv.offset + recv.length };
  const at = reading.at.value;
  const isAt = at >= range.start && at < range.end;
  return (
    <li class={isAt ? 'read present' : 'read'}>
      <h3>
        <button
          type="button"
          class="quiet"
          aria-current={isAt}
          onClick={() => reading.look(range.start)}
          onMouseEnter={() => {
            reading.hovered.value = range;
          }}
          onMouseLeave={() => {
            reading.hovered.value = null;
          }}
        >
          {say('bytes.original.recv', { n })}
        </button>
        <span class="tree-range">{rangeWithLength(range)}</span>
        {defect === null && <span class="fine">✓ {say('bytes.original.ok')}</span>}
      </h3>
      <p>{reads}</p>
      {defect !== null && <DefectNote number={defect} />}
    </li>
  );
}

/** A defect of the original: its number, what it is, and what one sees. */
export function DefectNote({ number }: { number: string }): JSX.Element {
  const defect = describeDefect(number, language.value);
  return (
    <p class="defect">
      <b class="defect-number">✗ {number}</b>{' '}
      <b>{say('defect.title', { title: defect?.title ?? '' })}</b>
      {gap()}
      {defect?.sees}
    </p>
  );
}
