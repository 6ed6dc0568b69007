/**
 * How a server behaves, beside what it sends: how often it wakes for nothing, in which calls it spends
 * its time, how much it takes and writes at once. Counted from its system calls, where strace shows them.
 * @module
 */

import { type Behaviour, behaviourOfTrace, noBehaviour } from '../scenario/behaviour.js';
import type { Call } from '../watch/calls.js';
import { STOOD_MS } from '../watch/loop.js';
import { readRecording } from '../watch/recording.js';
import { numberOf } from '../watch/values.js';
import { callsOfListener, readCalls } from './strace.js';

const WAITS = /^(?:select|pselect6|poll|ppoll|epoll_p?wait2?)$/;

/**
 * Counts what strace has written, of the first process that listens.
 *
 * @param text the file, with the options of `straceCommand`
 * @returns null when no process listens
 */
export function behaviourOf(text: string): Behaviour | null {
  const calls = callsOfListener(text);
  if (calls.length === 0) return null;
  const counter = new Counter();
  const listen = calls.findIndex(({ name, result }) => name === 'listen' && result === 0);
  for (const call of calls.slice(listen + 1)) counter.count(call);
  return counter.behaviour;
}

/**
 * Counts what strace has written of any program, by the layers that read a stranger's loop.
 *
 * @returns null where no thread waits for sockets; of several that do, the one that waits most
 */
export function behaviourOfLoops(text: string): Behaviour | null {
  const { loops } = readRecording(text, '');
  const [busiest] = loops.toSorted((a, b) => b.summary.turns - a.summary.turns);
  return busiest === undefined ? null : behaviourOfTrace(busiest.events);
}

class Counter {
  readonly behaviour: Behaviour = { ...noBehaviour(), calls: 0 };
  readonly #clients = new Set<number>();

  count({ name, args, result, took }: Call): void {
    const { behaviour } = this;
    const fd = numberOf(args[0]) ?? -1;
    const tookMs = took ?? 0;
    if (WAITS.test(name)) {
      behaviour.waitsIn ??= name;
      behaviour.calls = (behaviour.calls ?? 0) + 1;
      behaviour.waitedMs += tookMs;
      if (result === null) return; // it has not come out of it
      behaviour.wakeUps++;
      if (result === 0) behaviour.forNothing++;
      return;
    }
    behaviour.otherMs[name] = (behaviour.otherMs[name] ?? 0) + tookMs;
    if (this.#clients.has(fd) || /^accept4?$/.test(name)) {
      behaviour.calls = (behaviour.calls ?? 0) + 1;
      if (tookMs >= STOOD_MS) behaviour.stoodMs += tookMs;
    }
    if (/^accept4?$/.test(name) && result !== null && result >= 0) this.#clients.add(result);
    else if (!this.#clients.has(fd))
      return; // its log, its output
    else if (/^(?:recv|recvfrom|read)$/.test(name)) behaviour.recvs.push(Math.max(0, result ?? 0));
    else if (/^(?:send|sendto|write)$/.test(name)) behaviour.writes.push(Math.max(0, result ?? 0));
    else if (name === 'close') this.#clients.delete(fd);
    behaviour.leftOpen = this.#clients.size;
  }
}

/** Calls at the end of a log that select ended with nothing, before this is taken for a loop that spins. */
const SPINS = 3;

/**
 * Whether a log ends with several selects that gave nothing, by one process: then it has dealt with
 * what it took, and found nothing more. Under strace a process is hardly ever seen asleep.
 */
export function spinsAtEnd(text: string): boolean {
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(-1 - SPINS, -1);
  if (lines.length < SPINS) return false;
  const pids = new Set(lines.map((line) => Number.parseInt(line, 10)));
  return pids.size === 1 && readCalls(lines.join('\n')).filter(gaveNothing).length === SPINS;
}

function gaveNothing({ name, result }: Call): boolean {
  return WAITS.test(name) && result === 0;
}
