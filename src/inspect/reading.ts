/**
 * Numbers out of a packet, which may be cut in front of any of them.
 * @module
 */

/** Thrown and caught within the reading of a packet: it was cut in front of what is asked for. */
export class Cut extends Error {}

/** A packet, or what was joined of several, being read. */
export class Reading {
  readonly bytes: Uint8Array;
  /** The bytes that it had on the wire; more than are here when the capture cut it. */
  readonly length: number;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, length = bytes.length) {
    this.bytes = bytes;
    this.length = length;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** @throws Cut behind the last byte that is here */
  u8(at: number): number {
    if (at + 1 > this.bytes.length) throw new Cut();
    return this.#view.getUint8(at);
  }

  /** @throws Cut */
  u16(at: number): number {
    if (at + 2 > this.bytes.length) throw new Cut();
    return this.#view.getUint16(at);
  }

  /** @throws Cut */
  u32(at: number): number {
    if (at + 4 > this.bytes.length) throw new Cut();
    return this.#view.getUint32(at);
  }
}
