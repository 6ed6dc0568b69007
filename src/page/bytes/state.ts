/**
 * The state of the Bytes view: the streams that were opened, the bytes of one of them as a person
 * edits them, how they read, and which byte is looked at. What an address can say is in the session.
 * @module
 */

import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { fromHex, toHex } from '../../bytes.js';
import type { NamedStream, NamedStreams } from '../../inspect/capture-streams.js';
import type { FormName } from '../../inspect/forms.js';
import { type InspectOptions, inspect } from '../../inspect/inspect.js';
import type { Inspection } from '../../inspect/inspection.js';
import type { Listing } from '../../inspect/listing.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { KEPT, MOST_IN_ADDRESS } from '../shared/hex-parameter.js';
import { keepInTab, recallInTab } from '../shared/keep.js';
import { say } from '../texts.js';
import { ByteEditor } from './editor.js';
import { type FieldNode, innermost, nodeById, type Range, unitsWithin } from './fields.js';
import { ListState } from './listed.js';
import { OpenedStreams } from './opened-streams.js';
import { treeRows } from './tree.js';

/** Bytes that are drawn at a time. */
export const WINDOW = 512;

/** Where a tab keeps bytes that are too many for an address, and how many: it has about 5 MB for all. */
const KEPT_BYTES = 'bytes';
/** So many bytes are kept. */
export const MOST_KEPT = 1 << 20;

/** Bytes of hex; none for what is none. */
function bytesOf(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array(0);
}

/** What is known of streams that were opened. */
export interface Opened {
  /** What is to be said about them. */
  readonly notes: readonly string[];
  /** The name of the file; '' where they were pasted. */
  readonly file: string;
  /** The form in which they stood as text, where they did. */
  readonly form?: FormName | undefined;
}

/** One page's Bytes view. */
export class BytesReading {
  /** The bytes. */
  readonly editor = new ByteEditor();
  /** The streams of what was opened; none where the bytes are typed or pasted. */
  readonly streams = signal<readonly NamedStream[]>([]);
  /** Which of them is read. */
  readonly stream = signal(0);
  /** The name of the file that was opened; '' where the bytes are typed or pasted. */
  readonly file = signal('');
  /** What is to be said about what was opened. */
  readonly notes = signal<readonly string[]>([]);
  /** The form in which the bytes stood as text; null where they did not. */
  readonly form = signal<FormName | null>(null);
  /** What the mouse is over: these bytes, and what is of them. */
  readonly hovered = signal<Range | null>(null);
  /** What a person has opened and closed in the tree. */
  readonly turned = signal<ReadonlyMap<string, boolean>>(new Map());
  /** The field that was chosen in the tree; null where a byte was chosen. */
  readonly #picked = signal<string | null>(null);
  readonly #session: Session;
  readonly #opened = new OpenedStreams();
  #written = '';

