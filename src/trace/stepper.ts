/**
 * Walks through a trace, forwards and backwards. Going back is folding a shorter beginning; so
 * that this is quick in a long trace too, views are kept on the way.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { StepName, TraceEvent } from './event.js';
import { copyView, emptyView, foldEvent, type View } from './view.js';

/**
 * A view is kept at every so many events: a seek folds fewer than this, some 0.3 ms. A view that is
 * kept holds on to its sockets: with four times as many of them, a full room's trace took twice as
 * long to its end, most of it for the memory.
 */
const KEEP_EVERY = 4_096;

/** A position in a trace, and the view there. */
export class Stepper {
  readonly #events: readonly TraceEvent[];
  /** Kept views: entry k is the one at position k * KEEP_EVERY. */
  readonly #kept: View[] = [emptyView()];
  #view = emptyView();

  /** @param events a trace; it may grow at its end while it is walked through */
  constructor(events: readonly TraceEvent[]) {
    this.#events = events;
  }

  /** The view at the present position. It is replaced, not changed, by a move. */
  get view(): View {
    return this.#view;
  }

  /** How many events lie behind: 0 is before the first. */
  get position(): number {
    return this.#view.position;
  }

  /** How many events there are. */
  get length(): number {
    return this.#events.length;
  }

  /** One step on. @returns false at the end */
  next(): boolean {
    return this.seek(this.position + 1);
  }

  /** One step back. @returns false at the beginning */
  back(): boolean {
    return this.seek(this.position - 1);
  }

  /** Goes before the first event. */
  home(): boolean {
    return this.seek(0);
  }

  /** Goes behind the last event. */
  end(): boolean {
    return this.seek(this.length);
  }

  /**
   * Goes to a position.
   *
   * @param position a whole number from 0 to `length`; anything else moves to the nearest and gives false
   */
  seek(position: number): boolean {
    const target = Math.min(Math.max(Math.trunc(position) || 0, 0), this.length);
    const view = this.#nearest(target);
    while (view.position < target) {
      const event = this.#events[view.position];
      if (event === undefined) throw new Error('bug: a position without an event');
      foldEvent(view, event);
      if (view.position === this.#kept.length * KEEP_EVERY) this.#kept.push(copyView(view));
    }
    this.#view = view;
    return target === position;
  }

  /** Runs to the next step of a kind. @returns false, without a move, when there is none */
  runTo(step: StepName): boolean {
    return this.find((event) => event.step === step);
  }

  /** Goes to the select that begins a turn, on or back. @returns false, without a move, when there is none */
  runToTurn(turn: number): boolean {
    const index = this.#events.findIndex((event) => event.step === 'select' && event.turn === turn);
    return index !== -1 && this.seek(index + 1);
  }

  /** Runs to the select that begins the next turn. */
  nextTurn(): boolean {
    return this.runTo('select');
  }

  /** Runs to the next step of a client, or of a listener: accept is a step of both. */
  nextOf(fd: Fd): boolean {
    return this.find(
      (event) =>
        ('fd' in event && event.fd === fd) || (event.step === 'accept' && event.listener === fd),
    );
  }

  /** Runs to the next event that fits. @returns false, without a move, when none does */
  find(fits: (event: TraceEvent) => boolean): boolean {
    for (let i = this.position; i < this.length; i++) {
      const event = this.#events[i];
      if (event !== undefined && fits(event)) return this.seek(i + 1);
    }
    return false;
  }

  /** A view at or before a position, free to be folded on: the present one if it lies closest. */
  #nearest(position: number): View {
    const kept = this.#kept[Math.min(Math.floor(position / KEEP_EVERY), this.#kept.length - 1)];
    if (kept === undefined) throw new Error('bug: no view is kept');
    const present = this.#view;
    const closest =
      present.position <= position && present.position > kept.position ? present : kept;
    return copyView(closest);
  }
}
