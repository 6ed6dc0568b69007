/**
 * A seat in the chat room: the browser's own WebSocket, and what was said. Everything that a peer
 * wrote is text here, and is made visible before it is shown.
 * @module
 */

import { batch, signal } from '@preact/signals';
import { readServerMessage, type ServerMessage } from '../../chat/vocabulary.js';
import { printable } from '../../trace/text.js';
import { describeCloseCode } from '../../websocket/close-codes.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { say } from '../texts.js';

/** How far it is: outside, on the way in, inside, on the way out. */
export type SeatState = 'out' | 'connecting' | 'in' | 'leaving';

/** One line of what was said. */
export interface ChatLine {
  /** Its number. */
  id: number;
  /** Whether a person says it, the room, this page, or the browser of a fault. */
  kind: 'user' | 'system' | 'note' | 'trouble';
  /** Who says it; empty if no person does. */
  from: string;
  /** What is said. */
  text: string;
}

/** So many lines are kept. */
const MOST_LINES = 500;

/** A seat. */
export class Seat {
  /** How far it is. */
  readonly state = signal<SeatState>('out');
  /** Who is in the room, by name. */
  readonly users = signal<readonly string[]>([]);
  /** What was said. */
  readonly lines = signal<readonly ChatLine[]>([]);
  #socket: WebSocket | null = null;
  #count = 0;

  /** Goes in under a name. @param url the room's address */
  join(url: string, name: string): void {
    if (this.state.value !== 'out') return;
    let socket: WebSocket;
    try {
      socket = new WebSocket(url);
    } catch {
      this.#add('trouble', say('chat.no-address', { url: visible(url) }));
      return;
    }
    this.#socket = socket;
    this.state.value = 'connecting';
    socket.onopen = () => {
      this.state.value = 'in';
      this.#add('note', say('chat.open', { url: visible(url) }));
      socket.send(JSON.stringify({ type: 'login', content: name }));
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#hear(data);
      else this.#add('trouble', say('chat.binary'));
    };
    socket.onclose = (event) => this.#left(event, url);
  }

  /** Says something to everyone. @returns false when nobody would hear it */
  say(text: string): boolean {
    if (this.state.value !== 'in' || text === '') return false;
    this.#socket?.send(JSON.stringify({ type: 'user', content: text }));
    return true;
  }

  /** Goes out: the browser sends a Close frame and waits for the room's. */
  leave(): void {
    if (this.#socket === null) return;
    this.state.value = 'leaving';
    this.#socket.close(1000);
  }

  #hear(text: string): void {
    const message = readServerMessage(text);
    if (message === null) this.#add('trouble', say('chat.unknown', { text: visible(text) }));
    else this.#take(message);
  }

  #take(message: ServerMessage): void {
    const { type, content } = message;
    switch (type) {
      case 'handshake':
        return; // the greeting: we have logged in already
      case 'system':
        this.#add('system', visible(content));
        return;
      case 'user':
        this.#add('user', visible(content), visible(message.from));
        return;
      case 'login':
      case 'logout':
        this.users.value = message.user_list.filter((name) => name !== '').map(visible);
        this.#add('note', say(`chat.${type}`, { name: visible(content) }));
        return;
    }
  }

  #left({ code, reason }: CloseEvent, url: string): void {
    const wasIn = this.state.value !== 'connecting';
    this.#socket = null;
    batch(() => {
      this.state.value = 'out';
      this.users.value = [];
      if (wasIn) {
        const meaning = describeCloseCode(code, language.value);
        this.#add('note', say('chat.closed', { code: String(code), meaning }));
        if (reason !== '') this.#add('note', say('chat.reason', { reason: visible(reason) }));
        return;
      }
      this.#add('trouble', say('chat.no-room', { url: visible(url) }));
      if (location.protocol === 'file:') this.#add('trouble', say('chat.from-disk'));
    });
  }

  #add(kind: ChatLine['kind'], text: string, from = ''): void {
    const line = { id: this.#count++, kind, from, text };
    this.lines.value = [...this.lines.value.slice(1 - MOST_LINES), line];
  }
}

/** A text as it may be shown: what has no shape, or turns the line round, is written out. */
export function visible(text: string): string {
  return printable(text).replace(
    /\p{Cs}/gu,
    (half) => `\\u{${(half.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

const seats = new WeakMap<Session, Seat>();

/** The seat of a page: it is kept while the views change. */
export function seatOf(session: Session): Seat {
  let seat = seats.get(session);
  if (seat === undefined) {
    seat = new Seat();
    seats.set(session, seat);
  }
  return seat;
}
