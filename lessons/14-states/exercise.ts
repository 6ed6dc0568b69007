/**
 * Lesson 14: what to do with the bytes of one recv depends on how far their client is.
 *
 * The loop is given: it calls `receive` for each recv, and `hearers` whenever something is said.
 */

import type { Connection, ServerHandshake } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What the server knows of one client. */
export interface Client {
  /**
   * How far it is; you change it.
   * - `handshaking`: its request is not whole yet. Every client begins so.
   * - `open`: it was answered with 101, so its bytes are frames.
   * - `closing`: nothing that it sends counts. The loop closes it when its last bytes are out.
   */
  state: 'handshaking' | 'open' | 'closing';
  /** Takes the request, in any pieces: `feed(bytes)` gives the answer, or null while it waits. */
  readonly handshake: ServerHandshake;
  /** Takes frames, in any pieces: `receive(bytes)` gives what they amount to, one by one. */
  readonly connection: Connection;
}

/** What you can do. */
export interface Do {
  /** Sends bytes to the client whose bytes these are. */
  send(bytes: Uint8Array): void;
  /** Says a text to everyone in `hearers`: the broadcast of lesson 13. */
  say(text: string): void;
}

/**
 * Takes the bytes of one recv.
 *
 * - An answer of the handshake has `status` (101, or why it is refused) and `bytes`, which go to the
 *   client; one of 101 has `rest` too: what came behind the request. It may be empty.
 * - What `connection.receive` gives has `kind`: frame, close or problem. Its `reply` goes to the client
 *   if it is not null. The `message` of a frame is said (`message.text`) if it is not null. Behind a
 *   close or a problem the client is closing; so is one that is refused.
 */
export function receive(client: Client, bytes: Uint8Array, { send, say }: Do): void {
  todo(`do what is due in ${client.state} (${bytes.length} bytes, ${send.name}, ${say.name})`);
}

/** Who hears what is said, in the order of the table. */
export function hearers(clients: readonly Client[]): Client[] {
  return todo(`choose among ${clients.length} clients`);
}
