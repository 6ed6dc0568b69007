/**
 * The loop: select, then the turn, then select again. Every server runs in it, watched or not.
 * @module
 */

import { FdSet, type Net, type Ready } from '../net/net.js';
import type { BlockStep, SelectStep, Step, TraceEvent } from './event.js';

/** A program for the loop: the descriptors that it watches, and what it does when some are ready. */
export interface Program {
  /** Watched for reading; the program changes it as clients come and go. */
  readonly read: FdSet;
  /** Watched for writing. */
  readonly write: FdSet;
  /**
   * Descriptors with work that select cannot see, because it was taken in already. While there are
   * any, `timeoutMs` is 0; the next turn comes to each of them, as to those that are ready.
   */
  readonly pending?: FdSet;
  /** Whether someone looks at the steps; the loop sets it, and a step that is dear is left out if not. */
  watched: boolean;
  /**
   * Milliseconds until the program must run even if nothing is ready; null for never. The loop goes
   * on as long as the program watches something or this is no null.
   */
  timeoutMs(): number | null;
  /** Handles what is ready. It does not wait: each yield is a place where a watcher may pause it. */
  turn(ready: Ready): Generator<Step, void, void>;
}

/** Is told each event; a promise makes the loop stand still at this step until it is settled. */
export type Watcher = (event: TraceEvent) => Promise<void> | void;

const NONE = new FdSet();

/**
 * Runs a program until it watches nothing any more, and no clock of its own runs.
 *
 * @param watcher without one, no event is made
 * @param before steps that were taken before the loop began (socket, bind, listen), for the watcher
 */
export async function runLoop(
  net: Net,
  program: Program,
  watcher?: Watcher,
  before: readonly Step[] = [],
): Promise<void> {
  let seq = 0;
  let turn = 0;
  const tell = (step: Step): Promise<void> | void =>
    watcher?.({ v: 1, seq: seq++, turn, t: net.now(), ...step });
  program.watched = watcher !== undefined;
  for (const step of before) {
    const pause = tell(step);
    if (pause !== undefined) await pause;
  }

  while (program.read.size + program.write.size > 0 || program.timeoutMs() !== null) {
    turn++;
    // #region select
    const watched = program.watched ? { read: [...program.read], write: [...program.write] } : null;
    const ready = await net.select(program.read, program.write, NONE, program.timeoutMs());
    if (watched !== null) await tell({ step: 'select', ...watched, ...readiness(ready, program) });
    // #endregion
    for (const step of program.turn(ready)) {
      if (watched !== null) {
        const pause = tell(step);
        if (pause !== undefined) await pause;
      }
      if (step.step === 'block') await unblocked(net, step);
    }
  }
}

/** What a turn begins with. While select waited, the program did nothing: what is pending was so before. */
function readiness(
  { read, write, scanned }: Ready,
  { pending }: Program,
): Omit<SelectStep, 'step' | 'read' | 'write'> {
  const ready = { readyRead: read, readyWrite: write, scanned };
  return pending === undefined || pending.size === 0 ? ready : { ...ready, pending: [...pending] };
}

/** A blocking call: nothing else happens until its one descriptor is ready. */
async function unblocked(net: Net, { fd, syscall }: BlockStep): Promise<void> {
  const fds = new FdSet([fd]);
  const [read, write] = syscall === 'recv' ? [fds, NONE] : [NONE, fds];
  await net.select(read, write, NONE, null);
}
