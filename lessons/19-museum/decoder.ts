/**
 * The museum's reader of frames: it asks the one parser for the fields, and makes text of a payload
 * piece by piece, as the bytes come. The two steps in which a cut can do harm are methods of their
 * own, so that an exhibit can be wrong in one of them.
 */

import { type Ask, mask, newStream, Opcode, type PayloadAsk, parseFrame } from 'loopscope';

/** A frame that is whole. */
export interface Read {
  opcode: number;
  /** The payload as text; for a control frame only `payload` counts. */
  text: string;
  payload: Uint8Array;
}

/** Takes a stream in any pieces. */
export class Decoder {
  /** What broke the protocol; nothing is read behind it. */
  problem: string | null = null;
  protected readonly characters = new TextDecoder();
  readonly #stream = newStream('client', { maxMessageLength: 65_536 });
  #parser = parseFrame(this.#stream);
  #ask: Ask = this.#firstAsk();
  #value = 0;
  #have = 0;
  #opcode = 0;
  #pieces: number[] = [];
  #text = '';

  /** @returns the frames that are whole now */
  *feed(bytes: Uint8Array): Generator<Read> {
    let at = 0;
    while (this.problem === null && at < bytes.length) {
      const piece = bytes.slice(at, at + this.#ask.length - this.#have);
      at += piece.length;
      if (this.#ask.ask === 'payload') this.#takePayload(piece, this.#ask);
      else for (const byte of piece) this.#value = this.#value * 256 + byte;
      if (this.#ask.ask === 'fin-rsv-opcode') this.#opcode = this.#value & 0b0000_1111;
      this.#have += piece.length;
      if (this.#have === this.#ask.length) yield* this.#resume();
    }
  }

  /** Takes the mask off a piece, in place. @param offset where in the payload the piece begins */
  protected unmask(piece: Uint8Array, maskingKey: number, offset: number): void {
    mask(piece, maskingKey, offset);
  }

  /** Makes text of a piece. A character whose end is still to come is kept until then. */
  protected textOf(piece: Uint8Array): string {
    return this.characters.decode(piece, { stream: true });
  }

  #takePayload(piece: Uint8Array, { header }: PayloadAsk): void {
    this.unmask(piece, header.maskingKey ?? 0, this.#have);
    this.#pieces.push(...piece);
    if (header.opcode < Opcode.close) this.#text += this.textOf(piece);
  }

  *#resume(): Generator<Read> {
    const result = this.#parser.next(this.#value);
    this.#value = 0;
    this.#have = 0;
    if (result.done !== true) {
      if ('ask' in result.value) this.#ask = result.value;
      else this.problem = result.value.message;
      return;
    }
    const payload = Uint8Array.from(this.#pieces);
    const read = { opcode: this.#opcode, text: this.#text, payload };
    this.#pieces = [];
    this.#text = '';
    this.#parser = parseFrame(this.#stream);
    this.#ask = this.#firstAsk();
    yield read;
  }

  #firstAsk(): Ask {
    const { value } = this.#parser.next(0);
    if (value === undefined || !('ask' in value))
      throw new Error('bug: a frame begins with an ask');
    return value;
  }
}
