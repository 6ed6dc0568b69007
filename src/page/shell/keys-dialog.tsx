/**
 * The dialog that says what the keys do.
 * @module
 */

import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../texts.js';
import type { Shortcut } from '../view.js';

/** How keys are written that have no letter. */
const SIGNS: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** The dialog; it follows its signal, and Escape closes it. */
export function KeysDialog({
  isOpen,
  shortcuts,
}: {
  isOpen: Signal<boolean>;
  shortcuts: readonly Shortcut[];
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = isOpen.value;
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="keys"
      aria-labelledby="keys-title"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <h2 id="keys-title">{say('keys.title')}</h2>
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
      <button type="button" onClick={() => dialog.current?.close()}>
        {say('app.close')}
      </button>
    </dialog>
  );
}

const ESCAPE = { keys: ['Escape'], label: 'keys.escape' } as const;
