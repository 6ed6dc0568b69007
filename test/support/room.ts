/** A room on a free port, and raw TCP peers that talk to it byte by byte. */

import { connect, type Socket } from 'node:net';
import { joinBytes } from '../../src/bytes.js';
import { createRoom } from '../../src/chat/room.js';
import type { Server, ServerOptions } from '../../src/chat/server.js';
import { NodeNet } from '../../src/net/node.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { runLoop } from '../../src/trace/loop.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from './bytes.js';

/** A server that runs, and everything that it did. */
export interface Running {
  port: number;
  url: string;
  events: TraceEvent[];
  /** Settled when the server's loop has emitted an event that fits; looks at past events too. */
  until(fits: (event: TraceEvent) => boolean): Promise<TraceEvent>;
  stop(): Promise<void>;
}

/** Runs a server on a free port of the loopback. */
export async function run(make: (net: NodeNet) => Server): Promise<Running> {
  const net = new NodeNet();
  const server = make(net);
  const opened = await server.listen({ host: '127.0.0.1', port: 0 });
  const bind = opened.find((step) => step.step === 'bind');
  const events: TraceEvent[] = [];
  let waiting: (() => void)[] = [];
  const loop = runLoop(net, server, (event) => {
    events.push(event);
    for (const look of waiting) look();
  });
  return {
    port: bind?.port ?? 0,
    url: `ws://127.0.0.1:${bind?.port}`,
    events,
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(fits);
          if (found === undefined) return;
          waiting = waiting.filter((other) => other !== look);
          resolve(found);
        };
        waiting.push(look);
        look();
      }),
    async stop() {
      server.stop();
      await loop;
      net.closeAll();
    },
  };
}

/** Runs a chat room. */
export function runRoom(options: ServerOptions = {}): Promise<Running> {
  return run((net) => createRoom(net, options));
}

/** A TCP peer that sends what it is told and keeps what it gets. */
export class RawPeer {
  readonly socket: Socket;
  #bytes = new Uint8Array(0);
  #over = false;
  #look: () => void = () => {};
  static readonly #all = new Set<RawPeer>();

  /** Ends every peer, for the end of a test. */
  static endAll(): void {
    for (const peer of RawPeer.#all) peer.socket.destroy();
    RawPeer.#all.clear();
  }

  private constructor(socket: Socket) {
    this.socket = socket;
    RawPeer.#all.add(this);
    socket.on('data', (chunk) => {
      this.#bytes = new Uint8Array(joinBytes([this.#bytes, chunk]));
      this.#look();
    });
    socket.on('error', () => {});
    const end = (): void => {
      this.#over = true;
      this.#look();
    };
    socket.on('end', end).on('close', end);
  }

  static connect(port: number): Promise<RawPeer> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new RawPeer(socket))).once('error', reject);
    });
  }

  /** Connects, shakes hands, and takes the greeting off. */
  static async open(port: number): Promise<RawPeer> {
    const peer = await RawPeer.connect(port);
    peer.send(request());
    await peer.until((bytes) => ascii(bytes).endsWith('"content":"done"}'));
    peer.forget();
    return peer;
  }

  /** Everything that came since the beginning, or since `forget`. */
  get received(): Uint8Array {
    return this.#bytes;
  }

  /** Throws away what came so far. */
  forget(): void {
    this.#bytes = new Uint8Array(0);
  }

  send(bytes: Uint8Array | string): void {
    this.socket.write(bytes);
  }

  /** Sends a masked text frame. */
  say(message: object | string): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.send(clientFrame(Opcode.text, text));
  }

  /** Waits until what was received fits. */
  async until(fits: (bytes: Uint8Array) => boolean): Promise<Uint8Array> {
    while (!fits(this.#bytes)) {
      if (this.#over) throw new Error(`the connection ended after: ${ascii(this.#bytes)}`);
      await this.#change();
    }
    return this.#bytes;
  }

  /** Waits for the server's FIN (or RST). @returns all that was received */
  async ended(): Promise<Uint8Array> {
    while (!this.#over) await this.#change();
    return this.#bytes;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#look = resolve;
    });
  }
}

/** The masking key of the RFC's own examples (5.7). */
export const MASKING_KEY = 0x37fa213d;

/** A frame as a client sends it. */
export function clientFrame(opcode: number, payload: Uint8Array | string): Uint8Array {
  const bytes = typeof payload === 'string' ? utf8(payload) : payload;
  return encodeFrame(opcode, bytes, { maskingKey: MASKING_KEY });
}

/** A request like the RFC's own (1.3); a change of `null` takes a field out. */
export function request(
  changes: Record<string, string | null> = {},
  start = 'GET / HTTP/1.1',
): string {
  const fields: Record<string, string | null> = {
    Host: '127.0.0.1',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...changes,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  );
  return `${[start, ...lines].join('\r\n')}\r\n\r\n`;
}

/** Bytes as text, one character a byte. */
export function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
