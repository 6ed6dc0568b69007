/**
 * A client of the partly mended mirror: what it sends becomes the pieces that the mirror is to read. A
 * mend that is not asked for leaves the bytes to the mirror as they are, mistake and all.
 *
 * What should have been lost is never handed on; what should have ended the connection is handed on as
 * its end. A message that should not have been understood becomes one that the mirror does not
 * understand either.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { SocketError } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import { room } from '../texts/room.en.js';
import { decodeClose } from '../websocket/closing.js';
import { encodeFrame, Opcode } from '../websocket/frame.js';
import type { ProblemCode, ProtocolError } from '../websocket/problem.js';
import { type Header, headerAt, type Member, type Mends, SHORTEST } from './mended-facts.js';
import { BEGINNING, closeFrame, maskedText, NONSENSE, problemOf } from './mended-frame.js';
import { messageMend } from './mended-message.js';
import { mendRequest } from './mended-request.js';
import { unmask } from './original.js';
import type { PhpValue } from './php-values.js';

/** What the original's recv takes, in bytes. */
export const RECV_LENGTH = 2_048;

const NO_BYTES = new Uint8Array(0);

/** Which mend goes by which rule of the protocol. */
const RULES: Partial<Record<ProblemCode, string>> = {
  'reserved-bits': 'D11',
  'reserved-opcode': 'D11',
  'unmasked-client-frame': 'D12',
  'length-not-shortest': 'D13',
};

/** One client. */
export class MendedClient implements Member {
  /** The mirror has answered its request. */
  isGreeted = false;
  isOpen = false;
  /** The mirror has read its end, or what counts as one, and has it in its table no more. */
  hasLeft = false;
  isNamed = false;
  name: PhpValue = '';
  login = 0;
  /** What is to go out and has not. */
  readonly unsent = new Outbox();
  /** What is to go out in front of our FIN. */
  lastWords: Uint8Array = NO_BYTES;
  /** What is to go out to this one alone, past the mirror. */
  readonly replies: Uint8Array[] = [];
  readonly #mends: Mends;
  readonly #pieces: (Uint8Array | SocketError)[] = [];
  /** What has come of a request or a frame that is not whole. */
  #kept: Uint8Array = NO_BYTES;
  /** What has come behind the request. */
  #behind: Uint8Array = NO_BYTES;
  /** Payloads of a message that goes on; null where none has begun. */
  #fragments: Uint8Array[] | null = null;
  #isOver = false;
  /** Our Close went out, and its own has not come: nothing else is said or heard any more. */
  isClosing = false;
  /** Its request was refused: it never was a client. */
  isRefused = false;

  constructor(mends: Mends) {
    this.#mends = mends;
  }

  /** Whether there is something for the mirror to read. */
  get hasPieces(): boolean {
    return this.#pieces.length > 0;
  }

  /** The next piece for the mirror: bytes of one recv, none for the end, or what recv threw. */
  next(): Uint8Array | SocketError | undefined {
    const piece = this.#pieces.shift();
    if (!(piece instanceof Uint8Array)) this.hasLeft ||= piece !== undefined;
    else if (piece.length < SHORTEST) this.hasLeft = true;
    return piece;
  }

  /** The connection was reset. */
  broken(error: SocketError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#pieces.push(error);
  }

