/**
 * Bytes that a person edits, and the way back. Every change makes new bytes, so that what was read
 * from the old ones still holds for them.
 * @module
 */

import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';

/** One byte that was changed. */
interface Change {
  offset: number;
  before: number;
  after: number;
}

/** So many changes can be undone. */
const MOST_CHANGES = 1_000;

/** An editor of bytes; their number stays. */
export class ByteEditor {
  readonly #bytes = signal<Uint8Array>(new Uint8Array(0));
  readonly #past = signal<readonly Change[]>([]);
  readonly #future = signal<readonly Change[]>([]);

  /** The bytes; not to be changed. */
  readonly bytes: ReadonlySignal<Uint8Array> = this.#bytes;
  /** Whether there is a change to undo. */
  readonly canUndo = computed(() => this.#past.value.length > 0);
  /** Whether there is one to do again. */
  readonly canRedo = computed(() => this.#future.value.length > 0);

  /** Begins with other bytes; what was done to the old ones is forgotten. */
  load(bytes: Uint8Array): void {
    batch(() => {
      this.#bytes.value = bytes;
      this.#past.value = [];
      this.#future.value = [];
    });
  }

  /** Writes a byte. @returns false where there is none at this offset */
  set(offset: number, value: number): boolean {
    const before = this.#bytes.peek()[offset];
    if (before === undefined || value < 0 || value > 0xff) return false;
    if (before === value) return true;
    batch(() => {
      this.#past.value = [...this.#past.peek(), { offset, before, after: value }].slice(
        -MOST_CHANGES,
      );
      this.#future.value = [];
      this.#write(offset, value);
    });
    return true;
  }

  /** Turns a bit round. @param bit 7 for the first of the byte, 0 for the last */
  flip(offset: number, bit: number): boolean {
    const value = this.#bytes.peek()[offset];
    return value !== undefined && this.set(offset, value ^ (1 << bit));
  }

  /** Takes the last change back. @returns where it was; null for none */
  undo(): number | null {
    const change = this.#past.peek().at(-1);
    if (change === undefined) return null;
    batch(() => {
      this.#past.value = this.#past.peek().slice(0, -1);
      this.#future.value = [...this.#future.peek(), change];
      this.#write(change.offset, change.before);
    });
    return change.offset;
  }

  /** Makes a change again that was taken back. @returns where it was; null for none */
  redo(): number | null {
    const change = this.#future.peek().at(-1);
    if (change === undefined) return null;
    batch(() => {
      this.#future.value = this.#future.peek().slice(0, -1);
      this.#past.value = [...this.#past.peek(), change];
      this.#write(change.offset, change.after);
    });
    return change.offset;
  }

  #write(offset: number, value: number): void {
    const bytes = this.#bytes.peek().slice();
    bytes[offset] = value;
    this.#bytes.value = bytes;
  }
}
