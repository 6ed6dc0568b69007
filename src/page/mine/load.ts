/**
 * Loads the script of the student's own server when it is to play, or is looked at.
 * @module
 */

import { loadChunk } from '../shared/chunk.js';
import type { MineScript } from './script.js';

let loading: Promise<MineScript> | undefined;

/** Loads it, once. @throws Error with its address, where it is missing */
export function loadMine(): Promise<MineScript> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined; // it may be there at the next try
  });
  return loading;
}

async function load(): Promise<MineScript> {
  if (import.meta.env.DEV) return (await import('./main.js')).script;
  return loadChunk<MineScript>('mine.js', 'loopscopeMine');
}
