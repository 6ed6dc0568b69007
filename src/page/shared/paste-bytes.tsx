/**
 * Where bytes are pasted, in any of the forms in which people have them as text.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import type { NamedStreams } from '../../inspect/capture-streams.js';
import { FormError, streamsInText } from '../../inspect/streams.js';
import { formWords } from '../../inspect/words.js';
import { describeError } from '../../texts/errors.js';
import { language } from '../language.js';
import { say } from '../texts.js';

/** The field. @param title of the line that unfolds it; `children` stand below the field */
export function PasteBytes({
  title,
  onRead,
  children,
}: {
  title: string;
  /** Takes what was read: at least one stream with bytes in it. */
  onRead: (read: NamedStreams) => void;
  children?: ComponentChildren;
}): JSX.Element {
  const text = useSignal('');
  const wrong = useSignal('');
  const taken = useSignal('');
  const read = (event: Event): void => {
    event.preventDefault();
    const read = readText(text.value);
    wrong.value = typeof read === 'string' ? read : '';
    taken.value = '';
    if (typeof read === 'string') return;
    if (read.form !== undefined) taken.value = formWords(read.form, language.value);
    onRead(read);
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
              taken.value = '';
            }}
          />
        </label>
        <span class="paste-do">
          <button type="submit">{say('paste.read')}</button>
          {children}
          <span role="status">{taken.value}</span>
        </span>
        <p id="paste-wrong" class="paste-wrong" role="alert">
          {wrong.value}
        </p>
      </form>
    </details>
  );
}

/** The bytes of a text, or why there are none. */
function readText(text: string): NamedStreams | string {
  if (text.trim() === '') return say('paste.empty');
  try {
    const read = streamsInText(text, 'auto', language.value);
    return read.streams.some(({ bytes }) => bytes.length > 0) ? read : say('paste.empty');
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    return say('paste.bad', { reason: describeError(error, language.value) });
  }
}
