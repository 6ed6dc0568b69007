/**
 * How a server behaves, beside what it sends: how often it wakes for nothing, where it spends its time,
 * how much it takes and writes at once. Counted from a trace; php/behaviour.ts counts PHP's system calls.
 * @module
 */

import type { TraceEvent } from '../trace/event.js';
import type { Scenario } from './scenario.js';
import type { WireEvent } from './wire.js';

/** What was counted of one server; times are milliseconds, sizes bytes. */
export interface Behaviour {
  /** The call in which it waits; null where only a trace says that it does. */
  waitsIn: string | null;
  /** How often it came out of it. */
  wakeUps: number;
  /** How often select gave it nothing. */
  forNothing: number;
  /** The time in select and the like: what a loop is for. */
  waitedMs: number;
  /** The time in each other call, by name. */
  otherMs: Record<string, number>;
  /** System calls of the loop: waits, and what was done to sockets; null where only a trace tells of it. */
  calls: number | null;
  /** The time in which it stood still in a call for one client. */
  stoodMs: number;
  /** What each recv of a client gave; 0 for its end. */
  recvs: number[];
  /** What each write to a client took. */
  writes: number[];
  /** Descriptors of clients that are still open. */
  leftOpen: number;
}

/** Nothing yet. */
export function noBehaviour(): Behaviour {
  return {
    ...{ waitsIn: null, wakeUps: 0, forNothing: 0, waitedMs: 0, otherMs: {} },
    ...{ calls: null, stoodMs: 0, recvs: [], writes: [], leftOpen: 0 },
  };
}

/**
 * Counts a trace. A trace of ours has a time for each step and none for how long it took: what is spent
 * in select is what passed since the step before it, and a block lasts until the next step. A trace
 * that was made of system calls says both, and has all calls.
 */
export function behaviourOfTrace(events: readonly TraceEvent[]): Behaviour {
  const behaviour = noBehaviour();
  let before: TraceEvent | null = null;
  for (const event of events) {
    const passed = before === null ? 0 : Math.max(0, event.t - before.t);
    if (before?.step === 'block') {
      const took = before.took ?? passed;
      behaviour.stoodMs += took;
      if (before.call === undefined) spend(behaviour, before.syscall, took);
    }
    count(behaviour, event, before === null ? 0 : passed);
    before = event;
  }
  return behaviour;
}

function spend({ otherMs }: Behaviour, call: string, ms: number): void {
  otherMs[call] = (otherMs[call] ?? 0) + ms;
}

function count(behaviour: Behaviour, event: TraceEvent, passed: number): void {
  if (event.step !== 'block' && 'call' in event && event.call !== undefined) {
    const more = event.step === 'select' ? (event.polls ?? 0) + (event.changes ?? 0) : 0;
    behaviour.calls = (behaviour.calls ?? 0) + more + (event.step === 'other' ? event.count : 1);
    if ('took' in event) spend(behaviour, event.call, event.took ?? 0);
  }
  switch (event.step) {
    case 'select': {
      const { call, polls = 0, pending = [], readyRead, readyWrite, waited } = event;
      behaviour.waitsIn ??= call ?? null;
      behaviour.wakeUps += 1 + polls;
      behaviour.waitedMs += waited ?? passed;
      const isEmpty = readyRead.length + readyWrite.length + pending.length === 0;
      behaviour.forNothing += polls + (isEmpty ? 1 : 0);
      break;
    }
    case 'accept':
      behaviour.leftOpen++;
      break;
    case 'disconnect':
      behaviour.leftOpen--;
      break;
    case 'recv':
      behaviour.recvs.push(event.length ?? event.bytes.length);
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
