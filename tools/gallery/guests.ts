/**
 * Clients of the gallery's servers, in four protocols: a line to everyone, a WebSocket message to everyone,
 * redis' PUBLISH to all that have subscribed, a GET that only its own client is answered.
 * @module
 */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';

/** What a server speaks. */
export type Protocol = 'lines' | 'websocket' | 'redis' | 'http';

/** A client. */
export interface Guest {
  say(text: string): void;
  /** Settled when the next thing is heard. */
  hear(): Promise<unknown>;
  /** Says good-bye as its protocol does, and waits for the server's end. */
  leave(): Promise<unknown>;
}

/** How a protocol says a text on a plain connection. */
const SAID = {
  lines: (text: string) => `${text}\n`,
  redis: (text: string) => `PUBLISH room "${text}"\r\n`,
  http: (text: string) => `GET /${text.replaceAll(' ', '-')} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
} as const;

/** Connects. @throws Error ECONNREFUSED as long as nobody listens */
export async function enter(protocol: Protocol, port: number): Promise<Guest> {
  if (protocol === 'websocket') return enterWebSocket(port);
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setNoDelay();
  socket.on('error', () => {}); // a server that dies
  if (protocol === 'redis') {
    socket.write('HELLO 3\r\n'); // so that who has subscribed may publish
    await once(socket, 'data');
    socket.write('SUBSCRIBE room\r\n');
    await once(socket, 'data');
  }
  return {
    say: (text) => void socket.write(SAID[protocol](text)),
    hear: () => once(socket, 'data'),
    leave: () => end(socket),
  };
}

async function end(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const closed = once(socket, 'close');
  socket.resume().end();
  await closed;
}

async function enterWebSocket(port: number): Promise<Guest> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  await once(socket, 'open');
  return {
    say: (text) => socket.send(text),
    hear: () => once(socket, 'message'),
    leave: () => {
      const closed = once(socket, 'close');
      socket.close(1000);
      return closed;
    },
  };
}
