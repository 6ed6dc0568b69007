/**
 * A seat in the chat room: the browser's own WebSocket, and what was said. Everything that a peer
 * wrote is text here, and is made visible before it is shown.
 * @module
 */

import { batch, signal } from '@preact/signals';
import { readServerMessage, type ServerMessage } from '../../chat/vocabulary.js';
import { readClassAnswer } from '../../class/messages.js';
import { describeEnglish } from '../../trace/english.js';
import { printable } from '../../trace/text.js';
import { describeCloseCode } from '../../websocket/close-codes.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { say, timeOf } from '../texts.js';

/** How far it is: outside, on the way in, inside, on the way out; lost, and on the way in again. */
export type SeatState = 'out' | 'connecting' | 'in' | 'leaving' | 'again';

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

/** A room that is gone is tried again after so many milliseconds. */
const AGAIN_MS = 2_000;

/** Who was let wait so long was let in by the kernel, and not by a server that stands still. */
const STANDS_STILL_MS = 30_000;

/** Codes that say that the room went away, and not that it wants nobody: 1006 is none at all. */
const GONE = new Set([1001, 1006, 1012]);

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
  readonly #make: (url: string) => WebSocket;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #count = 0;

  /** @param make opens a WebSocket */
  constructor(make = (url: string) => new WebSocket(url)) {
    this.#make = make;
  }

  /** Goes in under a name. @param url the room's address */
  join(url: string, name: string): void {
    if (this.state.value === 'out') this.#connect(url, name, 'connecting');
  }

  #connect(url: string, name: string, state: SeatState): void {
    const since = performance.now();
    let socket: WebSocket;
    try {
      socket = this.#make(url);
    } catch {
      this.#add('trouble', say('chat.no-address', { url: visible(url) }));
      return;
    }
    this.#socket = socket;
    this.state.value = state;
    socket.onopen = () => {
      this.state.value = 'in';
      this.#add('note', say('chat.open', { url: visible(url) }));
      socket.send(JSON.stringify({ type: 'login', content: name }));
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#hear(data);
      else this.#add('trouble', say('chat.binary'));
    };
    socket.onclose = (event) => {
      this.#socket = null;
      this.#left(event, url, name, performance.now() - since);
    };
  }

  /** Says something to everyone. @returns false when nobody would hear it */
  say(text: string): boolean {
    if (this.state.value !== 'in' || text === '') return false;
    this.#socket?.send(JSON.stringify({ type: 'user', content: text }));
    return true;
  }

  /** Goes out: the browser sends a Close frame and waits for the room's. */
  leave(): void {
    clearTimeout(this.#timer);
    this.state.value = this.#socket === null ? 'out' : 'leaving';
    this.#socket?.close(1000);
  }

  #hear(text: string): void {
    const message = readServerMessage(text);
    if (message === null && readClassAnswer(text) !== null) return; // the class's, on the same socket
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

  /** @param ms since the connection was asked for */
  #left({ code, reason }: CloseEvent, url: string, name: string, ms: number): void {
    const was = this.state.value;
    batch(() => {
      this.state.value = 'out';
      this.users.value = [];
      if (was === 'connecting' && ms >= STANDS_STILL_MS) {
        this.#add('trouble', say('chat.no-answer', { time: timeOf(ms) }));
        this.#again(url, name);
        return;
      }
      if (was === 'again') {
        this.#again(url, name);
        return;
      }
      if (was !== 'connecting') {
        const meaning = describeCloseCode(code, language.value);
        this.#add('note', say('chat.closed', { code: String(code), meaning }));
        const said = describeEnglish(visible(reason), language.value);
        if (reason !== '') this.#add('note', say('chat.reason', { reason: said }));
        if (was === 'in' && GONE.has(code)) this.#again(url, name);
        return;
      }
      this.#add('trouble', say('chat.no-room', { url: visible(url) }));
      if (location.protocol === 'file:') this.#add('trouble', say('chat.from-disk'));
    });
  }

  #again(url: string, name: string): void {
    this.state.value = 'again';
    this.#timer = setTimeout(() => this.#connect(url, name, 'again'), AGAIN_MS);
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
