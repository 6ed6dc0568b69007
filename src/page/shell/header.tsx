/**
 * The header: name, views, presenter's mode, colours, keys.
 * @module
 */

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../shared/icon.js';
import { say, type TextKey } from '../texts.js';
import type { ViewProps } from '../view.js';
import { LanguagePicker } from './language-picker.js';
import { VIEWS } from './views.js';

const THEMES = ['auto', 'light', 'dark'] as const;

/** The header; it is no part of a print. */
export function Header({ session, onHelp }: ViewProps & { onHelp: () => void }): JSX.Element {
  const presenter = session.parameter('presenter');
  const theme = session.parameter('theme');
  const present = session.parameter('view').value;
  const views = useRef<HTMLElement>(null);
  useEffect(() => {
    const nav = views.current;
    if (nav === null) return undefined;
    const observer = new ResizeObserver(() => showView(nav, present));
    observer.observe(nav);
    return () => observer.disconnect();
  }, [present]);
  return (
    <header class="header">
      <span class="brand">
        <Icon name="brand" />
        <span class="brand-name">{say('app.name')}</span>
      </span>
      <nav ref={views} class="views" aria-label={say('app.views')}>
        {VIEWS.map(({ name, title }) => (
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
      <span class="header-tools">
        <button
          type="button"
          class="quiet"
          aria-pressed={presenter.value === 'on'}
          title={say('app.presenter.title')}
          onClick={() => {
            presenter.value = presenter.value === 'on' ? 'off' : 'on';
          }}
        >
          <Icon name="presenter" />
          <span class="tool-name">{say('app.presenter')}</span>
        </button>
        <button
          type="button"
          class="quiet"
          title={say(`app.theme.${theme.value}` as TextKey)}
          aria-label={say(`app.theme.${theme.value}` as TextKey)}
          onClick={() => {
            theme.value = THEMES[(THEMES.indexOf(theme.value as 'auto') + 1) % 3] ?? 'auto';
          }}
        >
          <Icon name={theme.value === 'auto' ? 'auto' : theme.value === 'dark' ? 'moon' : 'sun'} />
        </button>
        <LanguagePicker session={session} />
        <button type="button" class="quiet" title={say('app.help.title')} onClick={onHelp}>
          <Icon name="keys" />
          <span class="tool-name">{say('app.help')}</span>
        </button>
      </span>
    </header>
  );
}

/** Where the views move sideways, the present one comes to the middle; scrollIntoView would move the page too. */
function showView(nav: HTMLElement, name: string): void {
  const link = nav.querySelector<HTMLElement>(`[data-view="${name}"]`);
  if (link !== null) nav.scrollLeft = link.offsetLeft + (link.offsetWidth - nav.clientWidth) / 2;
}
