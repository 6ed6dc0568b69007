/**
 * Memory of this process as the long runs report it: what is alive after a collection, and RSS.
 * @module
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One look at the memory, in bytes. */
export interface Memory {
  /** Objects and array buffers that are alive. */
  readonly alive: number;
  /** What the system has given to the process. */
  readonly rss: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Collects garbage, and looks. */
export function memoryNow(): Memory {
  // the second waits for what the first has found: array buffers are given back by a thread beside
  collect();
  collect();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { alive: heapUsed + arrayBuffers, rss };
}

/** Bytes as `12.3 MiB`. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
