/**
 * A seat in the room: the way in, what was said, who is there, what to say.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { roomOf, served } from '../shared/served.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { type ChatLine, type Seat, seatOf } from './state.js';

const typed = (event: Event): string => (event.currentTarget as HTMLInputElement).value;

/** The room, as one who sits in it sees it. */
export function ChatRoom({ session }: ViewProps): JSX.Element {
  const seat = seatOf(session);
  return (
    <div class="chat-room">
      <Door session={session} seat={seat} />
      <div class="chat-inside">
        <Log seat={seat} />
        <Users seat={seat} />
      </div>
      <Mouth seat={seat} />
    </div>
  );
}

/** The address, the name, in and out. */
function Door({ session, seat }: ViewProps & { seat: Seat }): JSX.Element {
  const room = session.parameter('room');
  const name = session.parameter('name');
  const usual = useSignal(roomOf(null));
  useEffect(() => {
    void served().then((about) => {
      usual.value = roomOf(about);
    });
  }, [usual]);
  const state = seat.state.value;
  const isOut = state === 'out';
  const join = (event: Event): void => {
    event.preventDefault();
    if (!isOut) seat.leave();
    // who is fast is here before the answer to where the room is
    else void served().then((about) => seat.join(room.value || roomOf(about), name.value.trim()));
  };
  return (
    <form class="chat-door" onSubmit={join}>
      <label>
        <span>{say('chat.room')}</span>
        <input
          class="chat-url"
          type="text"
          inputMode="url"
          autocomplete="off"
          spellcheck={false}
          value={room.value}
          placeholder={usual.value}
          readOnly={!isOut}
          onInput={(event) => {
            room.value = typed(event).trim();
          }}
        />
      </label>
      <label>
        <span>{say('chat.name')}</span>
        <input
          type="text"
          autocomplete="off"
          required
          pattern=".*\S.*"
          maxLength={60}
          placeholder={say('chat.name.none')}
          value={name.value}
          readOnly={!isOut}
          onInput={(event) => {
            name.value = typed(event);
          }}
        />
      </label>
      <button type="submit" class={isOut ? 'main' : ''}>
        {say(isOut ? 'chat.join' : 'chat.leave')}
      </button>
      <p class={`chat-state ${state}`} role="status">
        <span aria-hidden="true">{SIGNS[state]}</span> {say(`chat.state.${state}`)}
        {(state === 'connecting' || state === 'again') && <small> {say('chat.waits')}</small>}
      </p>
    </form>
  );
}

const SIGNS = { out: '○', connecting: '◌', in: '●', leaving: '◌', again: '◌' } as const;

function Log({ seat }: { seat: Seat }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lines = seat.lines.value;
  useLayoutEffect(() => {
    if (box.current !== null && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  return (
    <section class="pane chat-log">
      <h2>{say('chat.log')}</h2>
      <div
        ref={box}
        class="scroller"
        role="log"
        aria-label={say('chat.log')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        data-own-keys
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 8;
        }}
      >
        {lines.length === 0 && <p class="none">{say('chat.log.none')}</p>}
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </div>
    </section>
  );
}

/** A line: each text for itself, so that none can change how another is written. */
function Line({ line: { kind, from, text } }: { line: ChatLine }): JSX.Element {
  return (
    <p class={`chat-line ${kind}`}>
      {kind === 'trouble' && <span aria-hidden="true">▲ </span>}
      {from !== '' && (
        <b>
          <bdi>{from}</bdi>
          {say('chat.colon')}
        </b>
      )}
      <bdi>{text}</bdi>
    </p>
  );
}

function Users({ seat }: { seat: Seat }): JSX.Element {
  const users = seat.users.value;
  return (
    <section class="pane chat-users">
      <h2>{say('chat.users', { n: users.length })}</h2>
      {users.length === 0 ? (
        <p class="none">{say('chat.users.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <ul class="scroller" tabIndex={0} data-own-keys>
          {users.map((name, i) => (
            // two may have the same name
            <li key={i}>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Mouth({ seat }: { seat: Seat }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const isIn = seat.state.value === 'in';
  useEffect(() => {
    if (isIn) input.current?.focus();
  }, [isIn]);
  return (
    <form
      class="chat-mouth"
      onSubmit={(event) => {
        event.preventDefault();
        const { current } = input;
        if (current !== null && seat.say(current.value)) current.value = '';
      }}
    >
      <input
        ref={input}
        type="text"
        autocomplete="off"
        aria-label={say('chat.message')}
        placeholder={say('chat.message')}
        disabled={!isIn}
      />
      <button type="submit" class="main" disabled={!isIn}>
        {say('chat.send')}
      </button>
    </form>
  );
}
