/**
 * The student's name, for a file that is handed in and for the print; this browser keeps it.
 * @module
 */

import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { keep, recall } from '../shared/keep.js';

/** The name that was typed last. */
export function recallName(): string {
  return recall('name', (value) => (typeof value === 'string' ? value : null), '');
}

/** Where it is written. */
export function NameField(props: {
  label: string;
  name: Signal<string>;
  required?: boolean;
}): JSX.Element {
  const { label, name, required = false } = props;
  return (
    <label>
      <span>{label}</span>
      <input
        required={required}
        maxLength={60}
        value={name.value}
        onInput={({ currentTarget: { value } }) => {
          name.value = value;
          keep('name', value);
        }}
      />
    </label>
  );
}
