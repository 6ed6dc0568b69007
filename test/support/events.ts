/**
 * A reader of Server-Sent Events, as a page is one, and plain requests with any field.
 * @module
 */

import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';

/** What was answered. */
export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Asks a server of the loopback for something. */
export async function ask(
  port: number,
  path: string,
  options: RequestOptions = {},
  body = '',
): Promise<Answer> {
  const response = await open(port, path, options, body);
  let text = '';
  for await (const part of response) text += part;
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

async function open(
  port: number,
  path: string,
  options: RequestOptions,
  body: string,
): Promise<IncomingMessage> {
  const asked = request({ host: '127.0.0.1', port, path, agent: false, ...options });
  asked.end(body);
  const [response] = await once(asked, 'response');
  return response as IncomingMessage;
}

/** One event. */
export interface Told {
  event: string;
  id: string;
  data: string;
}

/** A page that reads; all that it was told. */
export class EventReader {
  readonly told: Told[] = [];
  /** All that came, as it came. */
  text = '';
  isOver = false;
  readonly #response: IncomingMessage;
  #rest = '';
  #look: () => void = () => {};

  private constructor(response: IncomingMessage) {
    this.#response = response;
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#take(text));
    response.on('error', () => {}); // cut off
    response.on('close', () => {
      this.isOver = true;
      this.#look();
    });
  }

  /** Begins to read. @param lastId what it got last, for one that comes back */
  static async open(port: number, lastId = '', query = ''): Promise<EventReader> {
    const headers = lastId === '' ? {} : { 'Last-Event-ID': lastId };
    return EventReader.openAt(port, `/events${query}`, headers);
  }

  /** Begins to read another stream. */
  static async openAt(
    port: number,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<EventReader> {
    const response = await open(port, path, { headers }, '');
    if (response.statusCode !== 200) throw new Error(`refused with ${response.statusCode}`);
    return new EventReader(response);
  }

  /** The steps, as they are written in a trace. */
  get steps(): string[] {
    return this.told.filter(({ event }) => event === 'message').map(({ data }) => data);
  }

  /** Waits until what was told fits, or there is no more to come. */
  async until(fits: (reader: EventReader) => boolean): Promise<void> {
    while (!fits(this)) {
      if (this.isOver) throw new Error(`the stream ended after ${this.told.length} events`);
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
  }

  /** Takes no more. */
  pause(): void {
    this.#response.pause();
  }

  /** Takes the rest. @returns when there is no more to come */
  async drain(): Promise<void> {
    this.#response.resume();
    if (!this.isOver) await new Promise((resolve) => this.#response.once('close', resolve));
  }

  close(): void {
    this.#response.destroy();
  }

  #take(text: string): void {
    this.text += text;
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => {
          const colon = line.indexOf(': ');
          return [line.slice(0, colon), line.slice(colon + 2)];
        }),
      );
      const [event = 'message', id = '', data = ''] = ['event', 'id', 'data'].map((name) =>
        fields.get(name),
      );
      this.told.push({ event, id, data });
    }
    this.#look();
  }
}
