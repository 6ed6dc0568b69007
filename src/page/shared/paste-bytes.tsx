/**
 * Where bytes are pasted: hex in any spacing, or base64.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { readBase64, readHex } from '../../inspect/input.js';
import { say } from '../texts.js';

/** The field. @param title of the line that unfolds it; `children` stand below the field */
export function PasteBytes({
  title,
  onBytes,
  children,
}: {
  title: string;
  onBytes: (bytes: Uint8Array) => void;
  children?: ComponentChildren;
}): JSX.Element {
  const text = useSignal('');
  const wrong = useSignal('');
  const read = (event: Event): void => {
    event.preventDefault();
    const bytes = readHex(text.value) ?? readBase64(text.value);
    wrong.value = bytes === null ? say('paste.bad') : '';
    if (bytes?.length === 0) wrong.value = say('paste.empty');
    else if (bytes !== null) onBytes(bytes);
  };
  return (
    <details class="paste">
      <summary>{title}</summary>
      <form onSubmit={read}>
        <label>
          <span>{say('paste.label')}</span>
          <textarea
            rows={3}
            spellcheck={false}
            value={text.value}
            aria-invalid={wrong.value !== ''}
            aria-describedby="paste-wrong"
            onInput={(event) => {
              text.value = event.currentTarget.value;
              wrong.value = '';
            }}
          />
        </label>
        <span class="paste-do">
          <button type="submit">{say('paste.read')}</button>
          {children}
        </span>
        <p id="paste-wrong" class="paste-wrong" role="alert">
          {wrong.value}
        </p>
      </form>
    </details>
  );
}
