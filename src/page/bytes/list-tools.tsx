/**
 * What the list is narrowed to, what is looked for, and the ways to the next match and problem.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { say } from '../texts.js';
import { KINDS, offsetIn, type SearchIn } from './listed.js';
import type { BytesReading } from './state.js';

/** The controls over the list. */
export function ListTools({ reading }: { reading: BytesReading }): JSX.Element {
  const { list } = reading;
  return (
    <div class="list-tools">
      <Search reading={reading} />
      <div class="list-filters">
        <select
          aria-label={say('bytes.list.kind')}
          value={list.kind.value}
          onChange={(event) => {
            list.kind.value = event.currentTarget.value;
          }}
        >
          <option value="">{say('bytes.list.kind.all')}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kind === 'handshake' ? say('bytes.list.kind.handshake') : kind}
            </option>
          ))}
        </select>
        <select
          aria-label={say('bytes.role')}
          value={list.direction.value}
          onChange={({ currentTarget: { value } }) => {
            list.direction.value = value === 'client' || value === 'server' ? value : '';
          }}
        >
          <option value="">{say('bytes.list.from.both')}</option>
          <option value="client">{say('bytes.list.from.client')}</option>
          <option value="server">{say('bytes.list.from.server')}</option>
        </select>
      </div>
      <div class="list-problems">
        <label>
          <input
            type="checkbox"
            checked={list.problems.value}
            onChange={(event) => {
              list.problems.value = event.currentTarget.checked;
            }}
          />
          <span>{say('bytes.list.problems', { n: list.wrong.value })}</span>
        </label>
        <Steps
          before={say('bytes.list.problem.before')}
          next={say('bytes.list.problem.next')}
          isNone={list.wrong.value === 0}
          go={(by) => list.stepProblem(by)}
        />
      </div>
    </div>
  );
}

/** Two buttons. */
function Steps(props: {
  before: string;
  next: string;
  isNone: boolean;
  go: (by: 1 | -1) => void;
}): JSX.Element {
  const { before, next, isNone, go } = props;
  return (
    <span class="list-steps">
      <button
        type="button"
        aria-label={before}
        title={before}
        aria-disabled={isNone}
        onClick={() => go(-1)}
      >
        ▴
      </button>
      <button type="button" aria-disabled={isNone} title={next} onClick={() => go(1)}>
        {next}
      </button>
    </span>
  );
}

function Search({ reading: { list } }: { reading: BytesReading }): JSX.Element {
  const typed = useSignal(list.search.value);
  const found = list.found.value;
  const isBad = list.search.value !== '' && list.wanted.value === null;
  const look = (by: 1 | -1): void => {
    if (typed.value === list.search.value) list.stepMatch(by);
    else {
      list.search.value = typed.value;
      list.firstMatch();
    }
  };
  return (
    <form
      class="list-search"
      aria-label={say('bytes.search')}
      onSubmit={(event) => {
        event.preventDefault();
        look(1);
      }}
    >
      <input
        type="search"
        aria-label={say('bytes.search')}
        placeholder={say('bytes.search')}
        data-search
        aria-invalid={isBad}
        value={typed.value}
        spellcheck={false}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          // what is typed is looked for at Enter: large bytes take a moment
          if (typed.value === '') list.search.value = '';
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.shiftKey) return;
          event.preventDefault();
          look(-1);
        }}
      />
      <select
        aria-label={say('bytes.search.in')}
        value={list.searchIn.value}
        onChange={(event) => {
          list.searchIn.value = event.currentTarget.value as SearchIn;
        }}
      >
        <option value="text">{say('bytes.search.text')}</option>
        <option value="hex">{say('bytes.search.hex')}</option>
      </select>
      <button type="submit">{say('bytes.search.next')}</button>
      <span class="list-found" role="status">
        {isBad && say('bytes.search.bad')}
        {found !== null &&
          say(found.isCut ? 'bytes.search.more' : 'bytes.search.found', { n: found.n })}
      </span>
    </form>
  );
}

/** Where one says the byte to look at. */
export function GoTo({ reading }: { reading: BytesReading }): JSX.Element {
  const isBad = useSignal(false);
  return (
    <form
      class="go-to"
      onSubmit={(event) => {
        event.preventDefault();
        const input = event.currentTarget.querySelector('input');
        const offset = offsetIn(input?.value ?? '');
        isBad.value = offset === null || offset >= reading.editor.bytes.peek().length;
        if (offset !== null && !isBad.value) reading.look(offset);
      }}
    >
      <input
        type="text"
        class="go-to-offset"
        data-offset
        inputMode="text"
        aria-label={say('bytes.offset')}
        placeholder={say('bytes.offset')}
        title={say('bytes.offset.how')}
        aria-invalid={isBad.value}
        spellcheck={false}
        onInput={() => {
          isBad.value = false;
        }}
      />
      {isBad.value && (
        <span class="list-found" role="alert">
          {say('bytes.offset.bad', { last: reading.editor.bytes.value.length - 1 })}
        </span>
      )}
    </form>
  );
}
