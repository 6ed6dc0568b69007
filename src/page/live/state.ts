/**
 * A real server that is stepped through: its steps as they come, and the controls for the page that
 * has the token. Every page has its own place in the walk; only the server itself has one for all.
 * @module
 */

import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { StepName, TraceEvent } from '../../trace/event.js';
import type { TraceMaker } from '../../trace/maker.js';
import { parseEvent } from '../../trace/ndjson.js';
import { madeHere, type Session } from '../session.js';
import { keepInTab, recallInTab } from '../shared/keep.js';
import { type Served, served } from '../shared/served.js';
import { Walk } from '../walk/walk.js';

/** How this page stands to the server. */
export type Link = 'asking' | 'none' | 'open' | 'lost' | 'ended';

/** What the server does. */
export interface LiveStatus {
  /** Whether it stands still behind its last step. */
  holds: boolean;
  /** Whether it was let go without a place to stand still at. */
  free: boolean;
  /** How many pages watch without the controls. */
  readers: number;
  /** Of a program that is watched, its loops by now. */
  loops?: readonly { readonly loop: number; readonly pid: number }[];
}

/** What the controls can ask for. */
export type Command =
  | { do: 'next' | 'turn' | 'run' | 'stop' }
  | { do: 'to'; step: StepName }
  | { do: 'client'; fd: number };

/** Where a tab keeps its token, so that it survives a reload and is not in the address for all to see. */
const KEPT = 'token';

/** A server that is gone is asked again after so many milliseconds. */
const AGAIN_MS = 2_000;

/** Steps are shown together that come within a frame. */
const GATHER_MS = 16;

