/**
 * The room with commands: an application on the server of the package, whose commands are an
 * exercise's. Names are by descriptor; a client that left is struck off before its number is used again.
 */

import {
  type Application,
  type Client,
  Message,
  Opcode,
  readClientMessage,
  type Server,
  type ServerMessage,
  type Step,
} from 'loopscope';
import type { Answer } from './exercise.js';

/** What an exercise writes. */
export type Command = (names: Map<number, string>, fd: number, content: string) => Answer[] | null;

/** A room for `new Server(net, room)`. */
export class NickRoom implements Application {
  readonly #names = new Map<number, string>();
  readonly #command: Command;

  constructor(command: Command) {
    this.#command = command;
  }

  *opened(server: Server, client: Client): Generator<Step> {
    yield* say(server, client, { type: 'handshake', content: 'done' });
  }

  *received(server: Server, client: Client, { text }: Message): Generator<Step> {
    const { fd } = client;
    for (const { to, message } of this.#deal(fd, text)) {
      yield { step: 'deal', fd, message: text, reply: JSON.stringify(message) };
      yield* say(server, to === 'everyone' ? null : client, message);
    }
  }

  *left(server: Server, { fd }: Client): Generator<Step> {
    const content = this.#names.get(fd);
    if (content === undefined) return;
    this.#names.delete(fd);
    const user_list = [...this.#names.values()];
    yield* say(server, null, { type: 'logout', content, user_list });
  }

  #deal(fd: number, text: string): Answer[] {
    const said = readClientMessage(text);
    if (typeof said === 'string') return [toSender(said)];
    const { type, content } = said;
    if (type === 'login') {
      this.#names.set(fd, content);
      const user_list = [...this.#names.values()];
      return [{ to: 'everyone', message: { type, content, user_list } }];
    }
    const from = this.#names.get(fd);
    if (from === undefined) return [toSender('log in first')];
    const answers = this.#command(this.#names, fd, content);
    return answers ?? [{ to: 'everyone', message: { type, from, content } }];
  }
}

function toSender(content: string): Answer {
  return { to: 'sender', message: { type: 'system', content } };
}

/** @param client null for everyone */
function* say(server: Server, client: Client | null, message: ServerMessage): Generator<Step> {
  const sent = new Message(Opcode.text, new TextEncoder().encode(JSON.stringify(message)));
  if (client === null) {
    for (const { to, bytes } of server.broadcastMessage(sent))
      yield { step: 'broadcast', to, bytes };
    return;
  }
  const bytes = server.sendMessage(client, sent);
  if (bytes !== null) yield { step: 'broadcast', to: [client.fd], bytes };
}
