/**
 * The state of the cut slider: which stream it is, and where it is cut. All of it is in the address.
 * @module
 */

import { batch, computed, signal } from '@preact/signals';
import { fromHex, joinBytes, toHex } from '../../bytes.js';
import { inspect } from '../../inspect/inspect.js';
import { type FieldNode, unitsWithin } from '../bytes/fields.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { TWO_FRAMES } from '../shared/byte-examples.js';
import { MOST_IN_ADDRESS } from '../shared/hex-parameter.js';
import { addCut, readCuts, tidy, writeCuts } from './cuts.js';
import { CutPlay, type CutServer } from './playing.js';
import { boundariesOf } from './segments.js';

/** Bytes of a stream that are taken; each cut of them can be tried. */
export const MOST_BYTES = MOST_IN_ADDRESS;

/** One page's cut slider. */
export class CutState {
  /** What plays the segments. */
  readonly play = new CutPlay();
  /** Which cut was moved last. */
  readonly chosen = signal(0);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** What each client of the scenario sends. */
  readonly clients = computed(() => {
    const streams = new Map<string, Uint8Array[]>();
    for (const event of this.#session.run.value?.events ?? []) {
      if (event.step !== 'act' || event.bytes.length === 0) continue;
      const parts = streams.get(event.client) ?? [];
      streams.set(event.client, [...parts, event.bytes]);
    }
    return new Map([...streams].map(([client, parts]) => [client, joinBytes(parts)]));
  });

  /** The client whose stream it is; '' for the two messages, or for bytes that were pasted. */
  readonly client = computed(() => this.#session.parameter('client').value);

  /** Whether the bytes were pasted. */
  readonly isOwn = computed(() => this.#session.parameter('stream').value !== '');

  /** What is held against the mirror: the student's server where it is chosen, else the room. */
  readonly server = computed((): CutServer => {
    return this.#session.profile.value === 'mine' ? 'mine' : 'rfc6455';
  });

  /** Plays what there is. */
  playNow(): void {
    void this.play.play(this.bytes.value, this.cuts.value, this.server.value);
  }

  /** Tries every cut. */
  tryEvery(): void {
    void this.play.tryEvery(this.bytes.value, this.server.value);
  }

  /** All of the stream. */
  readonly whole = computed((): Uint8Array => {
    const own = fromHex(this.#session.parameter('stream').value) ?? new Uint8Array(0);
    return own.length > 0 ? own : (this.clients.value.get(this.client.value) ?? TWO_FRAMES);
  });

  /** As much of it as is taken. */
  readonly bytes = computed(() => this.whole.value.subarray(0, MOST_BYTES));

  /** Where it is cut. */
  readonly cuts = computed(() =>
    tidy(readCuts(this.#session.parameter('cuts').value) ?? [], this.bytes.value.length),
  );

  /** The offsets at which frames and requests end. */
  readonly boundaries = computed(() => boundariesOf(this.bytes.value));

  /** Its fields at the top, in order: they cover it. */
  readonly fields = computed((): readonly FieldNode[] => {
    const bytes = this.bytes.value;
    const all = { start: 0, end: bytes.length };
    return unitsWithin(inspect(bytes, { role: 'client', language: language.value }), all).flatMap(
      ({ fields }) => fields,
    );
  });

  /** Cuts it elsewhere. */
  set(cuts: readonly number[]): void {
    this.#session.parameter('cuts').value = writeCuts(cuts);
  }

  /** Adds a cut, and chooses it. */
  add(at?: number): void {
    const cuts = addCut(this.cuts.value, this.bytes.value.length, at);
    const index = cuts.findIndex((cut, i) => cut !== this.cuts.value[i]);
    batch(() => {
      if (index >= 0) this.chosen.value = index;
      this.set(cuts);
    });
  }

  /** Takes the stream of a client; '' for the two messages. It is cut where frames end. */
  takeClient(client: string): void {
    this.#take('', client);
  }

  /** Takes other bytes. */
  takeBytes(bytes: Uint8Array): void {
    this.#take(toHex(bytes.subarray(0, MOST_BYTES)), '');
  }

  #take(stream: string, client: string): void {
    batch(() => {
      this.#session.parameter('stream').value = stream;
      this.#session.parameter('client').value = client;
      this.set(this.boundaries.value);
      this.chosen.value = 0;
    });
  }
}

const states = new WeakMap<Session, CutState>();

/** The cut slider of a page; it outlives the view. */
export function cutStateOf(session: Session): CutState {
  let state = states.get(session);
  if (state === undefined) {
    state = new CutState(session);
    states.set(session, state);
  }
  return state;
}
