/**
 * The connection of a page to the class's room: the browser's own WebSocket, opened again by itself when
 * it is lost, sooner when the page is looked at again. What is said on it is the business of others.
 * @module
 */

import { signal } from '@preact/signals';
import { type ClassAnswer, type ClassMessage, readClassAnswer } from '../../class/messages.js';

/** How the page stands to the room: on the way in, in, or between two tries. */
export type LineState = 'joining' | 'in' | 'away';

/** The first try comes after so many milliseconds; each later one after twice as many. */
const FIRST_AGAIN_MS = 500;
const LAST_AGAIN_MS = 8_000;

/** Who has slept so long may have a connection that is dead, and does not know it. */
const SLEPT_MS = 60_000;
/** A connection on which nothing comes for so long, though something was asked, is taken for dead. */
const SILENCE_MS = 10_000;

/** What a line is made of. */
export interface LineOptions {
  /** The room's address. */
  url: string;
  /** What is said first, and when it is asked whether the connection lives. */
  hello: () => ClassMessage;
  /** Told that the room answers: what was left unsaid is said now. */
  onJoined: () => void;
  /** Told what the room says to the class. */
  onAnswer: (answer: ClassAnswer) => void;
  /** Opens a WebSocket. */
  make?: (url: string) => WebSocket;
}

/** The connection. */
export class Line {
  /** How it stands. */
  readonly state = signal<LineState>('joining');
  readonly #options: LineOptions;
  #socket: WebSocket | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #watching = new AbortController();
  #tries = 0;
  #hiddenAt = 0;

  constructor(options: LineOptions) {
    this.#options = options;
    const { signal } = this.#watching;
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    addEventListener('online', () => this.#hurry(), { signal });
    addEventListener('pageshow', () => this.#hurry(), { signal });
    this.#connect();
  }

  /** Hangs up for good. */
  end(): void {
    this.#watching.abort();
    clearTimeout(this.#again);
    this.#drop();
    this.state.value = 'away';
  }

  /** Says something. @returns false when nobody would hear it */
  say(message: ClassMessage): boolean {
    if (this.state.peek() !== 'in') return false;
    this.#socket?.send(JSON.stringify(message));
    return true;
  }

  /** Hangs up, and comes in again. */
  renew(): void {
    this.#drop();
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#again);
    this.#again = undefined;
    const { url, hello, make = (to) => new WebSocket(to) } = this.#options;
    const socket = make(url);
    this.#socket = socket;
    this.state.value = 'joining';
    socket.onopen = () => socket.send(JSON.stringify(hello()));
    socket.onmessage = ({ data }) => {
      clearTimeout(this.#silence);
      const answer = typeof data === 'string' ? readClassAnswer(data) : null;
      if (answer !== null) this.#take(answer);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lost();
    };
  }

  /** The answer to the hello comes first; who has it is in. */
  #take(answer: ClassAnswer): void {
    const isFirst = this.state.value === 'joining' && answer.type === 'class';
    if (isFirst) {
      this.#tries = 0;
      this.state.value = 'in';
    }
    this.#options.onAnswer(answer);
    if (isFirst) this.#options.onJoined();
  }

  #lost(): void {
    this.#drop();
    this.state.value = 'away';
    const most = Math.min(LAST_AGAIN_MS, FIRST_AGAIN_MS * 2 ** this.#tries++);
    // thirty that were lost at once do not come back at once
    this.#again = setTimeout(() => this.#connect(), most * (0.5 + Math.random() / 2));
  }

  #drop(): void {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** A person is there again: nobody waits out a long pause then. */
  #hurry(): void {
    if (this.state.value === 'away') this.#connect();
  }

  #look(): void {
    if (document.visibilityState === 'hidden') {
      this.#hiddenAt = performance.now();
      return;
    }
    this.#hurry();
    if (performance.now() - this.#hiddenAt < SLEPT_MS || !this.say(this.#options.hello())) return;
    this.#silence = setTimeout(() => this.#lost(), SILENCE_MS);
  }
}
