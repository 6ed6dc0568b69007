/**
 * The chat room: who is logged in, and what is said to whom. It runs on the server of server.ts,
 * which does everything that is not chat.
 * @module
 */

import type { Fd, Net } from '../net/net.js';
import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import type { Step } from '../trace/event.js';
import { CloseCode } from '../websocket/closing.js';
import type { Message } from '../websocket/message.js';
import { type Announcement, Announcements } from './announcements.js';
import type { Client } from './client.js';
import type { ServerOptions } from './limits.js';
import type { Application, Members } from './members.js';
import { Server } from './server.js';
import {
  readClientMessage,
  type ServerMessage,
  type SystemMessage,
  type UserMessage,
} from './vocabulary.js';

/** Makes a server with a chat room on it. */
export function createRoom(net: Net, options: ServerOptions = {}): Server {
  return new Server(net, new Room(), options);
}

/** What the loops of one room tell each other: its words without the list, which each makes itself. */
export type Relayed =
  | {
      /** Someone has come, or left. */
      type: 'login' | 'logout';
      /** The name. */
      content: string;
    }
  | {
      /** Someone has said something. */
      type: 'user';
      /** Who, by name. */
      from: string;
      /** The text. */
      content: string;
    };

/** The rest of a room that is on several loops. @internal */
export interface OtherLoops {
  /** The names of all, those of this loop among them. */
  list(own: readonly string[]): string[];
  /** Something was said here. */
  tell(message: Relayed): void;
}

/** The chat room, the profile `rfc6455`. */
export class Room implements Application {
  /** Names by client, in the order of logging in. */
  readonly #names = new Map<Client, string>();
  readonly #announcements: Announcements;
  readonly #others: OtherLoops | null;

  /**
   * @param announcements when everyone is told of who has come or left
   * @param others null where the room is on this loop alone
   * @internal
   */
  constructor(announcements = new Announcements(), others: OtherLoops | null = null) {
    this.#announcements = announcements;
    this.#others = others;
  }

  /** Names of this loop, in the order of logging in. @internal */
  get names(): string[] {
    return [...this.#names.values()];
  }

  /** When announcements that were gathered go out; null when there are none. */
  get next(): number | null {
    return this.#announcements.next;
  }

  *opened(members: Members, client: Client): Generator<Step> {
    yield* tell(members, client, '{"type":"handshake","content":"done"}');
  }

  *received(members: Members, client: Client, message: Message): Generator<Step> {
    if (!message.isText) {
      // RFC 6455 7.4.1: 1003 for "a type of data it cannot accept"
      members.close(client, CloseCode.unsupportedData, fill(room['close.binary']));
      return;
    }
    // #region deal
    const { text } = message;
    const reply = this.#deal(client, text);
    const json = JSON.stringify(reply);
    yield { step: 'deal', fd: client.fd, message: text, reply: json };
    if (reply.type === 'system') yield* tell(members, client, json);
    else if (reply.type === 'login') yield* this.#loggedIn(members, client, json);
    else yield* broadcast(members, json);
    // #endregion
    this.#tellOthers(reply);
  }

  *left(members: Members, client: Client): Generator<Step> {
    const name = this.#names.get(client);
    if (name === undefined) return; // it never logged in: nobody knew that it was there
    this.#names.delete(client);
    this.#tellOthers({ type: 'logout', content: name });
    yield* this.#announceSoon(members, { type: 'logout', who: client, fd: client.fd, name });
  }

  /** Someone in another loop has come or left. @param fd over which that was told @internal */
  *changed(
    members: Members,
    type: Announcement['type'],
    who: { readonly name: string },
    fd: Fd,
  ): Generator<Step> {
    yield* this.#announceSoon(members, { type, who, fd, name: who.name });
  }

  /** Someone in another loop has spoken, or the room itself has something to say. @internal */
  *say(members: Members, message: UserMessage | SystemMessage): Generator<Step> {
    yield* broadcast(members, JSON.stringify(message));
  }

  /** What was gathered goes out as one: who came or left last, and who is here now. */
  *due(members: Members): Generator<Step> {
    const last = this.#announcements.takeLast();
    if (last !== null) yield* this.#announce(members, last);
  }

  /** Everyone hears who has come; where that would be too soon, it hears its own answer meanwhile. */
  *#loggedIn(members: Members, client: Client, json: string): Generator<Step> {
    if (this.#announcements.mayGo(members.now())) {
      yield* this.#tellAll(members, json);
      return;
    }
    const name = this.#names.get(client) ?? '';
    this.#announcements.gather({ type: 'login', who: client, fd: client.fd, name });
    yield* tell(members, client, json);
  }

  /** At once; where that would be too soon, with what comes meanwhile. */
  *#announceSoon(members: Members, announcement: Announcement): Generator<Step> {
    if (this.#announcements.mayGo(members.now())) yield* this.#announce(members, announcement);
    else this.#announcements.gather(announcement);
  }

  /** Tells everyone of someone who does not speak at the moment. */
  *#announce(members: Members, { type, fd, name }: Announcement): Generator<Step> {
    const reply = JSON.stringify(this.#presence(type, name));
    yield { step: 'deal', fd, message: '', reply };
    yield* this.#tellAll(members, reply);
  }

  *#tellAll(members: Members, json: string): Generator<Step> {
    const before = members.queued;
    yield* broadcast(members, json);
    this.#announcements.went(members.queued - before, members.now());
  }

  /** The answer to a message: for everyone, or of type `system` for its sender alone. */
  #deal(client: Client, text: string): ServerMessage {
    const message = readClientMessage(text);
    if (typeof message === 'string') return { type: 'system', content: message };
    const from = this.#names.get(client);
    if (message.type === 'login') {
      if (from !== undefined) {
        return { type: 'system', content: fill(room['system.twice'], { name: from }) };
      }
      this.#names.set(client, message.content);
      return this.#presence('login', message.content);
    }
    if (from === undefined) return { type: 'system', content: fill(room['system.first']) };
    return { type: 'user', from, content: message.content };
  }

  #presence(type: 'login' | 'logout', content: string): ServerMessage {
    const { names } = this;
    return { type, content, user_list: this.#others?.list(names) ?? names };
  }

  /** Those in other loops hear what all here hear. */
  #tellOthers(reply: ServerMessage | Relayed): void {
    if (reply.type === 'user') this.#others?.tell(reply);
    else if (reply.type === 'login' || reply.type === 'logout') {
      this.#others?.tell({ type: reply.type, content: reply.content });
    }
  }
}

function* tell(members: Members, client: Client, json: string): Generator<Step> {
  const bytes = members.sendText(client, json);
  if (bytes !== null) yield { step: 'broadcast', to: [client.fd], bytes };
}

function* broadcast(members: Members, json: string): Generator<Step> {
  // #region broadcast
  // what a server says goes out unmasked (RFC 6455 5.1), so one frame serves everyone; with deflate
  // a client may get its own
  for (const { to, bytes } of members.broadcastText(json)) {
    yield { step: 'broadcast', to, bytes };
  }
  // #endregion
}