  constructor(session: Session) {
    this.#session = session;
    const parameter = session.parameter('bytes');
    effect(() => {
      const hex = parameter.value;
      if (hex === this.#written) return;
      this.#written = hex;
      untracked(() => this.#replace(hex === KEPT ? this.#recall() : bytesOf(hex), []));
    });
    effect(() => {
      const { value } = this.editor.bytes;
      if (value.length === 0) return;
      const isLong = value.length > MOST_IN_ADDRESS;
      if (isLong) keepInTab(KEPT_BYTES, value.length > MOST_KEPT ? '' : toHex(value));
      this.#written = isLong ? KEPT : toHex(value);
      parameter.value = this.#written;
    });
  }

  /** What is said of the bytes. */
  readonly inspection = computed((): Inspection => {
    const { value: bytes } = this.editor.bytes;
    const { value: options } = this.options;
    const stream = this.streams.value[this.stream.value];
    if (stream !== undefined && stream.bytes === bytes && stream.options === options) {
      return this.#opened.explained(stream, language.value).inspection;
    }
    return inspect(bytes, { ...options, language: language.value });
  });

  /** All streams, explained; that which is read as it was edited. */
  readonly listing = computed((): Listing => {
    const own = { bytes: this.editor.bytes.value, inspection: this.inspection.value };
    return this.#opened.listing(this.streams.value, this.stream.value, own, language.value);
  });

  /** The list of all that there is to go to. */
  readonly list = new ListState({
    listing: this.listing,
    streams: this.streams,
    stream: this.stream,
    at: computed(() => this.at.value),
    lookIn: (stream, at) => this.lookIn(stream, at),
  });

  /** How they are read. */
  readonly options = computed((): InspectOptions => {
    const role = this.#session.parameter('role').value;
    const known = this.streams.value[this.stream.value]?.options ?? {};
    return role === 'client' || role === 'server' ? { ...known, role } : known;
  });

  /** The byte that is looked at. */
  readonly at = computed(() => {
    const last = Math.max(0, this.editor.bytes.value.length - 1);
    return Math.min(last, Number(this.#session.parameter('at').value));
  });

  /** A number of its own, so that the fields are not made anew wherever one looks. */
  readonly #windowStart = computed(() => Math.floor(this.at.value / WINDOW) * WINDOW);

  /** The bytes that are drawn. */
  readonly window = computed((): Range => {
    const start = this.#windowStart.value;
    return { start, end: Math.min(this.editor.bytes.value.length, start + WINDOW) };
  });

  /** What lies within them. */
  readonly units = computed(() => unitsWithin(this.inspection.value, this.window.value));

  /** The field that is looked at; null where there is none. */
  readonly node = computed((): FieldNode | null => {
    const { value: at } = this.at;
    const picked =
      this.#picked.value === null ? null : nodeById(this.units.value, this.#picked.value);
    if (picked !== null && at >= picked.start && at < picked.end) return picked;
    return innermost(this.units.value, at);
  });

  /** The rows of the tree. */
  readonly rows = computed(() =>
    treeRows(this.units.value, this.turned.value, this.node.value?.id ?? null),
  );

  /** Looks at a byte. */
  look(at: number): void {
    const last = this.editor.bytes.peek().length - 1;
    batch(() => {
      this.#picked.value = null;
      this.#session.parameter('at').value = String(Math.max(0, Math.min(last, at)));
    });
  }

  /** Looks at a byte of a stream. */
  lookIn(stream: number, at: number): void {
    batch(() => {
      if (stream !== this.stream.peek()) this.choose(stream);
      this.look(at);
    });
  }

  /** Looks at a field. */
  pick(node: FieldNode): void {
    batch(() => {
      this.#picked.value = node.id;
      const at = Math.max(node.start, this.window.peek().start);
      this.#session.parameter('at').value = String(at);
    });
  }

  /** Opens or closes a row of the tree. */
  turn(id: string, isOpen: boolean): void {
    this.turned.value = new Map(this.turned.peek()).set(id, isOpen);
  }

  /** Takes the last change back, and looks at it. */
  undo(): void {
    const at = this.editor.undo();
    if (at !== null) this.look(at);
  }

  /** Makes it again. */
  redo(): void {
    const at = this.editor.redo();
    if (at !== null) this.look(at);
  }

  /** Reads other bytes. */
  open(bytes: Uint8Array): void {
    this.#replace(bytes, []);
    this.look(0);
  }

  /** Reads bytes in hex. */
  openHex(hex: string): void {
    this.open(bytesOf(hex));
  }

  /** Reads what was pasted. */
  openPasted({ streams, notes, form }: NamedStreams): void {
    const all = streams.filter(({ bytes }) => bytes.length > 0);
    this.openStreams(all.length === 1 ? [] : all, { notes, file: '', form }, all[0]?.bytes);
  }

  /** Reads the first of some streams. @param bytes where they are no stream of those */
  openStreams(
    streams: readonly NamedStream[],
    { notes, file, form }: Opened,
    bytes = streams[0]?.bytes,
  ): void {
    if (bytes === undefined) return;
    batch(() => {
      this.#replace(bytes, streams);
      this.notes.value = notes;
      this.file.value = file;
      this.form.value = form ?? null;
      this.look(0);
    });
  }

  /** Reads another of the streams; what was done to the bytes of the last is forgotten. */
  choose(index: number): void {
    const stream = this.streams.peek()[index];
    if (stream === undefined) return;
    batch(() => {
      this.stream.value = index;
      this.turned.value = new Map();
      this.editor.load(stream.bytes);
      this.look(0);
    });
  }

  /** What this tab keeps; where it keeps nothing, that is said. */
  #recall(): Uint8Array {
    const bytes = bytesOf(recallInTab(KEPT_BYTES));
    if (bytes.length === 0) this.#session.notices.value = [say('bytes.lost')];
    return bytes;
  }

  #replace(bytes: Uint8Array, streams: readonly NamedStream[]): void {
    batch(() => {
      this.editor.load(bytes);
      this.streams.value = streams;
      this.stream.value = 0;
      this.file.value = '';
      this.form.value = null;
      this.notes.value = [];
      this.turned.value = new Map();
      this.#picked.value = null;
      this.hovered.value = null;
    });
  }
}

const readings = new WeakMap<Session, BytesReading>();

/** The reading of a page: it outlives the view, so that whoever comes back finds the bytes. */
export function readingOf(session: Session): BytesReading {
  let reading = readings.get(session);
  if (reading === undefined) {
    reading = new BytesReading(session);
    readings.set(session, reading);
  }
  return reading;
}
