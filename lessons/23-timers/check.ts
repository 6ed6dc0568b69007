import { Random } from 'loopscope';
import { type Check, type Checker, openRig } from 'loopscope/lesson';
import type { Timer } from './exercise.js';
import { FIRST, inOrder, Loop, nothing, type Plan } from './turns.js';

type Exercise = typeof import('./exercise.js');

/** A heap that is the exercise's, and beside it what has to be in it. */
class Heap {
  readonly timers: Timer[] = [];
  readonly left: Timer[] = [];
  readonly #exercise: Exercise;
  readonly #t: Checker;
  #n = 0;

  constructor(exercise: Exercise, t: Checker) {
    this.#exercise = exercise;
    this.#t = t;
  }

  push(due: number, run = nothing): void {
    const timer = { due, n: ++this.#n, run };
    this.#t.step('step.push', { due, n: timer.n });
    this.#exercise.push(this.timers, timer);
    this.left.push(timer);
    this.#checkFirst('wrong.push');
  }

  pop(): void {
    const [first] = inOrder(this.left);
    this.#t.step('step.pop', { count: this.left.length });
    const got = this.#exercise.pop(this.timers);
    if (first === undefined) {
      this.#t.equal(got, undefined, 'wrong.empty');
      return;
    }
    this.left.splice(this.left.indexOf(first), 1);
    this.#t.expect(this.timers.length === this.left.length, 'wrong.kept', {
      length: this.timers.length,
      count: this.left.length,
    });
    if (got !== first) this.#failFirst('wrong.pop', got, first);
    this.#checkFirst('wrong.pop');
  }

  #checkFirst(why: string): void {
    const [first] = inOrder(this.left);
    if (this.timers[0] !== first && first !== undefined)
      this.#failFirst(why, this.timers[0], first);
  }

  #failFirst(why: string, got: Timer | undefined, first: Timer): never {
    const isEqual = got !== undefined && got.due === first.due;
    this.#t.fail(isEqual ? 'wrong.equals' : why, {
      due: first.due,
      n: first.n,
      got: got === undefined ? '-' : got.due,
      gotN: got?.n ?? '-',
    });
  }
}

/** Puts in and takes out, by a seed. */
function checkHeap(exercise: Exercise, t: Checker): void {
  for (let seed = 1; seed <= 20; seed++) {
    const random = new Random(23, seed);
    const heap = new Heap(exercise, t);
    for (const due of seed === 1 ? [30, 10, 20, 0, 10] : []) heap.push(due);
    for (let i = 0; i < 40; i++) {
      if (random.below(3) > 0) heap.push(5 * random.below(seed === 2 ? 3 : 20));
      else heap.pop();
    }
    while (heap.left.length > 0) heap.pop();
    heap.pop();
  }
}

/** Timers in the heap whose cost is counted. */
const MANY = 1_000;
/** Places that may be read or written for one of them; ten levels, and a few looks at each. */
const MOST_PLACES = 150;

/** What one timer costs among many: places of the list that are read or written. */
function checkWork({ push, pop }: Exercise, t: Checker): void {
  const many = Array.from({ length: MANY }, (_, i) => ({ due: i + 1, n: i + 1, run: nothing }));
  let places = 0;
  const count = (key: string | symbol): void => {
    if (typeof key === 'string' && /^\d+$/.test(key)) places++;
  };
  const heap = new Proxy<Timer[]>([...many], {
    get(list, key) {
      count(key);
      return Reflect.get(list, key);
    },
    set(list, key, value) {
      count(key);
      return Reflect.set(list, key, value);
    },
  });
  for (const [call, act] of [
    ['push', () => push(heap, { due: 0, n: MANY + 1, run: nothing })],
    ['pop', () => pop(heap)],
  ] as const) {
    t.step(`step.${call}-many`, { count: MANY });
    places = 0;
    act();
    t.expect(places <= MOST_PLACES, 'wrong.work', { places, count: MANY });
  }
}

async function checkLoop(exercise: Exercise, t: Checker): Promise<void> {
  for (let seed = 0; seed <= 10; seed++) {
    const random = new Random(23, seed);
    const some = (count: number): unknown[] => Array.from({ length: count });
    const plan: Plan =
      seed === 0
        ? FIRST
        : {
            due: some(12).map(() => 5 * random.below(20)),
            lines: some(4).map((_, i) => ({ at: 10 + 20 * i, works: random.below(25) })),
          };
    const rig = await openRig(t);
    await new Loop(exercise, t, rig, await rig.joins('Ada')).run(plan);
  }
}

export default (async (exercise, t) => {
  checkHeap(exercise, t);
  checkWork(exercise, t);
  await checkLoop(exercise, t);
}) satisfies Check<Exercise>;
