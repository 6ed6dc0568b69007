/**
 * A second thread in the process of a check: tells what processor time and memory it uses even while
 * the student's code does not come back, and ends the process when nobody listens any more.
 * @module
 */

import { Worker } from 'node:worker_threads';
import { ALIVE_MS, MEMORY_MIB, toldLine } from './told.js';
import type { Trouble } from './trouble-kind.js';

/** How often it looks: buffers lie outside of the heap, where Node sets no limit, and grow fast. */
const LOOK_MS = 25;

/** A text because a worker that loads a TypeScript file would start a compiler of its own. */
const PROGRAM = `
  const { writeSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  const { most, tooMuch, used, looks, lookMs, pid } = workerData;
  const tell = (text) => {
    try {
      writeSync(4, text);
    } catch (error) {
      if (error.code !== 'EAGAIN') process.kill(pid, 'SIGKILL'); // the parent is gone
    }
  };
  let n = 0;
  setInterval(() => {
    if (process.memoryUsage.rss() >= most) {
      tell(tooMuch);
      process.kill(process.pid, 'SIGKILL');
    }
    if (n++ % looks !== 0) return;
    const { user, system } = process.cpuUsage();
    tell(used.replace('"CPU"', String((user + system) / 1000)));
  }, lookMs);`;

/**
 * Begins to watch.
 *
 * @param secret what each word begins with
 * @param memory what to tell where it takes more than {@link MEMORY_MIB}
 */
export function watch(secret: string, memory: Trouble): void {
  const trouble = { ...memory, values: { ...memory.values, size: MEMORY_MIB } };
  const workerData = {
    most: MEMORY_MIB * 2 ** 20,
    tooMuch: toldLine(secret, { type: 'trouble', trouble }),
    used: toldLine(secret, { type: 'used', cpuMs: 'CPU' as unknown as number }),
    looks: ALIVE_MS / LOOK_MS,
    lookMs: LOOK_MS,
    // with all that the exercise has started: run-check.ts made this process the first of its group
    pid: process.platform === 'win32' ? process.pid : -process.pid,
  };
  new Worker(PROGRAM, { eval: true, execArgv: [], workerData }).unref();
}
