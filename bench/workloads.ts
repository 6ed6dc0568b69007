/**
 * All workloads, in the order of the page about speed.
 * @module
 */

import type { Workload } from './contest.js';
import { insideWorkloads } from './inside.js';
import { networkWorkloads } from './network.js';
import { pageWorkload } from './page.js';
import type { NetworkOptions } from './side-by-side.js';
import { traceWorkload } from './trace.js';
import { unwatchedWorkload } from './unwatched.js';
import { watchWorkloads } from './watched.js';

/** The workloads. */
export function allWorkloads(options: NetworkOptions): Workload[] {
  return [
    ...networkWorkloads(options),
    unwatchedWorkload(),
    ...insideWorkloads(),
    pageWorkload(),
    traceWorkload(),
    ...watchWorkloads(options),
  ];
}
