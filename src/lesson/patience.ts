/**
 * Says when a check has gone on for too long. What counts is what its process has done since the last
 * step: the processor time that it has used, and how often it had nothing to do. On a slow machine
 * both take longer by the clock, and nobody is accused.
 * @module
 */

import { ALIVE_MS, type Told } from './told.js';
import type { TroubleKind } from './trouble-kind.js';

/** Processor time for starting Node, and for loading the files; and idle time, as a thread does that. */
const LOADING_MS = 20_000;

/** Processor time for a whole check; and idle time, as a program that sleeps in each step has no end either. */
const WHOLE_MS = 60_000;

/** How often {@link Patience.tick} is to be called, in milliseconds. */
export const TICK_MS = 1000;

/** After so many ticks without a step, one does not wait on: whoever sits there does not either. */
export const MOST_TICKS = 60;

/** What it has come to: to be stopped, and why. Null as long as it may go on. */
type Impatience = Extract<TroubleKind, 'busy' | 'waits' | 'slow' | 'start'> | null;

/** The patience with one check. */
export class Patience {
  readonly #limitMs: number;
  #isLoaded = false;
  #wasHeard = false;
  /** The processor time that it had used when it was first heard of after the last step. */
  #usedBeforeMs: number | null = null;
  #idle = 0;
  #idleInAll = 0;
  #ticks = 0;

  /** @param limitMs processor time that one step may take; idle, it may wait as long */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** Takes what the process tells. */
  hear(told: Told): Impatience {
    const limitMs = this.#isLoaded ? this.#limitMs : LOADING_MS;
    this.#wasHeard = true;
    switch (told.type) {
      case 'loaded':
        this.#isLoaded = true;
        this.#goesOn();
        return null;
      case 'step':
        this.#goesOn();
        return null;
      case 'used': {
        this.#usedBeforeMs ??= told.cpuMs;
        const usedMs = told.cpuMs - this.#usedBeforeMs;
        return usedMs > limitMs || told.cpuMs > WHOLE_MS ? 'busy' : null;
      }
      case 'idle':
        this.#idle++;
        this.#idleInAll++;
        if (this.#idleInAll * ALIVE_MS >= WHOLE_MS) return 'waits';
        return this.#idle * ALIVE_MS >= limitMs ? 'waits' : null;
      case 'verdict':
      case 'trouble':
        return null;
      default:
        return told satisfies never;
    }
  }

  /** Some time has passed. While all is stopped, this computer included, there are no ticks. */
  tick(): Impatience {
    this.#ticks++;
    if (this.#ticks < MOST_TICKS) return null;
    return this.#wasHeard ? 'slow' : 'start';
  }

  #goesOn(): void {
    this.#usedBeforeMs = null;
    this.#idle = 0;
    this.#ticks = 0;
  }
}
