/**
 * The switch between languages; it is there where there is a choice.
 * @module
 */

import type { JSX } from 'preact';
import type { Language } from '../../texts/language.js';
import { chooseLanguage, language, offered } from '../language.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';

/** The switch. Each language is called what it calls itself. */
export function LanguagePicker({ session }: ViewProps): JSX.Element | null {
  const all = offered.value;
  if (all.length < 2) return null;
  return (
    <label class="language">
      <span class="unseen">{say('app.language')}</span>
      <select
        value={language.value}
        onChange={(event) => {
          chooseLanguage(event.currentTarget.value as Language);
          session.parameter('lang').value = '';
        }}
      >
        {all.map((one) => (
          <option key={one} value={one} lang={one}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

function nameOf(one: Language): string {
  if (one === 'xx-test') return one;
  return new Intl.DisplayNames([one], { type: 'language' }).of(one) ?? one;
}
