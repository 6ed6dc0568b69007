/**
 * A walk through a trace as signals: where it stands, and whether it plays. Views are drawn from
 * it; any view may have one of its own.
 * @module
 */

import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { TraceEvent } from '../../trace/event.js';
import { Stepper } from '../../trace/stepper.js';
import { unservedAt } from '../../trace/unserved.js';
import { emptyView, type View } from '../../trace/view.js';

/** A walk. Position 1 is the first step: before it there is nothing to see. */
export class Walk {
  readonly #events = signal<readonly TraceEvent[]>([]);
  readonly #view = signal<View>(emptyView());
  readonly #isPlaying = signal(false);
  /** What the stepper walks through; it may grow at its end. */
  #list: TraceEvent[] = [];
  #stepper = new Stepper(this.#list);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The trace. */
  readonly events: ReadonlySignal<readonly TraceEvent[]> = this.#events;
  /** What is seen at the present step. */
  readonly view: ReadonlySignal<View> = this.#view;
  /** The present step, from 1; 0 where there is none. */
  readonly position = computed(() => this.#view.value.position);
  /** The present step itself; null where there is none. */
  readonly event = computed(() => this.#view.value.event);
  /** Who is ready and waits for its turn. */
  readonly unserved = computed(() => unservedAt(this.#events.value, this.#view.value.position));
  /** Whether it goes on by itself. */
  readonly isPlaying: ReadonlySignal<boolean> = this.#isPlaying;
  /** Steps a second. */
  readonly speed = signal(2);
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
    this.#view.value = this.#stepper.view;
    return found && position >= 1;
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

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.next()) this.#wait();
      else this.pause();
    }, 1_000 / this.speed.peek());
  }
}
