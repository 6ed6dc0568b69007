/**
 * A progress.json that was dropped on the page, or opened in another room: the lessons take it as soon as
 * they are there.
 * @module
 */

import { signal } from '@preact/signals';

/** The file; null for none. */
export const handedIn = signal<File | null>(null);
