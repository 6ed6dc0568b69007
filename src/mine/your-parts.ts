/**
 * Calls a student's functions in the room, and holds each answer against what is due. One that is wrong is
 * told of, and from then on the kit's own part stands in, so that the room goes on whatever a student wrote.
 * Needs nothing of Node: what stops a loop without end is handed in.
 * @module
 */

import { deepEqual } from '../lesson/equal.js';
import { written, writtenError } from '../lesson/written.js';
import { mine } from '../texts/mine.en.js';
import { fill } from '../texts/say.js';
import type { CallStep, StepName } from '../trace/event.js';
import { type PartId, partOf } from './parts.js';

/** What a student's file exports. */
export type Exported = Readonly<Record<string, unknown>>;

/** What can be wrong with a call. */
export type FaultKind = 'wrong' | 'promise' | 'threw' | 'endless' | 'exit';

/** A call that was wrong. */
export type Fault = CallStep & {
  /** What is wrong with it: a `FaultKind`. */
  fault: string;
  /** What was due. */
  expected: string;
};

/** Thrown in place of what must not go on: a loop without end, the end of the program. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly kind: FaultKind;

  constructor(kind: FaultKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What stands around the calls. */
export interface Surroundings {
  /** Runs a function; it may throw {@link Stopped} out of it, and does so though the function caught it. */
  readonly guard?: <T>(run: () => T) => T;
  /** Is told of each part that falls out. */
  readonly onFault?: (fault: Fault) => void;
}

/** A call, and what is due. */
export interface Call {
  readonly part: PartId;
  /** The function. */
  readonly name: string;
  /** What is handed to it, bytes as copies. */
  readonly args: readonly unknown[];
  /** Calls it, where that is more than to hand it `args`. */
  readonly run?: (own: (...args: unknown[]) => unknown) => unknown;
  /** What it gave or did, and what it should have. */
  readonly judge: (returned: unknown) => { given: unknown; expected: unknown };
  /** Whether an error that it threw is the network's, which it had to let through. */
  readonly passes?: (error: unknown) => boolean;
}

/** A student's parts, in one room. */
export class YourParts {
  /** Whether someone looks at the steps. */
  isWatched: () => boolean = () => false;
  readonly #own: Map<PartId, Exported>;
  readonly #guard: <T>(run: () => T) => T;
  readonly #onFault: (fault: Fault) => void;
  #calls: CallStep[] = [];
  readonly #did = new Set<StepName>();

  /** @param own what the exercises of the parts export that are the student's */
  constructor(own: ReadonlyMap<PartId, Exported>, surroundings: Surroundings = {}) {
    this.#own = new Map(own);
    this.#guard = surroundings.guard ?? ((run) => run());
    this.#onFault = surroundings.onFault ?? (() => {});
  }

  /** Whether a part is the student's, and has done nothing wrong so far. */
  has(part: PartId): boolean {
    return this.#own.has(part);
  }

  /** The calls since the last time. */
  takeCalls(): CallStep[] {
    if (this.#calls.length === 0) return NONE;
    const calls = this.#calls;
    this.#calls = [];
    return calls;
  }

  /** Whether a part of the student's did its work for a step of this name since the last time. */
  did(step: StepName): boolean {
    return this.#did.delete(step);
  }

  /**
   * Calls a function.
   *
   * @returns what it returned, which is right; null where the kit is to do it
   * @throws what `passes` lets through
   */
  call(call: Call): { readonly returned: unknown } | null {
    const own = this.#own.get(call.part)?.[call.name];
    if (!this.has(call.part)) return null;
    const args = this.isWatched() ? call.args.map(written) : NONE;
    let returned: unknown;
    let judged: { given: unknown; expected: unknown };
    try {
      if (typeof own !== 'function')
        throw new TypeError(fill(mine['no-function'], { name: call.name }));
      const ask = own as (...args: unknown[]) => unknown;
      const run = call.run ?? ((asked) => asked(...call.args));
      returned = this.#guard(() => run(ask));
      if (isPromise(returned)) {
        Promise.resolve(returned).catch(() => {}); // what becomes of it is nobody's business any more
        return this.#fault(call, 'promise', 'a Promise', null);
      }
      judged = this.#guard(() => call.judge(returned));
    } catch (error) {
      if (call.passes?.(error)) {
        this.#note(call, args, writtenError(error), writtenError(error));
        throw error;
      }
      const kind = error instanceof Stopped ? error.kind : 'threw';
      return this.#fault(call, kind, writtenError(error), null);
    }
    const { given, expected } = judged;
    if (!isEqual(given, expected)) return this.#fault(call, 'wrong', written(given), expected);
    if (this.isWatched()) this.#note(call, args, written(given), written(expected));
    this.#did.add(partOf(call.part).step);
    return { returned };
  }

  /** Asks a function whose answer the kit knows too. @returns the answer, the student's where it is right */
  ask<T>(part: PartId, name: string, args: readonly unknown[], expected: T): T {
    let answer: unknown;
    const judge: Call['judge'] = (returned) => {
      answer = withFieldsOf(expected, returned);
      return { given: answer, expected };
    };
    return this.call({ part, name, args, judge }) === null ? expected : (answer as T);
  }

  #note({ part, name }: Call, args: string[], returned: string, expected: string): void {
    if (!this.isWatched()) return;
    const { lesson } = partOf(part);
    this.#calls.push({ step: 'call', lesson, part, name, args, returned, expected });
  }

  #fault(
    { part, name, args: given, judge }: Call,
    fault: FaultKind,
    returned: string,
    due: unknown,
  ): null {
    this.#own.delete(part);
    const { lesson } = partOf(part);
    const args = given.map(written);
    const expected = fault === 'wrong' ? written(due) : expectedOf(judge);
    const told: Fault = { step: 'call', lesson, part, name, args, returned, expected, fault };
    if (this.isWatched()) this.#calls.push(told);
    this.#onFault(told);
    return null;
  }
}

/** What a class of one's own says where an object with some fields is due: read once, so that it stays. */
function withFieldsOf(expected: unknown, returned: unknown): unknown {
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Uint8Array || value instanceof Map || Array.isArray(value));
  if (!isRecord(expected) || !isRecord(returned)) return returned;
  return Object.fromEntries(Object.keys(expected).map((name) => [name, returned[name]]));
}

const NONE: never[] = [];

/** What was due, where nothing came that could be judged. */
function expectedOf(judge: Call['judge']): string {
  try {
    return written(judge(undefined).expected);
  } catch {
    return '…';
  }
}

/** What comes from a student may throw when it is looked at. */
function isEqual(given: unknown, expected: unknown): boolean {
  try {
    return deepEqual(given, expected);
  } catch {
    return false;
  }
}

function isPromise(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
