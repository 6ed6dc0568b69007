/**
 * A client of a soak that comes, perhaps talks, and leaves in one of the ways that there are. Raw
 * TCP, since most of the ways are none that a WebSocket library offers.
 * @module
 */

import { connect, type Socket } from 'node:net';
import { encodeClose } from '../../src/websocket/closing.js';
import { Opcode } from '../../src/websocket/frame.js';
import { clientFrame, request } from '../support/room.js';

/** The ways to leave. */
export const WAYS = [
  'close',
  'fin',
  'reset',
  'half-close',
  'mid-frame',
  'mid-handshake',
  'silent',
  'deaf',
] as const;

/** One of the ways to leave. */
export type Way = (typeof WAYS)[number];

/** What a visitor does. */
export interface Visit {
  /** Its name, should it log in. */
  readonly name: string;
  /** How it leaves. */
  readonly way: Way;
  /** How many messages it says; 0 for one that does not log in. */
  readonly says: number;
  /** Milliseconds that it stays. */
  readonly staysMs: number;
}

/** Ways that never get to the handshake's end. */
const NEVER_OPEN: readonly Way[] = ['mid-handshake', 'silent'];

/**
 * Makes a visit.
 *
 * @returns settled when the connection is over
 */
export async function visit(port: number, plan: Visit): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {}); // a reset is one of the ways
  socket.on('end', () => socket.end());
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve).once('close', () => resolve());
  });
  if (!NEVER_OPEN.includes(plan.way)) {
    socket.write(request());
    await new Promise<void>((resolve) => {
      socket.once('data', () => resolve()).once('close', () => resolve());
    });
    talk(socket, plan);
  }
  if (plan.way === 'deaf') socket.pause();
  else socket.resume();
  const timer = setTimeout(() => leave(socket, plan.way), plan.staysMs);
  await closed;
  clearTimeout(timer);
}

function talk(socket: Socket, { name, says }: Visit): void {
  if (says === 0) return;
  const say = (message: object) => socket.write(clientFrame(Opcode.text, JSON.stringify(message)));
  say({ type: 'login', content: name });
  socket.write(clientFrame(Opcode.ping, name));
  for (let number = 0; number < says; number++) {
    say({ type: 'user', content: JSON.stringify({ from: name, number }) });
  }
}

function leave(socket: Socket, way: Way): void {
  switch (way) {
    case 'close':
      socket.write(clientFrame(Opcode.close, encodeClose(1000, 'bye')));
      return; // the server ends TCP
    case 'fin':
    case 'half-close': // goes on reading until the server ends too
      socket.end();
      if (way === 'fin') socket.destroySoon();
      return;
    case 'reset':
    case 'deaf':
      socket.resetAndDestroy();
      return;
    case 'mid-frame':
      socket.write(clientFrame(Opcode.text, 'half of this').subarray(0, 9));
      socket.end();
      return;
    case 'mid-handshake':
      socket.write(request().slice(0, 40));
      socket.end();
      return;
    case 'silent':
      return; // the server's time-out ends it
  }
}
