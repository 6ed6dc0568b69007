/**
 * Loads the script for other programs' loops with the first of them.
 * @module
 */

import { type ReadonlySignal, signal } from '@preact/signals';
import { loadChunk } from '../shared/chunk.js';
import type { WatchScript } from './script.js';

const script = signal<WatchScript | null>(null);
let loading: Promise<WatchScript> | undefined;

/** What belongs to such a loop; null before it was asked for, and until it has come. */
export const watchScript: ReadonlySignal<WatchScript | null> = script;

/** Loads it, once. @throws Error with its address, where it is missing */
export function loadWatch(): Promise<WatchScript> {
  loading ??= load().then(
    (loaded) => {
      script.value = loaded;
      return loaded;
    },
    (error) => {
      loading = undefined; // it may be there at the next try
      throw error;
    },
  );
  return loading;
}

async function load(): Promise<WatchScript> {
  if (import.meta.env.DEV) return (await import('./main.js')).script;
  return loadChunk<WatchScript>('watch.js', 'loopscopeWatch');
}
