/**
 * The list beside the dump: handshakes and frames of all streams, of which only what is seen is drawn.
 * @module
 */

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Entry } from '../../inspect/listing.js';
import { timeWords, wordsIn } from '../../inspect/words.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import { useWindow } from '../shared/windowed.js';
import { say, type TextKey } from '../texts.js';
import type { BytesReading } from './state.js';

/** As in list.css. */
const ROW_REM = 1.75;
/** Rows that Page Up and Page Down pass over. */
const PAGE = 10;

const MOVES: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The list. */
export function EntryList({ reading }: { reading: BytesReading }): JSX.Element {
  const id = useId();
  const { list, listing } = reading;
  const shown = list.shown.value;
  const row = list.row.value;
  const present = list.isSeen.value ? row : -1;
  const streams = reading.streams.value;
  const { ref, onScroll, from, to, paper } = useWindow<HTMLDivElement>(
    shown.length,
    ROW_REM,
    Math.max(0, row),
  );
  if (shown.length === 0) return <None reading={reading} />;
  return (
    <div
      ref={ref}
      class={`entries ${paper}`}
      role="listbox"
      tabIndex={0}
      aria-label={say('bytes.list')}
      aria-activedescendant={present >= from && present < to ? `${id}-${present}` : undefined}
      data-own-keys
      onScroll={onScroll}
      onKeyDown={(event) => {
        const by = MOVES[event.key];
        if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        if (Math.abs(by) === 1) list.step(by as 1 | -1);
        else list.goToRow(Math.min(shown.length - 1, Math.max(0, row + by)));
      }}
    >
      <div class="rows" role="presentation" style={{ '--height': `${shown.length * ROW_REM}rem` }}>
        {Array.from(shown.subarray(from, to), (number, i) => (
          <Row
            key={number}
            id={`${id}-${from + i}`}
            entry={listing.value.entry(number)}
            name={
              streams.length > 1 ? (streams[listing.value.entry(number).stream]?.name ?? '') : ''
            }
            place={from + i}
            of={shown.length}
            isPresent={from + i === present}
            onGo={() => list.goToRow(from + i)}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  id: string;
  entry: Entry;
  /** Of the stream; '' where there is only one. */
  name: string;
  place: number;
  of: number;
  isPresent: boolean;
  onGo: () => void;
}

function Row({ id, entry, name, place, of, isPresent, onGo }: RowProps): JSX.Element {
  const { kind, direction, offset, length, begins, time, problems } = entry;
  const isPiece = (entry.place?.frame ?? 1) > 1;
  const isWrong = kind === 'rest' || problems.length > 0;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which one is active
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list go from row to row
    <div
      id={id}
      role="option"
      class={`entry${isWrong ? ' wrong' : ''}${isPiece ? ' piece' : ''}`}
      aria-selected={isPresent}
      aria-setsize={of}
      aria-posinset={place + 1}
      title={[
        name,
        say('bytes.list.at', { offset }),
        time === undefined ? '' : timeWords(time, wordsIn(language.value)),
        ...problems.map((one) => one.message),
      ]
        .filter((text) => text !== '')
        .join('\n')}
      style={{ top: `${place * ROW_REM}rem` }}
      onClick={onGo}
    >
      {name !== '' && <span class="entry-stream">{entry.stream + 1}</span>}
      <span class={`entry-from ${direction}`}>
        <span aria-hidden="true">{direction === 'client' ? '→' : '←'}</span>
        <span class="unseen">{say(`bytes.list.from.${direction}`)}</span>
      </span>
      <span class="entry-kind">{kindWords(kind)}</span>
      {time !== undefined && <span class="entry-time">{clockOf(time.at)}</span>}
      <span class="entry-length">{say('bytes.list.length', { n: length })}</span>
      <span class="entry-begins">{printable(begins)}</span>
      {isWrong && (
        <span class="entry-wrong">
          <b aria-hidden="true">!</b>
          <span class="unseen">{say('bytes.list.wrong')}</span>
        </span>
      )}
    </div>
  );
}

const WORDS: ReadonlyMap<string, TextKey> = new Map([
  ['request', 'bytes.list.request'],
  ['answer', 'bytes.list.answer'],
  ['rest', 'bytes.unit.rest'],
]);

/** The time of day out of a time of RFC 3339, to the thousandth: there is no room for more. */
export function clockOf(time: string): string {
  return time.slice(11, -1).slice(0, 12);
}

/** The name of an opcode is the RFC's in every language. */
function kindWords(kind: string): string {
  const key = WORDS.get(kind);
  return key === undefined ? kind : say(key);
}

function None({ reading: { list, listing } }: { reading: BytesReading }): JSX.Element | null {
  if (list.shownMessages.value.length > 0) return null;
  if (listing.value.length === 0) return <p class="none">{say('bytes.fields.none')}</p>;
  return (
    <p class="none">
      {say('bytes.list.none')}{' '}
      <button type="button" onClick={() => list.clear()}>
        {say('bytes.list.all')}
      </button>
    </p>
  );
}
