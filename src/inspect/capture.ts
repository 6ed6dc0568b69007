/**
 * The packets of a capture file: classic pcap and pcapng, of either byte order, in one piece or in
 * any. Takes what is whole and says what is not. Knows nothing of what is in a packet; the order is
 * the file's.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { failing } from '../texts/errors.js';
import { CaptureError, type FileForm, type Packet, type Part } from './capture-form.js';
import { classicForm, classicOrder, FILE_HEADER } from './pcap.js';
import { SECTION, SectionForm, sectionOrder } from './pcapng.js';
import { type InspectionSay, wordsIn } from './words.js';

export { CaptureError, type Packet } from './capture-form.js';

/** What a capture file holds. */
export interface Capture {
  /** The packets that are whole in the file. */
  readonly packets: readonly Packet[];
  /** What could not be read, one sentence each, without its full stop. */
  readonly notes: readonly string[];
}

/** Tells whether a file begins as a capture does; 12 bytes are enough to say. */
export function isCapture(file: Uint8Array): boolean {
  if (file.length < 4) return false;
  const view = viewOf(file);
  if (view.getUint32(0) !== SECTION) return classicOrder(view) !== null;
  return file.length >= 12 && sectionOrder(view, 0) !== null;
}

/** Reads a capture as it comes, and keeps no more than the record under way. */
export class CaptureReader {
  readonly #say: InspectionSay;
  #form: FileForm | null = null;
  /** What came and is not read, from an offset on; and how much there must be until it can be. */
  #left: Uint8Array[] = [];
  #have = 0;
  #base = 0;
  #needs = FILE_HEADER;
  #hasStopped = false;

  /** @param say the voice of the notes */
  constructor(say: InspectionSay = wordsIn()) {
    this.#say = say;
  }

  /**
   * Takes the next bytes of the file.
   *
   * @param bytes kept while a packet of them is: packets are views
   * @throws CaptureError when nothing of it can be read: no capture, or an unknown version
   */
  *push(bytes: Uint8Array): Generator<Packet> {
    if (this.#hasStopped) return;
    this.#left.push(bytes);
    this.#have += bytes.length;
    if (this.#have < this.#needs) return;
    const part = this.#part();
    let at = 0;
    if (this.#form === null) {
      if (!isCapture(part.bytes)) throw failing(CaptureError, 'capture.none');
      const isClassic = part.view.getUint32(0) !== SECTION;
      this.#form = isClassic ? classicForm(part, this.#say) : new SectionForm(this.#say);
      at = isClassic ? FILE_HEADER : 0;
    }
    for (;;) {
      const record = this.#form.next(part, at);
      if (record === 'stop') {
        this.#hasStopped = true;
        return;
      }
      if (typeof record === 'number') {
        this.#left = [part.bytes.slice(at)];
        this.#have = part.bytes.length - at;
        this.#base = part.base + at;
        this.#needs = record;
        return;
      }
      if (record.packet !== undefined) yield record.packet;
      at = record.end;
    }
  }

  /**
   * Ends the file.
   *
   * @returns what could not be read, one sentence each, without its full stop
   * @throws CaptureError when it ended in front of its first record
   */
  end(): readonly string[] {
    const part = this.#part();
    if (this.#form === null) {
      const { length } = part.bytes;
      if (!isCapture(part.bytes)) throw failing(CaptureError, 'capture.none');
      if (part.view.getUint32(0) !== SECTION)
        throw failing(CaptureError, 'capture.cut', { length });
      this.#form = new SectionForm(this.#say);
    }
    if (!this.#hasStopped) this.#form.cut(part);
    return this.#form.notes;
  }

  #part(): Part {
    const bytes = this.#left.length === 1 ? (this.#left[0] as Uint8Array) : joinBytes(this.#left);
    return { bytes, view: viewOf(bytes), base: this.#base };
  }
}

/**
 * Reads a whole capture file.
 *
 * @param file kept: the packets are views of it
 * @param say the voice of the notes
 * @throws CaptureError when nothing of it can be read: no capture, or an unknown version
 */
export function readCapture(file: Uint8Array, say: InspectionSay = wordsIn()): Capture {
  const reader = new CaptureReader(say);
  const packets = [...reader.push(file)];
  return { packets, notes: reader.end() };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
