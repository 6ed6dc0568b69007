/**
 * A button that opens a file, as a label: it works from the keyboard as any field does.
 * @module
 */

import type { JSX } from 'preact';

/** The button. @param onOpen gets the file */
export function FilePicker({
  label,
  accept,
  onOpen,
}: {
  label: string;
  accept: string;
  onOpen: (file: File) => void;
}): JSX.Element {
  return (
    <label class="file-picker">
      <span class="button">{label}</span>
      <input
        type="file"
        class="unseen"
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

/** Gives a text to the person as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads it after this task
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
