/**
 * The virtual clock: what will happen, ordered by (time, number), in a binary heap. It knows nothing
 * of networks, and nothing of the real time.
 * @module
 */

/** Virtual time is counted in whole microseconds inside, so that sums are exact. */
export const microsOf = (ms: number): number => Math.round(ms * 1_000);

/** Something that will happen. */
export abstract class SimEvent {
  /** When, in microseconds. */
  at = 0;
  /** Of two events at one time, the lower number comes first: it was scheduled first. */
  number = 0;
  /** Where the heap keeps it; -1 when it is not scheduled. */
  place = -1;
  /** Whether only time has to pass for it: nothing is under way. */
  isTimeout = false;

  /** Happens. @returns whether a program goes on because of it */
  abstract run(): boolean;
}

/** The events to come, and the time of the last that happened. */
export class SimClock {
  /** Microseconds since the world was made. */
  now = 0;
  readonly #heap: SimEvent[] = [];
  readonly #scheduled: () => void;
  #count = 0;
  #underWay = 0;

  /** @param scheduled is called whenever something new will happen */
  constructor(scheduled: () => void = () => {}) {
    this.#scheduled = scheduled;
  }

  /** Events to come that are no time-outs. */
  get underWay(): number {
    return this.#underWay;
  }

  /** The next event; it stays scheduled. */
  get next(): SimEvent | undefined {
    return this.#heap[0];
  }

  /** Puts an event at a time, as the last of those at that time; moves one that is scheduled already. */
  schedule(event: SimEvent, at: number, isTimeout = false): void {
    this.cancel(event);
    event.at = at < this.now ? this.now : at;
    event.number = this.#count++;
    event.isTimeout = isTimeout;
    if (!isTimeout) this.#underWay++;
    this.#rise(event, this.#heap.length);
    this.#scheduled();
  }

  /** Takes an event out; one that is not scheduled is none of its business. */
  cancel(event: SimEvent): void {
    const { place } = event;
    if (place < 0) return;
    event.place = -1;
    if (!event.isTimeout) this.#underWay--;
    const last = this.#heap.pop();
    if (last === undefined || last === event) return;
    this.#rise(last, place);
    this.#sink(last);
  }

  /** Takes the next event out, and sets the time to it. */
  take(): SimEvent | undefined {
    const next = this.#heap[0];
    if (next === undefined) return undefined;
    this.cancel(next);
    this.now = next.at;
    return next;
  }

  /** Moves an event up from a place until its parent is earlier. */
  #rise(event: SimEvent, from: number): void {
    const heap = this.#heap;
    let place = from;
    while (place > 0) {
      const parent = heap[(place - 1) >> 1];
      if (parent === undefined || isEarlier(parent, event)) break;
      heap[place] = parent;
      parent.place = place;
      place = (place - 1) >> 1;
    }
    heap[place] = event;
    event.place = place;
  }

  /** Moves an event down until its children are later. */
  #sink(event: SimEvent): void {
    const heap = this.#heap;
    let place = event.place;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      if (left === undefined) break;
      const child = right !== undefined && isEarlier(right, left) ? right : left;
      if (isEarlier(event, child)) break;
      const below = child.place;
      heap[place] = child;
      child.place = place;
      place = below;
    }
    heap[place] = event;
    event.place = place;
  }
}

function isEarlier(a: SimEvent, b: SimEvent): boolean {
  return a.at < b.at || (a.at === b.at && a.number < b.number);
}
