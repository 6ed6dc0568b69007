/**
 * The desk as this page knows it: the whole of it comes each time something has changed, to every desk
 * alike, so that two of them show the same. What is asked for is seen in what comes next.
 * @module
 */

import { signal } from '@preact/signals';
import type { Command, Desk } from '../../class/desk.js';
import { bearer } from '../live/state.js';
import { served } from '../shared/served.js';

/** How the desk stands to the server. */
export type DeskLink = 'asking' | 'open' | 'away' | 'refused';

/** A server that is gone is asked again after so many milliseconds. */
const AGAIN_MS = 2_000;

/** The desk. */
export class DeskState {
  /** What is shown; null before the first has come. */
  readonly desk = signal<Desk | null>(null);
  /** How it stands. */
  readonly link = signal<DeskLink>('asking');
  /** Whether something was asked for, and is not answered yet. */
  readonly isAsking = signal(false);
  #token = '';
  #source: EventSource | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** Begins to watch. @returns what ends it */
  open(token: string): () => void {
    this.#token = token;
    this.link.value = 'asking';
    this.#watch();
    return () => {
      clearTimeout(this.#again);
      this.#source?.close();
    };
  }

  /** Asks for something. One that came too late changes nothing: another desk was faster. */
  async ask(command: Command): Promise<void> {
    if (this.link.value !== 'open' || this.isAsking.value) return;
    this.isAsking.value = true;
    const status = await this.#post(JSON.stringify(command));
    this.isAsking.value = false;
    if (status === 403) this.#refuse();
  }

  /** @returns the status; null where nobody answers */
  async #post(body: string): Promise<number | null> {
    try {
      const { status } = await fetch('class/control', {
        method: 'POST',
        headers: { Authorization: bearer(this.#token) },
        body,
      });
      return status;
    } catch {
      return null;
    }
  }

  #watch(): void {
    const source = new EventSource(`class/events?token=${encodeURIComponent(this.#token)}`);
    this.#source = source;
    source.addEventListener('desk', ({ data }) => {
      this.desk.value = JSON.parse(data) as Desk;
      this.link.value = 'open';
    });
    source.addEventListener('end', () => this.#later());
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) void this.#whyNot();
      else this.link.value = 'away'; // the browser tries again by itself
    });
  }

  /** A stream that was answered with an error does not say with which. */
  async #whyNot(): Promise<void> {
    if ((await this.#post('')) === 403) this.#refuse();
    else this.#later();
  }

  #later(): void {
    this.#source?.close();
    this.link.value = 'away';
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      void served(true);
      this.#watch();
    }, AGAIN_MS);
  }

  #refuse(): void {
    this.#source?.close();
    clearTimeout(this.#again);
    this.link.value = 'refused';
  }
}
