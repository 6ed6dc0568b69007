/**
 * What every server of the contests tells the bench: where it listens, and, when asked, what it has used.
 * @module
 */

import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** What a process has used so far. */
export interface Usage {
  /** CPU time in microseconds, in user and kernel mode. */
  cpu: number;
  /** Resident bytes, after a garbage collection where the process may ask for one. */
  rss: number;
}

/** The environment's name for the file of a CPU profile. */
export const PROFILE = 'LOOPSCOPE_BENCH_PROFILE';

/** Says that the server is up, answers questions, and ends with the bench. */
export async function reportTo(port: number): Promise<void> {
  const path = process.env[PROFILE];
  const session = path === undefined ? null : await startProfile();
  process.on('message', () => process.send?.(usage()));
  process.on('disconnect', async () => {
    const profiled = await session?.post('Profiler.stop');
    if (path !== undefined) writeFileSync(path, JSON.stringify(profiled?.profile));
    process.exit();
  });
  process.send?.({ port });
}

/** Begins a CPU profile of this thread. `--cpu-prof` would write one of tsx's thread, too. */
async function startProfile(): Promise<Session> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return session;
}

function usage(): Usage {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  return { cpu: user + system, rss: process.memoryUsage.rss() };
}
