/**
 * Plays the segments of a stream against both servers, while the cuts are being moved: one play at
 * a time, and of those that wait only the last.
 * @module
 */

import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Profile, SimulatedRun } from '../../scenario/simulate.js';
import { describeError } from '../../texts/errors.js';
import { language } from '../language.js';
import { segmentsOf } from './cuts.js';
import { type CutMap, mapCuts } from './every-cut.js';
import { playSegments, playWhole, type StreamOutcome } from './segments.js';

/** What was played. */
export interface Played {
  /** The stream. */
  readonly bytes: Uint8Array;
  /** Its cuts. */
  readonly cuts: readonly number[];
  /** What the room did. */
  readonly room: StreamOutcome;
  /** What the mirror did. */
  readonly mirror: StreamOutcome;
}

/** What came of trying every cut. */
export interface TriedCuts {
  /** The stream. */
  readonly bytes: Uint8Array;
  /** The room's cuts. */
  readonly room: CutMap;
  /** The mirror's. */
  readonly mirror: CutMap;
}

/** A player. */
export class CutPlay {
  readonly #played = signal<Played | null>(null);
  readonly #tried = signal<TriedCuts | null>(null);
  readonly #isTrying = signal(false);
  readonly #problem = signal<string | null>(null);
  #wanted: Pick<Played, 'bytes' | 'cuts'> | null = null;
  #playing: Promise<void> | null = null;
  #bytes: Uint8Array | null = null;
  #wholes = new Map<Profile, Promise<SimulatedRun>>();

  /** The last that was played; null at the beginning. */
  readonly played: ReadonlySignal<Played | null> = this.#played;
  /** What came of the last trial of every cut; null where there was none. */
  readonly tried: ReadonlySignal<TriedCuts | null> = this.#tried;
  /** Whether every cut is being tried. */
  readonly isTrying: ReadonlySignal<boolean> = this.#isTrying;
  /** Why it could not be played; null where it could. */
  readonly problem: ReadonlySignal<string | null> = this.#problem;

  /** Plays these segments, after those that are being played. @returns when nothing waits */
  play(bytes: Uint8Array, cuts: readonly number[]): Promise<void> {
    this.#wanted = { bytes, cuts };
    this.#playing ??= this.#playAll();
    return this.#playing;
  }

  /** Tries every cut of a stream against both. */
  async tryEvery(bytes: Uint8Array): Promise<void> {
    if (this.#isTrying.peek()) return;
    this.#isTrying.value = true;
    try {
      const room = await mapCuts(bytes, await this.#whole(bytes, 'rfc6455'));
      const mirror = await mapCuts(bytes, await this.#whole(bytes, 'original'));
      this.#tried.value = { bytes, room, mirror };
    } catch (error) {
      this.#problem.value = describeError(error, language.value);
    } finally {
      this.#isTrying.value = false;
    }
  }

  async #playAll(): Promise<void> {
    for (let wanted = this.#wanted; wanted !== null; wanted = this.#wanted) {
      this.#wanted = null;
      const { bytes, cuts } = wanted;
      const segments = segmentsOf(bytes, cuts);
      try {
        const room = await playSegments(segments, await this.#whole(bytes, 'rfc6455'));
        const mirror = await playSegments(segments, await this.#whole(bytes, 'original'));
        batch(() => {
          this.#played.value = { bytes, cuts, room, mirror };
          this.#problem.value = null;
        });
      } catch (error) {
        this.#problem.value = describeError(error, language.value);
      }
    }
    this.#playing = null; // at once: who comes now must not wait for a play that is over
  }

  /** The run with one segment a frame is the same for all cuts of a stream. */
  #whole(bytes: Uint8Array, profile: Profile): Promise<SimulatedRun> {
    if (bytes !== this.#bytes) this.#wholes = new Map();
    this.#bytes = bytes;
    const found = this.#wholes.get(profile) ?? playWhole(bytes, profile);
    this.#wholes.set(profile, found);
    return found;
  }
}
