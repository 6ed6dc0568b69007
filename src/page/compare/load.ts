/**
 * Loads what PHP did when something is held against it.
 * @module
 */

import { loadLeft } from '../shared/chunk.js';
import type { PageRecordings } from './recordings.js';

let loading: Promise<PageRecordings> | undefined;

/** Loads them, once. @throws Error with the address of their script, where it is missing */
export function loadRecordings(): Promise<PageRecordings> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined; // it may be there at the next try
  });
  return loading;
}

async function load(): Promise<PageRecordings> {
  if (import.meta.env.DEV) return (await import('virtual:recordings')).default;
  return loadLeft<PageRecordings>('recordings/php.js', 'loopscopePhp');
}
