/**
 * The loop of the check: what it has to run in each turn, held against what the exercise has run.
 * Made for lesson 23.
 */

import { FdSet } from 'loopscope';
import type { Checker, Guest, Rig } from 'loopscope/lesson';
import type { Timer } from './exercise.js';

type Exercise = typeof import('./exercise.js');

const none = new FdSet();
/** What a timer does that is set only to be counted. */
export const nothing = (): void => {};

const isBefore = (a: Timer, b: Timer): boolean => a.due < b.due || (a.due === b.due && a.n < b.n);
/** Timers in the order in which they have to run. */
export const inOrder = (timers: readonly Timer[]): Timer[] =>
  [...timers].sort((a, b) => (isBefore(a, b) ? -1 : 1));
const shown = (ms: number): number => Math.round(ms * 100) / 100;

/** When something is set and said, in milliseconds of the loop. */
export interface Plan {
  /** Timers, in the order of their setting. */
  readonly due: readonly number[];
  /** When Ada says a line, and how long its handler works. */
  readonly lines: readonly { at: number; works: number }[];
}

/** All that may happen: due exactly, overdue, several at once, two at the same time. */
export const FIRST: Plan = {
  due: [30, 10, 20, 10, 60, 22, 24, 20],
  lines: [{ at: 15, works: 20 }],
};

/** A loop whose timers are the exercise's. */
export class Loop {
  readonly #exercise: Exercise;
  readonly #t: Checker;
  readonly #rig: Rig;
  readonly #ada: Guest;
  readonly #start: number;
  readonly #heap: Timer[] = [];
  #left: Timer[] = [];
  #ran: Timer[] = [];
  #n = 0;

  constructor(exercise: Exercise, t: Checker, rig: Rig, ada: Guest) {
    this.#exercise = exercise;
    this.#t = t;
    this.#rig = rig;
    this.#ada = ada;
    this.#start = rig.server.now();
  }

  #now(): number {
    return this.#rig.server.now() - this.#start;
  }

  #set(due: number, run = nothing): void {
    const timer: Timer = {
      due,
      n: ++this.#n,
      run: () => {
        this.#ran.push(timer);
        run();
      },
    };
    this.#left.push(timer);
    this.#exercise.push(this.#heap, timer);
  }

  /** Plays a plan; one timer of 0 sets itself again. */
  async run({ due, lines }: Plan): Promise<void> {
    for (const one of due) this.#set(one);
    const again = (times: number): void => {
      this.#set(this.#now(), () => times > 0 && again(times - 1));
    };
    again(3);
    const works = lines.map((line) => line.works);
    void this.#say(lines);
    const { server } = this.#rig;
    while (this.#left.length > 0) {
      const first = this.#heap[0]?.due ?? 0;
      const { read } = await this.#rig.select(
        new FdSet([this.#ada.at]),
        none,
        Math.max(0, first - this.#now()),
      );
      if (read.length > 0) {
        this.#rig.recv(this.#ada.at);
        await server.select(none, none, none, works.shift() ?? 0);
      }
      this.#runDue();
    }
  }

  #runDue(): void {
    const now = this.#now();
    const due = inOrder(this.#left.filter((timer) => timer.due <= now));
    const list = inOrder(this.#left).map((timer) => shown(timer.due));
    this.#rig.step('step.run', { now: shown(now), turn: this.#rig.turn, due: list.join(', ') });
    this.#ran = [];
    this.#exercise.runDue(this.#heap, now);
    this.#check(due, now);
    this.#left = this.#left.filter((timer) => !due.includes(timer));
    const kept = this.#heap.filter((timer) => due.includes(timer));
    this.#t.expect(kept.length === 0, 'wrong.again', { due: shown(kept[0]?.due ?? 0) });
    const lost = this.#left.find((timer) => !this.#heap.includes(timer));
    if (lost !== undefined) this.#t.fail('wrong.lost', { due: shown(lost.due), now: shown(now) });
  }

  /** What ran, held against what was due. */
  #check(due: readonly Timer[], at: number): void {
    const now = shown(at);
    const early = this.#ran.find((timer) => timer.due > at);
    if (early !== undefined) this.#t.fail('wrong.early', { due: shown(early.due), now });
    const anew = this.#ran.find((timer) => !due.includes(timer));
    if (anew !== undefined) this.#t.fail('wrong.anew', { n: anew.n, now });
    const missed = due.filter((timer) => !this.#ran.includes(timer));
    const [first] = missed;
    if (first !== undefined) {
      const values = { due: shown(first.due), now, count: due.length, ran: this.#ran.length };
      if (this.#ran.length === 1) this.#t.fail('wrong.one', values);
      this.#t.fail(
        missed.every((timer) => timer.due === at) ? 'wrong.just-now' : 'wrong.over',
        values,
      );
    }
    this.#t.expect(this.#ran.length === due.length, 'wrong.twice', { now });
    const names = (timers: readonly Timer[]): string =>
      timers.map((timer) => `${shown(timer.due)} (n ${timer.n})`).join(', ');
    const isInOrder = due.every((timer, i) => this.#ran[i] === timer);
    this.#t.expect(isInOrder, 'wrong.order', { ran: names(this.#ran), due: names(due) });
  }

  async #say(lines: Plan['lines']): Promise<void> {
    const { net } = this.#ada;
    for (const { at } of lines) {
      await net.select(none, none, none, Math.max(0, at - this.#now()));
      this.#ada.says('hi\n');
    }
  }
}
