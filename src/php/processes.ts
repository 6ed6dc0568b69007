/**
 * What /proc tells of processes, and how one is stopped. Linux has it; elsewhere it tells nothing.
 * @module
 */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Stops a process, and returns once it stands: it may still look at its descriptors on its way out of
 * select, and would then find some of what is sent next, and not the rest.
 */
export function stopProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGSTOP');
  } catch {
    return; // it has ended, as its state tells
  }
  const deadline = performance.now() + 100;
  while (performance.now() < deadline) {
    const status = readProc(`/proc/${pid}/status`);
    if (status === null) break;
    if (/^State:\t[Tt]/m.test(status)) return; // t when it is traced
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20); // without /proc: long enough
}

/**
 * Whether a process group has somebody left who runs; one that has ended and was not waited for does
 * not count.
 *
 * @returns null where /proc does not tell
 */
export function isGroupAlive(group: number): boolean | null {
  if (readProc('/proc/self/stat') === null) return null;
  return listProc('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .some((stat) => stat?.group === group && stat.state !== 'Z' && stat.state !== 'X');
}

/**
 * Who was started with this text in its environment, or by one who was: also who has left its group, and
 * whose parents are gone. One that has ended and was not waited for does not count.
 */
export function startedWith(text: string): number[] {
  return listProc('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => readProc(`/proc/${name}/environ`)?.includes(text) === true)
    .filter((name) => !/^[ZX]$/.test(statOf(name)?.state ?? 'X'))
    .map(Number);
}

/** What stands behind the name in parentheses, which may hold anything: state, parent, group. */
export function statOf(pid: string): { state: string; group: number } | null {
  const stat = readProc(`/proc/${pid}/stat`);
  const [state = '', , group] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return stat === null ? null : { state, group: Number(group) };
}

/** What a descriptor of a process is: `socket:[4711]`, say. */
export function fdTarget(pid: string, fd: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return ''; // closed since the list was made
  }
}

/** Reads a file of /proc; null when it is not there. */
export function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}

/** Lists a folder of /proc; empty when it is not there. */
export function listProc(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
