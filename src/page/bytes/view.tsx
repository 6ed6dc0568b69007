/**
 * The Bytes view: bytes beside the tree of their fields, linked both ways; the line of the parser
 * that takes a field; and what the PHP original would read instead. Any byte can be changed.
 * @module
 */

import type { JSX } from 'preact';
import { formWords } from '../../inspect/words.js';
import { choice, whole } from '../address.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { BYTE_EXAMPLES } from '../shared/byte-examples.js';
import { hexParameter, KEPT, MOST_IN_ADDRESS } from '../shared/hex-parameter.js';
import { byteSavings } from '../shared/savings.js';
import { say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { BitButtons } from './bit-buttons.js';
import { FieldTree } from './field-tree.js';
import { ByteGrid } from './grid.js';
import { EntryList } from './list.js';
import { GoTo, ListTools } from './list-tools.js';
import type { ListState } from './listed.js';
import { MessageList } from './message-list.js';
import { OriginalReads } from './original-reads.js';
import { SourcePane } from './source-pane.js';
import { type BytesReading, MOST_KEPT, readingOf, WINDOW } from './state.js';
import { BytesTools, READERS } from './tools.js';

const LETTERS = ['H', 'F', 'L', 'K', 'P'] as const;

const shortBytes = hexParameter(BYTE_EXAMPLES[0].hex);

/** The view. */
export const bytesView: PageView = {
  name: 'bytes',
  title: 'bytes.title',
  Body: BytesView,
  parameters: {
    bytes: { ...shortBytes, mend: (text) => (text === KEPT ? text : shortBytes.mend(text)) },
    at: whole(0, 0, 999_999_999),
    role: choice('auto', 'client', 'server'),
    reader: choice(...READERS),
  },
  where: (session) => {
    const name = readingOf(session).file.value;
    return name === '' ? [] : [name];
  },
  saves: (session) => {
    const { editor, file } = readingOf(session);
    return byteSavings(editor.bytes.peek(), file.peek() || 'bytes');
  },
  shortcuts: [
    { keys: ['j'], label: 'bytes.key.row', run: (session) => listOf(session).step(1) },
    { keys: ['k'], label: 'bytes.key.row.before', run: (session) => listOf(session).step(-1) },
    { keys: ['x'], label: 'bytes.key.problem', run: (session) => listOf(session).stepProblem(1) },
    {
      keys: ['z'],
      label: 'bytes.key.problem.before',
      run: (session) => listOf(session).stepProblem(-1),
    },
    { keys: ['/'], label: 'bytes.key.search', run: () => focusOn('[data-search]') },
    { keys: ['n'], label: 'bytes.key.match', run: (session) => listOf(session).stepMatch(1) },
    {
      keys: ['m'],
      label: 'bytes.key.match.before',
      run: (session) => listOf(session).stepMatch(-1),
    },
    { keys: ['g'], label: 'bytes.key.offset', run: () => focusOn('[data-offset]') },
    { keys: ['u'], label: 'bytes.key.undo', run: (session) => readingOf(session).undo() },
    { keys: ['r'], label: 'bytes.key.redo', run: (session) => readingOf(session).redo() },
  ],
};

function listOf(session: Session): ListState {
  return readingOf(session).list;
}

function focusOn(selector: string): void {
  const field = document.querySelector<HTMLInputElement>(`.bytes-view ${selector}`);
  field?.focus();
  field?.select();
}

function BytesView({ session }: ViewProps): JSX.Element {
  const reading = readingOf(session);
  const reader = session.parameter('reader').value;
  return (
    <div class="bytes-view">
      <h1 class="unseen">{say('bytes.title')}</h1>
      <BytesTools session={session} reading={reading} />
      <Notes reading={reading} />
      <div class="bytes-panes">
        <section class="pane bytes-list" aria-labelledby="bytes-list-title">
          <h2 id="bytes-list-title">
            {say('bytes.list')}
            <Count reading={reading} />
          </h2>
          <ListTools reading={reading} />
          <EntryList reading={reading} />
          <MessageList reading={reading} />
        </section>
        <section class="pane bytes-dump" aria-labelledby="bytes-dump-title">
          <h2 id="bytes-dump-title">
            {say('bytes.title')}
            <Window reading={reading} />
            <GoTo reading={reading} />
          </h2>
          <p class="legend">
            {LETTERS.map((letter) => (
              <span key={letter}>
                <b class={`letter letter-${letter}`}>{letter}</b> {say(`loop.letter.${letter}`)}
              </span>
            ))}
          </p>
          <ByteGrid reading={reading} />
          <Present reading={reading} />
        </section>
        <section class="pane bytes-fields" aria-labelledby="bytes-fields-title">
          <h2 id="bytes-fields-title">
            {say(reader === 'original' ? 'bytes.original' : 'bytes.fields')}
          </h2>
          {reader === 'original' ? (
            <OriginalReads reading={reading} />
          ) : (
            <FieldTree reading={reading} />
          )}
        </section>
        <SourcePane session={session} reading={reading} />
      </div>
    </div>
  );
}

function Notes({ reading }: { reading: BytesReading }): JSX.Element {
  const note = reading.streams.value[reading.stream.value]?.note;
  const { length } = reading.editor.bytes.value;
  const long = length > MOST_KEPT ? 'bytes.long.lost' : 'bytes.long';
  const form = reading.form.value;
  const notes = [
    ...(form === null ? [] : [formWords(form, language.value)]),
    ...reading.notes.value,
    ...(note === undefined ? [] : [note]),
    ...(length > MOST_IN_ADDRESS ? [say(long, { most: MOST_IN_ADDRESS })] : []),
  ];
  return (
    <div class="bytes-notes" role="status">
      <File reading={reading} />
      {notes.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

/** The file that was opened. */
function File({ reading }: { reading: BytesReading }): JSX.Element | null {
  const name = reading.file.value;
  if (name === '') return null;
  const all = reading.streams.value;
  const n = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const streams = all.length;
  return (
    <p class="bytes-opened">
      <b>{name}</b> {say(streams === 1 ? 'bytes.opened' : 'bytes.opened.streams', { n, streams })}
    </p>
  );
}

/** How many entries are seen. */
function Count({ reading: { list, listing } }: { reading: BytesReading }): JSX.Element {
  const n = list.shown.value.length;
  return <span class="list-count">{say('bytes.list.count', { n, of: listing.value.length })}</span>;
}

/** Which bytes are drawn, where they are not all. */
function Window({ reading }: { reading: BytesReading }): JSX.Element | null {
  const { length } = reading.editor.bytes.value;
  const { start, end } = reading.window.value;
  if (length <= WINDOW) return null;
  return (
    <span class="bytes-window">
      <button
        type="button"
        class="quiet"
        aria-label={say('bytes.window.before')}
        aria-disabled={start === 0}
        onClick={() => reading.look(start - WINDOW)}
      >
        ◂
      </button>
      {say('bytes.window', { from: start, to: end - 1, length })}
      <button
        type="button"
        class="quiet"
        aria-label={say('bytes.window.behind')}
        aria-disabled={end === length}
        onClick={() => {
          if (end < length) reading.look(end);
        }}
      >
        ▸
      </button>
    </span>
  );
}

/** The field that is looked at in a sentence, and the bits of the byte. */
function Present({ reading }: { reading: BytesReading }): JSX.Element {
  const node = reading.node.value;
  return (
    <div class="bytes-present">
      <BitButtons reading={reading} />
      <p class="bytes-says" aria-live="polite" aria-atomic="true">
        {node !== null && (
          <>
            <b class={`letter letter-${node.letter}`} aria-hidden="true">
              {node.letter}
            </b>{' '}
            <b>{node.field}</b>: {node.meaning}
          </>
        )}
      </p>
    </div>
  );
}
