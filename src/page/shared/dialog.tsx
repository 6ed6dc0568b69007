/**
 * A dialog that follows a signal. Escape closes it, and the focus goes back to where it was.
 * @module
 */

import type { Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { say } from '../texts.js';

/** What a dialog is. */
export interface DialogProps {
  /** Whether it is open. */
  isOpen: Signal<boolean>;
  /** What it is about. */
  title: string;
  /** For style sheets. */
  class: string;
  /** What is in it; it is drawn only while the dialog is open. */
  children: () => ComponentChildren;
}

/** The dialog. */
export function Dialog({ isOpen, title, class: name, children }: DialogProps): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = isOpen.value;
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${name}`}
      aria-labelledby={id}
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <h2 id={id}>{title}</h2>
      {open && children()}
      <button type="button" onClick={() => dialog.current?.close()}>
        {say('app.close')}
      </button>
    </dialog>
  );
}
