/**
 * A button that opens a file, as a label: it works from the keyboard as any field does.
 * @module
 */

import type { JSX } from 'preact';
import { Icon, type IconName } from './icon.js';

/** The button. @param onOpen gets the file */
export function FilePicker({
  label,
  icon,
  accept,
  onOpen,
}: {
  label: string;
  icon?: IconName;
  accept: string;
  onOpen: (file: File) => void;
}): JSX.Element {
  return (
    <label class="file-picker">
      <span class="button" title={icon === undefined ? undefined : label}>
        {icon !== undefined && <Icon name={icon} />}
        <span class={icon === undefined ? '' : 'tool-name'}>{label}</span>
      </span>
      <input
        type="file"
        class="unseen"
        aria-label={label}
        accept={accept}
        onChange={(event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file !== undefined) onOpen(file);
          input.value = '';
        }}
      />
    </label>
  );
}
