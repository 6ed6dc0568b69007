/**
 * Whether the page is being printed: on paper nothing scrolls, so lists are drawn whole.
 * @module
 */

import { type ReadonlySignal, signal } from '@preact/signals';

const printing = signal(false);

/** True from just before a print until it is done. */
export const isPrinting: ReadonlySignal<boolean> = printing;

/** Listens for prints, as long as the page is there. */
export function watchPrints(): void {
  addEventListener('beforeprint', () => {
    printing.value = true;
  });
  addEventListener('afterprint', () => {
    printing.value = false;
  });
}
