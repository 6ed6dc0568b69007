/**
 * What is to be said about the address or the run: a line each.
 * @module
 */

import type { JSX } from 'preact';
import { Icon } from '../shared/icon.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';

/** The lines; the region is always there, so that a new one is spoken. */
export function Notices({ session }: ViewProps): JSX.Element {
  const { notices } = session;
  return (
    <div class="notices" role="status">
      {notices.value.map((text, index) => (
        <p key={text}>
          {text}
          <button
            type="button"
            class="quiet"
            aria-label={say('app.dismiss')}
            onClick={() => {
              notices.value = notices.value.filter((_, i) => i !== index);
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  );
}
