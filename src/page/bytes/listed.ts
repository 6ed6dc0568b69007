/**
 * The list beside the dump: what of all streams is seen in it, what is looked for, and the ways from
 * one entry, problem or match to the next.
 * @module
 */

import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Listing, Matches } from '../../inspect/listing.js';
import type { HarMessage, NamedStream } from '../../inspect/named-streams.js';
import { countIn, type Wanted, wantedHex } from '../../inspect/search.js';
import type { Role } from '../../websocket/frame.js';

/** What the list can be narrowed to. */
export const KINDS = [
  'handshake',
  'text',
  'binary',
  'continuation',
  'close',
  'ping',
  'pong',
  'reserved',
] as const;

/** How one looks for something. */
export type SearchIn = 'text' | 'hex';

/** Where one looks now, and how to look elsewhere. */
export interface Looking {
  readonly listing: ReadonlySignal<Listing>;
  /** The streams of it; none where the bytes are typed. */
  readonly streams: ReadonlySignal<readonly NamedStream[]>;
  /** The stream that is read. */
  readonly stream: ReadonlySignal<number>;
  /** The byte that is looked at. */
  readonly at: ReadonlySignal<number>;
  /** Looks at a byte of a stream. */
  readonly lookIn: (stream: number, at: number) => void;
}

/** A message of a HAR: there are no bytes of frames to go to. */
export interface ListedMessage {
  /** Which stream it is of. */
  readonly stream: number;
  /** From 1, in its stream. */
  readonly number: number;
  readonly message: HarMessage;
  /** That in front of it. */
  readonly before: HarMessage | null;
}

/** The list's state. */
export class ListState {
  /** One of {@link KINDS}; '' for all. */
  readonly kind = signal('');
  /** Who sent it; '' for both. */
  readonly direction = signal<Role | ''>('');
  /** Whether only what is wrong is seen. */
  readonly problems = signal(false);
  /** What is looked for, as it is typed; '' for nothing. */
  readonly search = signal('');
  /** Where it is looked for. */
  readonly searchIn = signal<SearchIn>('text');
  readonly #looking: Looking;

  constructor(looking: Looking) {
    this.#looking = looking;
  }

  /** What is looked for; null for nothing, and for what is no hex where hex is asked for. */
  readonly wanted = computed((): Wanted | null => {
    const text = this.search.value;
    if (text === '') return null;
    if (this.searchIn.value === 'text') return { text };
    const hex = wantedHex(text);
    return hex === null ? null : { hex };
  });

  /** Where it is; null where nothing is looked for. */
  readonly matches = computed((): Matches | null => {
    const { value: wanted } = this.wanted;
    return wanted === null ? null : this.#looking.listing.value.find(wanted);
  });

