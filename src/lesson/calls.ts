/**
 * The calls of a student's functions in a check, as steps of the trace that shows a failure. Those of the
 * last step that called at all are kept, and none behind the failure.
 * @module
 */

import { rig } from '../texts/rig.en.js';
import { fill } from '../texts/say.js';
import type { CallStep, TraceEvent } from '../trace/event.js';
import type { Checker, CheckFailure } from './checker.js';
import type { Module } from './trouble.js';
import { written, writtenError } from './written.js';

/** A step of a check may call a thousand times; the last calls are those that tell. */
const MOST_CALLS = 200;

/** Steps of a generator that are told of. */
const MOST_YIELDED = 20;

/** A call, where it stands in the trace, and what came of it. */
interface Call {
  readonly step: CallStep;
  /** So many events stand before it; all where there was no trace yet. */
  readonly behind: number;
  /** How it has ended; null while it has not. */
  ended: 'returned' | 'threw' | null;
}

/** A trace with the calls in it, and the `seq` of the event at which the stepper opens. */
export interface Told {
  readonly trace: readonly TraceEvent[] | null;
  readonly at: number | null;
}

/** The calls of one check. */
export class Calls {
  readonly #lesson: number;
  #calls: Call[] = [];
  #isNextStep = false;

  constructor(lesson: number) {
    this.#lesson = lesson;
  }

  /** A step of the check begins. One that calls nothing is about what was called before. */
  begin(): void {
    this.#isNextStep = true;
  }

  /** An exercise whose functions tell of their calls. @param checker knows the trace, and whether all is over */
  of(exercise: Module, checker: Checker): Module {
    const known = new Map<unknown, unknown>();
    return new Proxy(exercise, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function' || typeof name !== 'string' || isClass(value)) return value;
        if (!known.has(value)) known.set(value, this.#telling(name, value as Asked, checker));
        return known.get(value);
      },
    });
  }

  /**
   * Puts the calls into the trace. The last one is what failed, unless the check points elsewhere.
   *
   * @param failure null where it ended with an error of the student's
   */
  told({ trace, at }: Checker, failure: CheckFailure | null): Told {
    const failed = failure?.failed.at ?? null;
    const last = this.#calls.at(-1);
    if (last === undefined) return { trace, at: failed };
    if (failure !== null) judge(last.step, failure);
    else if (last.ended === 'threw') last.step.fault = 'threw';
    const events = trace ?? [];
    const told: TraceEvent[] = [];
    let opens: number | null = null;
    const add = (event: TraceEvent): void => void told.push({ ...event, seq: told.length });
    for (let i = 0; i <= events.length; i++) {
      const { turn, t } = events[i - 1] ?? events[0] ?? { turn: 0, t: 0 };
      for (const { step, behind } of this.#calls) {
        const isHere = Math.min(behind, events.length) === i;
        if (isHere) add({ v: 1, seq: 0, turn, t, ...step });
      }
      const event = events[i];
      if (event === undefined) break;
      if (event.seq === failed) opens = told.length;
      add(event);
    }
    const place = told.findLastIndex(({ step }) => step === 'call');
    const isSeen = at !== null || (last.ended === null && (opens ?? -1) > place);
    return { trace: told, at: isSeen ? (opens ?? place) : place };
  }

  #telling(name: string, asked: Asked, checker: Checker): Asked {
    return (...args) => {
      if (checker.failure !== null) return asked(...args);
      const call = this.#begin(name, args, checker);
      let returned: unknown;
      try {
        returned = asked(...args);
      } catch (error) {
        call.ended = 'threw';
        call.step.returned = writtenError(error);
        throw error;
      }
      try {
        end(call, returned);
      } catch {
        call.step.returned = '…'; // it throws when it is looked at: that is for the check to find
      }
      return returned;
    };
  }

  #begin(name: string, args: readonly unknown[], { trace }: Checker): Call {
    const step: CallStep = {
      step: 'call',
      lesson: this.#lesson,
      name,
      args: args.map(written),
      returned: rig['value.pending'],
    };
    if (this.#isNextStep) this.#calls = [];
    this.#isNextStep = false;
    const behind = trace?.length ?? Number.POSITIVE_INFINITY;
    const call: Call = { step, behind, ended: null };
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS) this.#calls.shift();
    return call;
  }
}

type Asked = (...args: unknown[]) => unknown;

/** It has to be called with `new`. */
function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** What came of it; a generator tells as it goes on. */
function end(call: Call, returned: unknown): void {
  if (!(returned instanceof Promise)) call.ended = 'returned';
  if (isGenerator(returned)) follow(call, returned);
  else call.step.returned = written(returned);
}

function isGenerator(value: unknown): value is Generator<unknown, unknown, unknown> {
  if (typeof value !== 'object' || value === null || !Object.isExtensible(value)) return false;
  return (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Generator';
}

function follow(call: Call, steps: Generator<unknown, unknown, unknown>): void {
  const next = steps.next.bind(steps);
  const yielded: string[] = [];
  const tell = (more: string): void => {
    yielded.push(more);
    call.step.returned = fill(rig['value.yields'], { steps: yielded.join(rig['value.and']) });
  };
  steps.next = (...args) => {
    try {
      const result = next(...args);
      if (result.done !== true && yielded.length < MOST_YIELDED) tell(written(result.value));
      return result;
    } catch (error) {
      tell(writtenError(error));
      throw error;
    }
  };
}

/** What the check held against what: the value that was returned, or what came of it. */
function judge(step: CallStep, { failed, held }: CheckFailure): void {
  step.fault = 'wrong';
  if (held === null) return;
  const [given, expected] = [held.actual, held.expected].map(written) as [string, string];
  const isSeen = failed.bytes === null || given !== expected;
  const from = (hex: string): string =>
    fill(rig['value.from'], { offset: failed.bytes?.offset ?? 0, hex });
  step.expected = isSeen ? expected : from(failed.bytes?.expected ?? '');
  if (!isSeen) step.given = from(failed.bytes?.actual ?? '');
  else if (given !== step.returned) step.given = given;
}
