/**
 * The dialog that says what the keys do.
 * @module
 */

import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Dialog } from '../shared/dialog.js';
import { say } from '../texts.js';
import type { Shortcut } from '../view.js';

/** How keys are written that have no letter. */
const SIGNS: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** The dialog. */
export function KeysDialog({
  isOpen,
  shortcuts,
}: {
  isOpen: Signal<boolean>;
  shortcuts: readonly Shortcut[];
}): JSX.Element {
  return (
    <Dialog isOpen={isOpen} title={say('keys.title')} class="keys">
      {() => (
        <dl>
          {[...shortcuts, ESCAPE].map(({ keys, label }) => (
            <div key={keys[0]}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key === ' ' ? say('keys.space') : (SIGNS[key] ?? key)}</kbd>
                ))}
              </dt>
              <dd>{say(label)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Dialog>
  );
}

const ESCAPE = { keys: ['Escape'], label: 'keys.escape' } as const;
