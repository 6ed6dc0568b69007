/**
 * The header: name, rooms, the views of the present room, files, presenter's mode, colours, keys.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { PRESENTER_SIZES } from '../address.js';
import { Icon } from '../shared/icon.js';
import { say, type TextKey } from '../texts.js';
import type { ViewProps } from '../view.js';
import { FileTools } from './file-tools.js';
import { LanguagePicker } from './language-picker.js';
import { offeredRooms, placeOf } from './views.js';

const THEMES = ['auto', 'light', 'dark'] as const;

/** The header; it is no part of a print. */
export function Header({ session, onHelp }: ViewProps & { onHelp: () => void }): JSX.Element {
  const theme = session.parameter('theme');
  return (
    <header class="header">
      <span class="brand">
        <Icon name="brand" />
        <span class="brand-name">{say('app.name')}</span>
      </span>
      <Places session={session} />
      <FileTools session={session} />
      <span class="header-tools">
        <Presenter session={session} />
        <button
          type="button"
          class="quiet theme-button"
          title={say(`app.theme.${theme.value}` as TextKey)}
          aria-label={say(`app.theme.${theme.value}` as TextKey)}
          onClick={() => {
            theme.value = THEMES[(THEMES.indexOf(theme.value as 'auto') + 1) % 3] ?? 'auto';
          }}
        >
          <Icon name={theme.value === 'auto' ? 'auto' : theme.value === 'dark' ? 'moon' : 'sun'} />
        </button>
        <LanguagePicker session={session} />
        <button
          type="button"
          class="quiet keys-button"
          aria-label={say('app.help')}
          title={say('app.help.title')}
          onClick={onHelp}
        >
          <Icon name="keys" />
          <span class="tool-name">{say('app.help')}</span>
        </button>
      </span>
    </header>
  );
}

/** The rooms, and within the present one its views. A room opens where one was in it last. */
function Places({ session }: ViewProps): JSX.Element {
  const present = session.parameter('view').value;
  const { room } = placeOf(present);
  const offered = offeredRooms(session);
  const last = useSignal<Readonly<Record<string, string>>>({});
  useEffect(() => {
    last.value = { ...last.peek(), [room.name]: present };
  }, [last, room, present]);
  const rooms = useRef<HTMLElement>(null);
  const views = useRef<HTMLElement>(null);
  useEffect(() => {
    const navs = [rooms.current, views.current].filter((nav) => nav !== null);
    const observer = new ResizeObserver(() => navs.forEach(showPresent));
    for (const nav of navs) observer.observe(nav);
    return () => observer.disconnect();
  }, [present]);
  return (
    <>
      <nav ref={rooms} class="rooms" aria-label={say('app.rooms')}>
        {offered.map(({ room: { name, title }, views: [first] }) => (
          <a
            key={name}
            data-room={name}
            href={session.addressWith({ view: last.value[name] ?? first?.name ?? '' })}
            aria-current={name === room.name ? 'true' : undefined}
          >
            {say(title)}
          </a>
        ))}
      </nav>
      <nav ref={views} class="views" aria-label={say('app.views', { room: say(room.title) })}>
        {offered
          .find((one) => one.room === room)
          ?.views.map(({ name, title }) => (
            <a
              key={name}
              data-view={name}
              href={session.addressWith({ view: name })}
              aria-current={name === present ? 'page' : undefined}
            >
              {say(title)}
            </a>
          ))}
      </nav>
    </>
  );
}

/** Larger letters, and how large. */
function Presenter({ session }: ViewProps): JSX.Element {
  const presenter = session.parameter('presenter');
  const isOn = presenter.value !== 'off';
  return (
    <span class="presenter">
      <button
        type="button"
        class="quiet"
        aria-pressed={isOn}
        aria-label={say('app.presenter')}
        title={say('app.presenter.title')}
        onClick={() => {
          presenter.value = isOn ? 'off' : 'on';
        }}
      >
        <Icon name="presenter" />
        <span class="tool-name">{say('app.presenter')}</span>
      </button>
      {isOn && (
        <select
          aria-label={say('app.presenter.size')}
          value={presenter.value}
          onChange={(event) => {
            presenter.value = event.currentTarget.value;
          }}
        >
          {Object.entries(PRESENTER_SIZES).map(([value, n]) => (
            <option key={value} value={value}>
              {say('app.presenter.pixels', { n })}
            </option>
          ))}
        </select>
      )}
    </span>
  );
}

/** Where links move sideways, the present one comes to the middle; scrollIntoView would move the page too. */
function showPresent(nav: HTMLElement): void {
  const link = nav.querySelector<HTMLElement>('[aria-current]');
  if (link !== null) nav.scrollLeft = link.offsetLeft + (link.offsetWidth - nav.clientWidth) / 2;
}
