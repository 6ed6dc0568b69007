/**
 * The room with commands: an application on the server of the package, whose commands are an
 * exercise's. Names are by descriptor; a client that left is struck off before its number is used again.
 */

import {
  type Application,
  type Client,
  type Members,
  type Message,
  readClientMessage,
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

  *opened(members: Members, client: Client): Generator<Step> {
    yield* say(members, client, { type: 'handshake', content: 'done' });
  }

  *received(members: Members, client: Client, { text }: Message): Generator<Step> {
    const { fd } = client;
    for (const { to, message } of this.#deal(fd, text)) {
      yield { step: 'deal', fd, message: text, reply: JSON.stringify(message) };
      yield* say(members, to === 'everyone' ? null : client, message);
    }
  }

  *left(members: Members, { fd }: Client): Generator<Step> {
    const content = this.#names.get(fd);
    if (content === undefined) return;
    this.#names.delete(fd);
    const user_list = [...this.#names.values()];
    yield* say(members, null, { type: 'logout', content, user_list });
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
function* say(members: Members, client: Client | null, message: ServerMessage): Generator<Step> {
  const text = JSON.stringify(message);
  if (client === null) {
    for (const { to, bytes } of members.broadcastText(text)) {
      yield { step: 'broadcast', to, bytes };
    }
    return;
  }
  const bytes = members.sendText(client, text);
  if (bytes !== null) yield { step: 'broadcast', to: [client.fd], bytes };
}