/** The server, as this page knows it. */
export class Live {
  /** The steps so far. */
  readonly walk = new Walk();
  /** How this page stands to it. */
  readonly link = signal<Link>('asking');
  /** What it says of itself. */
  readonly about = signal<Served | null>(null);
  /** What it does. */
  readonly status = signal<LiveStatus>({ holds: false, free: false, readers: 0 });
  /** How many of its first steps were not kept for this page. */
  readonly missing = signal(0);
  /** Whether the server has refused the token. */
  readonly isRefused = signal(false);
  /** Which loop is shown of a program that is watched, from 1. */
  readonly loop = signal(1);
  /** Whether it is asked for step after step. */
  readonly isPlaying = signal(false);
  /** Whether this page has the controls. */
  readonly hasControls = computed(() => this.#token.value !== '' && this.#isAccepted.value);

  /** The token of the controls; '' for none. */
  readonly token: ReadonlySignal<string> = computed(() => this.#token.value);

  readonly #token = signal(recallInTab(KEPT));
  /** Whether the server has said that it knows the token. */
  readonly #isAccepted = signal(false);
  #again: ReturnType<typeof setTimeout> | undefined;
  #source: EventSource | null = null;
  #run = '';
  #pending: TraceEvent[] = [];
  #gather: ReturnType<typeof setTimeout> | undefined;
  #next: ReturnType<typeof setTimeout> | undefined;

  /** Shows another loop of the program that is watched. */
  chooseLoop(loop: number): void {
    this.loop.value = loop;
    this.#source?.close();
    this.#watch();
  }

  /** What makes the trace. */
  get maker(): TraceMaker {
    const { profile = 'rfc6455', watched = null } = this.about.peek() ?? {};
    const made = { ...madeHere(profile), clock: 'real' } as const;
    if (watched === null) return made;
    return { ...made, program: watched, profile: watched, recorder: 'watch' };
  }

  /** Begins to watch. @returns what ends it */
  open(): () => void {
    let isClosed = false;
    void served().then((about) => {
      if (isClosed) return;
      this.about.value = about;
      if (about?.live) this.#watch();
      else this.link.value = 'none';
    });
    return () => {
      isClosed = true;
      this.#close();
      this.link.value = 'asking';
    };
  }

  /** Takes the controls: the token was in the address, or a ticket that is good for it once. */
  take(token: string): void {
    if (token.startsWith('once-')) void this.#exchange(token);
    else this.#keep(token);
  }

  async #exchange(ticket: string): Promise<void> {
    const headers = { Authorization: bearer(ticket) };
    try {
      const answer = await fetch('control', { method: 'POST', headers });
      if (answer.ok) this.#keep(await answer.text());
      else this.isRefused.value = true;
    } catch {
      this.link.value = 'lost';
    }
  }

  #keep(token: string): void {
    keepInTab(KEPT, token);
    this.#token.value = token;
    this.isRefused.value = false;
    if (this.#source === null) return;
    this.#source.close(); // it was opened without
    this.#watch();
  }

  /** Asks the server for something. What comes of it is seen in its steps. */
  async ask(command: Command): Promise<void> {
    if (this.#token.value === '' || this.link.value !== 'open') return;
    try {
      const { status } = await fetch('control', {
        method: 'POST',
        headers: { Authorization: bearer(this.#token.value) },
        body: JSON.stringify(command),
      });
      if (status === 403) this.#giveUp();
    } catch {
      this.link.value = 'lost'; // the stream finds its way back, or says that it cannot
    }
  }

  /** One step on: of what is known, or else of the server. */
  next(): void {
    if (this.walk.next()) return;
    void this.ask({ do: 'next' });
  }

  /** Goes on to where the server is, and asks it for something. */
  goOn(command: Command): void {
    this.pause();
    this.walk.end();
    void this.ask(command);
  }

  /** The next turn: of what is known, or else of the server. */
  nextTurn(): void {
    const { position, turns } = this.walk;
    if (turns.value.some((turn) => turn > position.value)) this.walk.nextTurn();
    else this.goOn({ do: 'turn' });
  }

  /** Asks for step after step, or stops that; without the controls it plays what is known. */
  toggle(): void {
    if (!this.hasControls.value) {
      this.walk.toggle();
      return;
    }
    this.isPlaying.value = !this.isPlaying.value;
    if (this.isPlaying.value) this.walk.end();
    this.#play();
  }

  /** Asks no more by itself. */
  pause(): void {
    this.walk.pause();
    this.isPlaying.value = false;
    this.#play();
  }

  #watch(): void {
    clearTimeout(this.#again);
    const token = this.#token.value; // it has a seat of its own; an EventSource sends no fields
    const query = new URLSearchParams({
      ...(token !== '' && { token }),
      ...(this.loop.peek() > 1 && { loop: String(this.loop.peek()) }),
    });
    const source = new EventSource(query.size === 0 ? 'events' : `events?${query}`);
    this.#source = source;
    source.addEventListener('begin', ({ data }) => this.#begin(data));
    source.addEventListener('message', ({ data }) => this.#take(data));
    source.addEventListener('status', ({ data }) => {
      this.#flush();
      this.status.value = JSON.parse(data) as LiveStatus;
      this.#play();
    });
    source.addEventListener('end', () => {
      this.#close();
      this.link.value = 'ended';
      this.#watchLater();
    });
    source.addEventListener('error', () => {
      if (this.link.value !== 'ended') this.link.value = 'lost'; // who was told of the end knows why
      this.pause();
      // the browser tries again by itself, but not where the server answers with an error
      if (source.readyState !== EventSource.CLOSED) return;
      this.#close();
      this.#watchLater();
    });
  }

  #watchLater(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#watch(), AGAIN_MS);
  }

  /** The stream begins, or goes on where it was broken off. */
  #begin(data: string): void {
    const { run, from, holder } = JSON.parse(data) as {
      run: string;
      from: number;
      holder: boolean;
    };
    this.#flush();
    this.#isAccepted.value = holder;
    if (!holder && this.#token.value !== '') this.#giveUp();
    if (this.#run !== '' && run !== this.#run) void this.#askAnew();
    const known = this.missing.value + this.walk.events.value.length;
    batch(() => {
      this.link.value = 'open';
      if (run === this.#run && from === known) return;
      this.#run = run;
      this.missing.value = from;
      this.walk.load([]);
    });
  }

  /** A server that was started again may be another. */
  async #askAnew(): Promise<void> {
    this.about.value = await served(true);
  }

  #take(data: string): void {
    this.#pending.push(parseEvent(data, this.#pending.length + 1));
    this.#gather ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  #flush(): void {
    clearTimeout(this.#gather);
    this.#gather = undefined;
    if (this.#pending.length === 0) return;
    this.walk.append(this.#pending);
    this.#pending = [];
    this.#play();
  }

  #play(): void {
    clearTimeout(this.#next);
    if (!this.isPlaying.value || !this.status.value.holds) return;
    this.#next = setTimeout(() => void this.ask({ do: 'next' }), 1_000 / this.walk.speed.value);
  }

  #giveUp(): void {
    this.pause();
    keepInTab(KEPT, '');
    this.#token.value = '';
    this.isRefused.value = true;
  }

  #close(): void {
    clearTimeout(this.#again);
    this.#flush();
    this.pause();
    this.#source?.close();
    this.#source = null;
  }
}

const lives = new WeakMap<Session, Live>();

/** The server of a page. */
export function liveOf(session: Session): Live {
  let live = lives.get(session);
  if (live === undefined) {
    live = new Live();
    lives.set(session, live);
  }
  return live;
}

/** As RFC 6750 has it. */
export function bearer(token: string): string {
  return ['Bearer', token].join(' ');
}
