/**
 * The steps of a server, sent to pages as Server-Sent Events. A page that comes late gets what came
 * before, as far as it is kept. Each reader has its place in what is kept and is sent the next piece
 * when it has taken the last, so a slow one costs nothing; who falls behind what is kept is cut off.
 * @module
 */

import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { isLoopbackAddress } from '../chat/origin.js';
import type { TraceEvent } from '../trace/event.js';
import { formatEvent } from '../trace/ndjson.js';

/** How much a stream keeps, and how many it serves. */
export interface StreamLimits {
  /** Bytes of steps that are kept for those who come late. */
  keptBytes: number;
  /** Bytes that are handed to one reader before it has taken them. */
  aheadBytes: number;
  /** Readers at a time, without those who have the token: they always get in. */
  readers: number;
  /** Of them, from one address; the loopback is not counted. */
  readersPerAddress: number;
}

/** Of a stream for which nothing else is asked. */
export const STREAM_LIMITS: StreamLimits = {
  keptBytes: 8 << 20,
  aheadBytes: 256 << 10,
  readers: 200,
  readersPerAddress: 40,
};

const PIECE_BYTES = 32 << 10;

/** A page that wants to read. */
export interface Asking {
  /** What it got last, as it says; it is sent what comes after that. */
  lastId: string;
  /** Where it comes from. */
  address: string;
  /** Whether it has the token. */
  isHolder: boolean;
}

/** A page that reads. */
interface Reader {
  /** Where it comes from; null for one that takes no seat of the others. */
  address: string | null;
  response: ServerResponse;
  /** The number of the step that it gets next. */
  next: number;
  /** The status that it was told last. */
  status: string;
}

/** A stream. */
export class TraceStream {
  /** Says which run of the server it is: a page that comes back may find another. */
  readonly #run = randomBytes(6).toString('hex');
  readonly #limits: StreamLimits;
  readonly #readers = new Set<Reader>();
  /** What is kept, an event each; the first is number `#first`. */
  #kept: Buffer[] = [];
  #first = 0;
  #bytes = 0;
  #status: object = {};
  #flush: NodeJS.Immediate | undefined;

  constructor(limits: Partial<StreamLimits> = {}) {
    this.#limits = { ...STREAM_LIMITS, ...limits };
  }

  /** Whether anyone reads. */
  get isRead(): boolean {
    return this.#readers.size > 0;
  }

  /** Sends a step to all. */
  tell(event: TraceEvent): void {
    const id = `${this.#run}.${this.#first + this.#kept.length}`;
    const bytes = Buffer.from(`id: ${id}\ndata: ${formatEvent(event)}\n\n`);
    this.#kept.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limits.keptBytes) this.#forget();
    this.#soon();
  }

  /** Says what the server does; only the last counts. How many pages watch, without the token, is said with it. */
  say(status: object): void {
    this.#status = status;
    this.#soon();
  }

  /**
   * Takes up a reader.
   *
   * @returns false when there are too many
   */
  add(response: ServerResponse, { lastId, address, isHolder }: Asking): boolean {
    if (!isHolder && !this.#hasSeat(address)) return false;
    const seat = isHolder ? null : address;
    const reader: Reader = { address: seat, response, next: this.#after(lastId), status: '' };
    this.#readers.add(reader);
    response.socket?.setKeepAlive(true, 30_000);
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(
      message('begin', JSON.stringify({ run: this.#run, from: reader.next, holder: isHolder })),
    );
    response.on('drain', () => {
      if (this.#readers.has(reader)) this.#pump(reader); // one that ends drains too
    });
    response.on('close', () => {
      this.#readers.delete(reader);
      this.#soon();
    });
    this.#soon();
    return true;
  }

  #hasSeat(address: string): boolean {
    const seats = this.#seats();
    if (seats.length >= this.#limits.readers) return false;
    if (isLoopbackAddress(address)) return true;
    return seats.filter((one) => one === address).length < this.#limits.readersPerAddress;
  }

  /** The addresses of those who watch. */
  #seats(): string[] {
    return [...this.#readers].map((reader) => reader.address).filter((one) => one !== null);
  }

  /** Says that there is no more to come, and ends. */
  end(): void {
    this.#pumpAll();
    for (const { response } of this.#readers) response.end(message('end', '{}'));
    this.#readers.clear(); // the first that closes is no news to those that end too
  }

  /** All steps of a tick go out together. */
  #soon(): void {
    this.#flush ??= setImmediate(() => {
      this.#flush = undefined;
      this.#pumpAll();
    });
  }

  #pumpAll(): void {
    const status = this.#statusText();
    for (const reader of this.#readers) this.#pump(reader, status);
  }

  #statusText(): string {
    return JSON.stringify({ ...this.#status, readers: this.#seats().length });
  }

  #pump(reader: Reader, status = this.#statusText()): void {
    const { response } = reader;
    const end = this.#first + this.#kept.length;
    while (reader.next < end) {
      if (reader.next < this.#first) {
        response.destroy();
        return;
      }
      if (response.writableLength >= this.#limits.aheadBytes) return; // 'drain' comes back to it
      const piece = this.#piece(reader.next - this.#first);
      response.write(Buffer.concat(piece));
      reader.next += piece.length;
    }
    if (reader.status === status) return;
    reader.status = status;
    response.write(message('status', status));
  }

  /** Some steps that are sent together: writes are dearer than bytes. */
  #piece(from: number): Buffer[] {
    let to = from;
    for (let bytes = 0; to < this.#kept.length && bytes < PIECE_BYTES; to++) {
      bytes += this.#kept[to]?.length ?? 0;
    }
    return this.#kept.slice(from, to);
  }

  /** Drops the older half, so that this is seldom done. */
  #forget(): void {
    let n = 0;
    while (this.#bytes > this.#limits.keptBytes / 2 && n < this.#kept.length - 1) {
      this.#bytes -= this.#kept[n++]?.length ?? 0;
    }
    this.#kept = this.#kept.slice(n);
    this.#first += n;
  }

  /** The step behind the one of an id; the first that is kept where there is none such. */
  #after(id: string): number {
    const [run, digits = ''] = id.split('.');
    const next = Number(digits) + 1;
    const isKnown = run === this.#run && /^\d{1,15}$/.test(digits);
    const end = this.#first + this.#kept.length;
    return isKnown && next >= this.#first && next <= end ? next : this.#first;
  }
}

function message(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`;
}
