/**
 * The beginning of a direction, kept while the rest passes: what the PHP original would read is told
 * of it alone.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Role } from '../websocket/frame.js';
import type { InspectedFrame } from './frame.js';
import { handshakeAt } from './handshake.js';
import { EXPLAINED, type HandshakeInspection, type OriginalRead } from './inspection.js';
import type { InspectOptions, Told } from './inspection-stream.js';
import { meaningsIn } from './meanings.js';
import { originalReads } from './original.js';

/** Keeps as much as is explained. */
export class Beginning {
  readonly #handshakes: HandshakeInspection[] = [];
  readonly #frames: InspectedFrame[] = [];
  readonly #pieces: Uint8Array[] = [];
  #length = 0;
  #restAt: number | null = null;

  /** Takes what an `InspectionStream` tells. */
  take(told: Told): void {
    if (told.kind === 'rest') this.#restAt = told.rest.offset;
    if (this.#length >= EXPLAINED) return;
    if (told.kind === 'frame') this.#frames.push(told.frame);
    if (told.kind === 'handshake') this.#handshakes.push(told.handshake);
    this.#pieces.push(told.bytes);
    const isPart = told.kind === 'frame' && told.bytes.length < told.frame.length;
    this.#length = isPart ? EXPLAINED : this.#length + told.bytes.length;
  }

  /**
   * What the original would make of it, where it is a client's.
   *
   * @param from who sent it
   */
  original(from: Role, options: InspectOptions): OriginalRead[] {
    const [handshakes, frames] = [this.#handshakes, this.#frames];
    if (handshakes.some(({ direction }) => direction === 'server')) return [];
    const input = joinBytes(this.#pieces);
    if (from === 'server' && handshakeAt(input, 0) !== 'request') return [];
    const { meanings = meaningsIn(options.language), arrivals = [] } = options;
    const bytes = { input, handshakes, frames, restAt: this.#restAt, arrivals, meanings };
    return originalReads(bytes).filter(({ recv }) => recv.offset < EXPLAINED);
  }
}
