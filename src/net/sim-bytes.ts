/**
 * Bytes in a buffer of a kernel: put in at one end in any pieces, taken out at the other.
 * @module
 */

/** A queue of bytes. */
export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  /** The chunks before this one are taken. */
  #head = 0;
  #length = 0;

  /** Bytes in it. */
  get length(): number {
    return this.#length;
  }

  /** Puts bytes at the end. They are not copied: do not change them afterwards. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** Takes up to `length` bytes, as an array of the caller's own: the sender may still hold its. */
  take(length: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(length, this.#length));
    for (let filled = 0; filled < bytes.length; ) {
      const chunk = this.#chunks[this.#head] as Uint8Array;
      const part =
        chunk.length <= bytes.length - filled ? chunk : chunk.subarray(0, bytes.length - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (part === chunk) this.#head++;
      else this.#chunks[this.#head] = chunk.subarray(part.length);
    }
    this.#length -= bytes.length;
    if (this.#length === 0) this.clear();
    else if (this.#head > 64 && 2 * this.#head > this.#chunks.length) {
      this.#chunks.splice(0, this.#head);
      this.#head = 0;
    }
    return bytes;
  }

  /** Throws everything away. */
  clear(): void {
    this.#chunks.length = 0;
    this.#head = 0;
    this.#length = 0;
  }
}
