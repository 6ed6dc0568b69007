/**
 * What requests become on their way to a server under a name of its own: a page that connects to the tap
 * says the tap's name, and a server behind a virtual host answers to its own alone. Host and Origin are
 * written anew, and `/` where the server was given with a path; every other byte stays as it is.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { type HttpHead, HttpMessages, requestBody } from '../inspect/http-messages.js';

/** The server as its URL names it. */
export interface ServerName {
  /** Its host, and its port where that is not 443. */
  readonly host: string;
  /** Path and query that stand for `/`; null where it stays. */
  readonly target: string | null;
}

const NOTHING = new Uint8Array(0);

/** Writes the requests of one client anew, as their bytes pass. */
export class RequestRewriter {
  readonly #host: string;
  readonly #target: string | null;
  readonly #requests = new HttpMessages('request', requestBody);
  #isOpen = false;
  /** What was waited with when the WebSocket opened. */
  #held: Uint8Array = NOTHING;

  constructor({ host, target }: ServerName) {
    this.#host = host;
    this.#target = target;
  }

  /** Takes the next bytes of the client. @returns those that go on; a head does once it is whole */
  take(bytes: Uint8Array): Uint8Array {
    if (this.#isOpen) return this.#held.length === 0 ? bytes : joinBytes([this.end(), bytes]);
    const pieces: Uint8Array[] = [];
    for (const piece of this.#requests.feed(bytes)) {
      pieces.push(piece.kind === 'head' ? this.#anew(piece.head) : piece.bytes);
    }
    const [first, ...more] = pieces;
    return first !== undefined && more.length === 0 ? first : joinBytes(pieces);
  }

  /** The WebSocket is open: no request follows. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#held = this.#requests.held;
  }

  /** Nothing follows. @returns what was waited with */
  end(): Uint8Array {
    this.open();
    const held = this.#held;
    this.#held = NOTHING;
    return held;
  }

  /** The same lines, but for those that name the tap. */
  #anew({ bytes }: HttpHead): Uint8Array {
    // one character a byte, so that nothing else is changed
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    const written = text
      .replace(/^(\s*[A-Z]+ )\/(?= )/, (whole, method) =>
        this.#target === null ? whole : method + this.#target,
      )
      .replace(/^(host:[ \t]*)[^\r\n]*/im, (_, name) => name + this.#host)
      .replace(/^(origin:[ \t]*)[^\r\n]*/im, (_, name) => `${name}https://${this.#host}`);
    return Uint8Array.from(written, (character) => character.charCodeAt(0));
  }
}
