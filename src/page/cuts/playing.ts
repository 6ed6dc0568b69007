/**
 * Plays the segments of a stream against two servers, while the cuts are being moved: one play at
 * a time, and of those that wait only the last.
 * @module
 */

import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { describeError } from '../../texts/errors.js';
import { language } from '../language.js';
import { isOfNow, type PlayedRun } from '../mine/playing.js';
import type { ServerName } from '../mine/servers.js';
import { segmentsOf } from './cuts.js';
import { type CutMap, mapCuts } from './every-cut.js';
import { playSegments, playWhole, type StreamOutcome } from './segments.js';

/** What is held against the mirror. */
export type CutServer = Exclude<ServerName, 'original'>;

/** What was played. */
export interface Played {
  /** The stream. */
  readonly bytes: Uint8Array;
  /** Its cuts. */
  readonly cuts: readonly number[];
  /** The first server: the room, or the student's own. */
  readonly server: CutServer;
  /** What it did. */
  readonly first: StreamOutcome;
  /** What the mirror did. */
  readonly mirror: StreamOutcome;
}

/** What came of trying every cut. */
export interface TriedCuts {
  /** The stream. */
  readonly bytes: Uint8Array;
  readonly server: CutServer;
  /** Its cuts. */
  readonly first: CutMap;
  /** The mirror's. */
  readonly mirror: CutMap;
}

/** A player. */
export class CutPlay {
  readonly #played = signal<Played | null>(null);
  readonly #tried = signal<TriedCuts | null>(null);
  readonly #isTrying = signal(false);
  readonly #problem = signal<string | null>(null);
  #wanted: Pick<Played, 'bytes' | 'cuts' | 'server'> | null = null;
  #playing: Promise<void> | null = null;
  #bytes: Uint8Array | null = null;
  #wholes = new Map<ServerName, PlayedRun>();

  /** The last that was played; null at the beginning. */
  readonly played: ReadonlySignal<Played | null> = this.#played;
  /** What came of the last trial of every cut; null where there was none. */
  readonly tried: ReadonlySignal<TriedCuts | null> = this.#tried;
  /** Whether every cut is being tried. */
  readonly isTrying: ReadonlySignal<boolean> = this.#isTrying;
  /** Why it could not be played; null where it could. */
  readonly problem: ReadonlySignal<string | null> = this.#problem;

  /** Plays these segments, after those that are being played. @returns when nothing waits */
  play(bytes: Uint8Array, cuts: readonly number[], server: CutServer): Promise<void> {
    this.#wanted = { bytes, cuts, server };
    this.#playing ??= this.#playAll();
    return this.#playing;
  }

  /** Tries every cut of a stream against both. */
  async tryEvery(bytes: Uint8Array, server: CutServer): Promise<void> {
    if (this.#isTrying.peek()) return;
    this.#isTrying.value = true;
    try {
      const first = await mapCuts(bytes, await this.#whole(bytes, server));
      const mirror = await mapCuts(bytes, await this.#whole(bytes, 'original'));
      this.#tried.value = { bytes, server, first, mirror };
    } catch (error) {
      this.#problem.value = describeError(error, language.value);
    } finally {
      this.#isTrying.value = false;
    }
  }

  async #playAll(): Promise<void> {
    for (let wanted = this.#wanted; wanted !== null; wanted = this.#wanted) {
      this.#wanted = null;
      const { bytes, cuts, server } = wanted;
      const segments = segmentsOf(bytes, cuts);
      try {
        const first = await playSegments(segments, await this.#whole(bytes, server));
        const mirror = await playSegments(segments, await this.#whole(bytes, 'original'));
        batch(() => {
          this.#played.value = { bytes, cuts, server, first, mirror };
          this.#problem.value = null;
        });
      } catch (error) {
        this.#problem.value = describeError(error, language.value);
      }
    }
    this.#playing = null; // at once: who comes now must not wait for a play that is over
  }

  /** The run with one segment a frame is the same for all cuts of a stream, as long as its server is. */
  async #whole(bytes: Uint8Array, server: ServerName): Promise<PlayedRun> {
    if (bytes !== this.#bytes) this.#wholes = new Map();
    this.#bytes = bytes;
    const known = this.#wholes.get(server);
    if (known !== undefined && isOfNow(known)) return known;
    if (known !== undefined) this.#tried.value = null; // what a student wrote has changed
    const run = await playWhole(bytes, server);
    if (bytes === this.#bytes) this.#wholes.set(server, run);
    return run;
  }
}