  /** Takes what one recv gave: bytes, or none for the peer's FIN. */
  take(bytes: Uint8Array): void {
    if (this.#isOver) return;
    if (bytes.length === 0) {
      this.#end();
      return;
    }
    const data = joinBytes([this.#kept, bytes]);
    this.#kept = NO_BYTES;
    if (this.isGreeted) this.#takeFrames(data);
    else this.#takeRequest(data);
  }

  #end(lastWords: Uint8Array = NO_BYTES): void {
    this.#isOver = true;
    this.lastWords = lastWords;
    this.#pieces.push(NO_BYTES);
  }

  #fail({ closeCode, message }: ProtocolError): void {
    this.#end(closeFrame(closeCode, message));
  }

  #takeRequest(data: Uint8Array): void {
    const request = mendRequest(data, this.#mends);
    if (request === 'not-whole') {
      this.#kept = data;
      return;
    }
    if ('refusal' in request) {
      this.isRefused = true;
      this.#end(request.refusal);
      return;
    }
    this.isGreeted = request.piece.length >= SHORTEST;
    this.#isOver = !this.isGreeted;
    this.#pieces.push(request.piece);
    this.#behind = request.behind;
  }

  /** The mirror has answered the request: what came behind it is next. */
  goOn(): void {
    const behind = this.#behind;
    this.#behind = NO_BYTES;
    if (this.isOpen && behind.length > 0 && !this.#isOver) this.#takeFrames(behind);
  }

  #takeFrames(data: Uint8Array): void {
    for (let rest = data; rest.length > 0 && !this.#isOver; ) {
      if (this.#isBroken(rest)) return;
      const header = headerAt(rest);
      if (header === null || header.total > rest.length) {
        const isLong = header !== null && header.total > RECV_LENGTH;
        if (this.#mends.has(isLong ? 'D05' : 'D04')) this.#kept = rest;
        else this.#text(rest, true);
        return;
      }
      const first = rest.subarray(0, header.total);
      const isAlone = first.length === data.length;
      const isCut = this.#mends.has('D03') || this.#mends.has('D13');
      if (isAlone || isCut) this.#frame(first, header, isAlone);
      else this.#text(rest, true);
      rest = this.#mends.has('D03') ? rest.subarray(header.total) : NO_BYTES;
    }
  }

  /** Fails the connection where the next frame breaks a rule that is minded. */
  #isBroken(bytes: Uint8Array): boolean {
    const problem = problemOf(bytes.subarray(0, headerAt(bytes)?.total));
    if (problem === null || !this.#mends.has(RULES[problem.code] ?? '')) return false;
    this.#fail(problem);
    return true;
  }

  /** One whole frame. @param isAlone it was all that came: the original counts what came, not the frame */
  #frame(bytes: Uint8Array, header: Header, isAlone: boolean): void {
    if (this.isClosing && header.opcode !== Opcode.close) return;
    const payload = unmask(bytes);
    switch (header.opcode) {
      case Opcode.close:
        this.#close(bytes, payload);
        return;
      case Opcode.ping:
      case Opcode.pong:
        if (!this.#mends.has('D06')) break;
        if (header.opcode === Opcode.ping) this.replies.push(encodeFrame(Opcode.pong, payload));
        return;
      case Opcode.binary:
        if (!this.#mends.has('D11') || !header.fin) break;
        this.isClosing = true;
        this.replies.push(closeFrame(1003, room['close.binary']));
        return;
      case Opcode.text:
      case Opcode.continuation:
        if (this.#mends.has('D07')) {
          this.#fragment(bytes, payload, header, isAlone);
          return;
        }
    }
    this.#text(bytes, isAlone);
  }

  /** A Close frame: to the mirror it is a logout when it is short, and chat when it is not. */
  #close(bytes: Uint8Array, payload: Uint8Array): void {
    if (bytes.length >= SHORTEST && !this.#mends.has('D30') && !this.isClosing) {
      this.#text(bytes, true);
      return;
    }
    const problem = problemOf(bytes);
    if (!this.#mends.has('D02') || this.isClosing) this.#end();
    else if (problem !== null) this.#fail(problem);
    else this.#end(closeFrame(decodeClose(payload).code));
  }

  #fragment(
    bytes: Uint8Array,
    payload: Uint8Array,
    { fin, opcode }: Header,
    isAlone: boolean,
  ): void {
    const isFirst = opcode === Opcode.text;
    const begun = this.#fragments === null ? NO_BYTES : BEGINNING;
    const problem = problemOf(joinBytes([begun, bytes]));
    if (problem?.section === '5.4') {
      this.#fail(problem);
      return;
    }
    if (isFirst && fin) {
      this.#text(bytes, isAlone);
      return;
    }
    const all = [...(this.#fragments ?? []), payload];
    this.#fragments = fin ? null : all;
    if (fin) this.#text(maskedText(joinBytes(all)), false);
  }

  /** What the mirror is to read as a message, whatever it is. @param isAlone it is all that came */
  #text(bytes: Uint8Array, isAlone: boolean): void {
    if (this.isClosing) return;
    const isShort = bytes.length < SHORTEST;
    if (isShort && isAlone && !this.#mends.has('D01')) {
      this.#isOver = true; // a logout
      this.#pieces.push(bytes);
      return;
    }
    const problem = this.#mends.has('D36') ? problemOf(bytes) : null;
    if (problem?.code === 'bad-utf8') {
      this.#fail(problem);
      return;
    }
    const mend = messageMend(unmask(bytes), this, this.#mends);
    if (mend === 'as-it-is' && !isShort) this.#pieces.push(bytes);
    else if (mend === 'as-it-is' || mend === 'nonsense') this.#pieces.push(NONSENSE);
    else this.replies.push(mend);
  }
}
