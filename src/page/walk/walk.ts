/**
 * A walk through a trace as signals: where it stands, and whether it plays. Views are drawn from
 * it; any view may have one of its own.
 * @module
 */

import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { TraceEvent } from '../../trace/event.js';
import { Stepper } from '../../trace/stepper.js';
import { emptyView, type View } from '../../trace/view.js';
import { nextOf } from './next.js';

/** What was looked for and does not come again. */
export interface Missed {
  /** What it is, for a person. */
  readonly what: string;
  /** The first time that it came, a position; null for never. */
  readonly first: number | null;
}

/** Who comes back so late was away, and is not shown all that it has missed. */
const AWAY_MS = 2_000;

/** A walk. Position 1 is the first step: before it there is nothing to see. */
export class Walk {
  readonly #events = signal<readonly TraceEvent[]>([]);
  readonly #view = signal<View>(emptyView());
  readonly #isPlaying = signal(false);
  /** What the stepper walks through; it may grow at its end. */
  #list: TraceEvent[] = [];
  #stepper = new Stepper(this.#list);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the next step is due while it plays, by `performance.now()`. */
  #due = 0;

  /** The trace. */
  readonly events: ReadonlySignal<readonly TraceEvent[]> = this.#events;
  /** What is seen at the present step. */
  readonly view: ReadonlySignal<View> = this.#view;
  /** The present step, from 1; 0 where there is none. */
  readonly position = computed(() => this.#view.value.position);
  /** The present step itself; null where there is none. */
  readonly event = computed(() => this.#view.value.event);
  /** Whether it goes on by itself. */
  readonly isPlaying: ReadonlySignal<boolean> = this.#isPlaying;
  /** Steps a second. */
  readonly speed = signal(2);
  /** What was looked for last, where it does not come again; null as soon as the walk moves. */
  readonly missed = signal<Missed | null>(null);
  /** The positions at which a turn begins. */
  readonly turns = computed(() =>
    this.#events.value.flatMap((event, i) => (event.step === 'select' ? [i + 1] : [])),
  );

  /** Walks through another trace, from a position. @returns whether it has this position */
  load(events: readonly TraceEvent[], position = 1): boolean {
    this.pause();
    this.#list = [...events];
    this.#stepper = new Stepper(this.#list);
    const found = this.#stepper.seek(Math.max(1, position));
    batch(() => {
      this.#events.value = events;
      this.#view.value = this.#stepper.view;
      this.missed.value = null;
    });
    return found;
  }

  /** More steps were taken: whoever stands at the end goes with them. */
  append(events: readonly TraceEvent[]): void {
    const isAtEnd = this.position.peek() === this.#list.length;
    this.#list.push(...events);
    if (isAtEnd) this.#stepper.end();
    batch(() => {
      this.#events.value = [...this.#list];
      this.#view.value = this.#stepper.view;
    });
  }

  /** Goes to a step. @returns false where there is none of this number: then to the nearest */
  seek(position: number): boolean {
    const found = this.#stepper.seek(Math.max(1, position));
    batch(() => {
      this.#view.value = this.#stepper.view;
      this.missed.value = null;
    });
    return found && position >= 1;
  }

  /**
   * Goes to the next step of a kind. Behind the last it stays, and `missed` says so.
   *
   * @param what the kind, for a person
   */
  toNext(isIt: (event: TraceEvent) => boolean, what: string): void {
    this.pause();
    const { next, first } = nextOf(this.#events.peek(), this.position.peek(), isIt);
    if (next === null) this.missed.value = { what, first };
    else this.seek(next);
  }

  /** One step on. */
  next(): boolean {
    return this.seek(this.position.peek() + 1);
  }

  /** One step back. */
  back(): boolean {
    return this.seek(this.position.peek() - 1);
  }

  /** To the first step. */
  home(): void {
    this.seek(1);
  }

  /** To the last step. */
  end(): void {
    this.seek(this.#events.peek().length);
  }

  /** To the select that begins the next turn; to the end behind the last. */
  nextTurn(): void {
    const position = this.position.peek();
    this.seek(this.turns.peek().find((turn) => turn > position) ?? this.#events.peek().length);
  }

  /** Goes on by itself until the end; from the end it begins again. */
  play(): void {
    if (this.position.peek() >= this.#events.peek().length) this.home();
    this.#isPlaying.value = true;
    this.#due = performance.now();
    this.#wait();
  }

  /** Stands still. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#isPlaying.value = false;
  }

  /** Plays, or pauses. */
  toggle(): void {
    if (this.#isPlaying.peek()) this.pause();
    else this.play();
  }

  /** The time of a step is that of the clock: where drawing takes longer, steps in between are not drawn. */
  #wait(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    const stepMs = 1_000 / this.speed.peek();
    if (now - this.#due > AWAY_MS) this.#due = now;
    this.#due += stepMs;
    this.#timer = setTimeout(
      () => {
        const late = Math.min(AWAY_MS, performance.now() - this.#due);
        const more = Math.max(0, Math.floor(late / stepMs));
        this.#due += more * stepMs;
        if (this.seek(this.position.peek() + 1 + more)) this.#wait();
        else this.pause();
      },
      Math.max(0, this.#due - now),
    );
  }
}
