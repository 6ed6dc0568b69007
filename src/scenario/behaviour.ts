/**
 * How a server behaves, beside what it sends: how often it wakes for nothing, where it spends its time,
 * how much it takes and writes at once. Counted from a trace; php/behaviour.ts counts from system calls.
 * @module
 */

import type { TraceEvent } from '../trace/event.js';
import type { Scenario } from './scenario.js';
import type { WireEvent } from './wire.js';

/** What was counted of one server; times are milliseconds, sizes bytes. */
export interface Behaviour {
  /** How often it came out of select. */
  wakeUps: number;
  /** How often select gave it nothing. */
  forNothing: number;
  /** The time in select and the like: what a loop is for. */
  waitedMs: number;
  /** The time in each other call, by name: what stands the loop still. */
  otherMs: Record<string, number>;
  /** What each recv of a client gave; 0 for its end. */
  recvs: number[];
  /** What each write to a client took. */
  writes: number[];
  /** Descriptors of clients that are still open. */
  leftOpen: number;
}

/**
 * Counts a trace. A trace has a time for each step and none for how long it took: what is spent in
 * select is what passed since the step before it, and a block lasts until the next step.
 */
export function behaviourOfTrace(events: readonly TraceEvent[]): Behaviour {
  const behaviour: Behaviour = {
    wakeUps: 0,
    forNothing: 0,
    waitedMs: 0,
    otherMs: {},
    recvs: [],
    writes: [],
    leftOpen: 0,
  };
  let before: TraceEvent | null = null;
  for (const event of events) {
    const passed = before === null ? 0 : Math.max(0, event.t - before.t);
    if (before?.step === 'block') {
      behaviour.otherMs[before.syscall] = (behaviour.otherMs[before.syscall] ?? 0) + passed;
    }
    count(behaviour, event, before === null ? 0 : passed);
    before = event;
  }
  return behaviour;
}

function count(behaviour: Behaviour, event: TraceEvent, passed: number): void {
  switch (event.step) {
    case 'select':
      behaviour.wakeUps++;
      behaviour.waitedMs += passed;
      if (event.readyRead.length + event.readyWrite.length + (event.pending?.length ?? 0) === 0) {
        behaviour.forNothing++;
      }
      break;
    case 'accept':
      behaviour.leftOpen++;
      break;
    case 'disconnect':
      behaviour.leftOpen--;
      break;
    case 'recv':
      behaviour.recvs.push(event.bytes.length);
      break;
    case 'send':
      behaviour.writes.push(event.taken);
      break;
  }
}

/** How many clients are there at the end of a scenario: neither they nor the server have ended them. */
export function clientsLeft({ steps }: Scenario, wire: readonly WireEvent[]): number {
  const there = new Set<string>();
  for (const action of steps.flat()) {
    if (action.do === 'connect') there.add(action.client);
    if (action.do === 'close' || action.do === 'reset' || action.do === 'shutdown') {
      there.delete(action.client);
    }
  }
  for (const event of wire) if ('end' in event) there.delete(event.client);
  return there.size;
}
