/**
 * What the page's server has of a class: where others join, the stream for the teacher's desk, and what
 * the desk may ask for. Knows nothing of what is asked or shown.
 * @module
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Command, type Desk, readCommand } from '../class/desk.js';
import { answers } from '../texts/serve.en.js';
import { answer, bodyOf } from './answers.js';
import { isAllowed } from './control.js';

/** Milliseconds between two times that a desk is sent. */
const DESK_MS = 500;

/** Desks at a time; all of them have the token. */
const MOST_DESKS = 16;

/** Bytes that may wait for a desk that does not read before it is sent no newer ones. */
const MOST_AHEAD = 1 << 20;

/** What a class gives. */
export interface ClassSide {
  /** Whoever knows it has the desk. */
  readonly token: string;
  /** What the desk shows now. */
  desk(): Desk;
  /** Does what it asks for. @returns why not; null where it did */
  command(command: Command): string | null;
}

/** A door to a class. */
export class ClassDoor {
  /** Where others join, an address a network card; known once it is. */
  join: readonly string[] = [];
  readonly #side: ClassSide;
  readonly #desks = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | null = null;

  constructor(side: ClassSide) {
    this.#side = side;
  }

  /** Answers what is for a class. @returns whether it was */
  take(path: string | undefined, request: IncomingMessage, response: ServerResponse): boolean {
    switch (path) {
      case '/class':
        response.writeHead(302, { Location: '/#view=class', 'Cache-Control': 'no-store' }).end();
        return true;
      case '/class/events':
        this.#watch(request, response);
        return true;
      case '/class/control':
        void this.#obey(request, response);
        return true;
      default:
        return false;
    }
  }

  /** What the desks show has changed: they are sent it soon, and all changes until then at once. */
  changed(): void {
    if (this.#timer !== null || this.#desks.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#sendAll();
    }, DESK_MS);
  }

  /** Ends the streams. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const desk of this.#desks) desk.end('event: end\ndata: {}\n\n');
    this.#desks.clear();
  }

  #watch(request: IncomingMessage, response: ServerResponse): void {
    const refused = this.#refusal(request);
    if (refused !== null) {
      answer(response, ...refused);
      return;
    }
    response.setTimeout(0);
    response.socket?.setKeepAlive(true, 30_000);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.on('close', () => this.#desks.delete(response));
    response.on('drain', () => this.changed()); // it may have missed the last news
    this.#desks.add(response);
    response.write(this.#message());
  }

  #refusal({ method, url }: IncomingMessage): [status: number, text: string] | null {
    if (method !== 'GET') return [405, 'GET'];
    // an EventSource sends no fields of its own
    const given = new URLSearchParams(url?.replace(/^[^?]*/s, '')).get('token');
    if (!isAllowed(`Bearer ${given}`, this.#side.token)) return [403, answers.desk];
    return this.#desks.size >= MOST_DESKS ? [503, answers.tooMany] : null;
  }

  #sendAll(): void {
    const message = this.#message();
    for (const desk of this.#desks) if (desk.writableLength < MOST_AHEAD) desk.write(message);
  }

  #message(): string {
    return `event: desk\ndata: ${JSON.stringify(this.#side.desk())}\n\n`;
  }

  async #obey(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return answer(response, 405, 'POST');
    if (!isAllowed(request.headers.authorization, this.#side.token)) {
      return answer(response, 403, answers.desk);
    }
    const body = await bodyOf(request);
    if (body === null) return answer(response, 413, answers.tooLong);
    const command = readCommand(body);
    if (command === null) return answer(response, 400, answers.noCommand);
    const why = this.#side.command(command);
    if (why !== null) return answer(response, 409, JSON.stringify({ why }), 'application/json');
    response.writeHead(204).end();
  }
}