  /** The messages of all streams that are from a HAR. */
  readonly messages = computed((): readonly ListedMessage[] =>
    this.#looking.streams.value.flatMap(({ messages = [] }, stream) =>
      messages.map((message, i) => {
        return { stream, number: i + 1, message, before: messages[i - 1] ?? null };
      }),
    ),
  );

  /** How many times each of them holds what is looked for; null where nothing is. */
  readonly #counts = computed(() => {
    const { value: wanted } = this.wanted;
    return wanted && this.messages.value.map(({ message }) => countIn(message, wanted));
  });

  /** Those that are seen. No rule can be seen broken in one. */
  readonly shownMessages = computed((): readonly ListedMessage[] => {
    if (this.problems.value) return [];
    const [counts, kind, from] = [this.#counts.value, this.kind.value, this.direction.value];
    return this.messages.value.filter(
      ({ message: { opcodeName, direction } }, i) =>
        counts?.[i] !== 0 && opcodeName.startsWith(kind) && (from === '' || direction === from),
    );
  });

  /** How often what is looked for was found, in bytes and in messages; null where nothing is looked for. */
  readonly found = computed(() => {
    const { value: matches } = this.matches;
    if (matches === null) return null;
    const n = (this.#counts.value ?? []).reduce((sum, one) => sum + one, matches.places.length);
    return { n, isCut: matches.isCut };
  });

  /** The numbers of the entries that are seen. */
  readonly shown = computed(
    (): Uint32Array =>
      this.#looking.listing.value.filtered({
        kind: this.kind.value || null,
        direction: this.direction.value || null,
        problems: this.problems.value,
        matches: this.matches.value,
      }),
  );

  /** How many problems there are in all. */
  readonly wrong = computed(() => {
    const all = { kind: null, direction: null, problems: true, matches: null };
    return this.#looking.listing.value.filtered(all).length;
  });

  /** The number of the entry that is looked at. */
  readonly present = computed(() => {
    const { listing, stream, at } = this.#looking;
    return listing.value.numberAt(stream.value, at.value);
  });

  /** The row of the entry that is looked at; where it is not seen, that in front of it; -1 for none. */
  readonly row = computed(() => countUpTo(this.shown.value, this.present.value) - 1);

  /** Whether the entry that is looked at is seen. */
  readonly isSeen = computed(() => this.shown.value[this.row.value] === this.present.value);

  /** Shows all. */
  clear(): void {
    batch(() => {
      this.kind.value = '';
      this.direction.value = '';
      this.problems.value = false;
      this.search.value = '';
    });
  }

  /** Goes to a row. */
  goToRow(row: number): void {
    const number = this.shown.peek()[row];
    if (number !== undefined) this.#goTo(number);
  }

  /** Goes to the next row, or the one before. */
  step(by: 1 | -1): void {
    const row = this.row.peek();
    this.goToRow(by === -1 && !this.isSeen.peek() ? row : row + by);
  }

  /** Goes to the next problem of all that there are, or the one before. @returns whether there is one */
  stepProblem(by: 1 | -1): boolean {
    const { value: listing } = this.#looking.listing;
    for (let n = this.present.peek() + by; n >= 0 && n < listing.length; n += by) {
      if (!listing.isProblem(n)) continue;
      this.#goTo(n);
      return true;
    }
    return false;
  }

  /** Goes to the next match, or the one before. @returns whether there is one */
  stepMatch(by: 1 | -1): boolean {
    const { stream, at, lookIn } = this.#looking;
    const places = this.matches.peek()?.places ?? [];
    const isBehind = (place: { stream: number; offset: number }): boolean =>
      place.stream === stream.peek() ? place.offset > at.peek() : place.stream > stream.peek();
    const next = places.findIndex(isBehind);
    const behind = next === -1 ? places.length : next;
    const isAt = ({ stream: one, offset }: { stream: number; offset: number }): boolean =>
      one === stream.peek() && offset === at.peek();
    const before = places[behind - 1];
    const to = by === 1 ? behind : before !== undefined && isAt(before) ? behind - 2 : behind - 1;
    const place = places[to];
    if (place === undefined) return false;
    lookIn(place.stream, place.offset);
    return true;
  }

  /** Goes to the match at the byte that is looked at, or the next behind it, or else the first of all. */
  firstMatch(): void {
    const { stream, at, lookIn } = this.#looking;
    const places = this.matches.peek()?.places ?? [];
    const isFrom = (place: { stream: number; offset: number }): boolean =>
      place.stream === stream.peek() ? place.offset >= at.peek() : place.stream > stream.peek();
    const place = places.find(isFrom) ?? places[0];
    if (place !== undefined) lookIn(place.stream, place.offset);
  }

  #goTo(number: number): void {
    const { stream, offset } = this.#looking.listing.peek().entry(number);
    this.#looking.lookIn(stream, offset);
  }
}

/** The offset that a person wrote, in decimal or as 0x1f; null for what is none. */
export function offsetIn(text: string): number | null {
  const bare = text.trim().replace(/[ ,_]/g, '');
  if (!/^(?:0x[0-9a-f]{1,12}|\d{1,12})$/i.test(bare)) return null;
  return Number(bare);
}

/** How many of some numbers, which are in order, are not above a number. */
function countUpTo(numbers: Uint32Array, number: number): number {
  let from = 0;
  let to = numbers.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] as number) <= number) from = middle + 1;
    else to = middle;
  }
  return from;
}
