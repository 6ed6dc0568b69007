/**
 * Lesson 24, a solution.
 */

import { type Fd, joinBytes, type Ready, type TraceEvent } from 'loopscope';
import type { Kind, Server } from './exercise.js';

/** Goes by what is tried in vain. */
export function whoMade(events: readonly TraceEvent[]): Kind {
  const listeners = new Set(
    events.flatMap((event) => (event.step === 'accept' ? event.listener : [])),
  );
  const inVain = events.flatMap((event) => (event.step === 'again' ? event.fd : []));
  if (inVain.some((fd) => !listeners.has(fd))) return 'edge'; // it reads on until nothing is left
  if (inVain.length > 0) return 'asyncio'; // it accepts until nobody is left
  const asksFirst = events.some((event) => event.step === 'select' && (event.polls ?? 0) > 0);
  return asksFirst ? 'libuv' : 'select';
}

/** One turn in which nobody waits for anyone. */
export function turn(server: Server, ready: Ready): void {
  for (const fd of ready.write) flush(server, fd);
  for (const fd of ready.read) {
    if (fd === server.listener) {
      server.accept();
      continue;
    }
    const data = server.recv(fd);
    if (data.length === 0) {
      server.leave(fd);
      continue;
    }
    for (const client of server.clients) say(server, client, data);
  }
}

/** Puts something behind what waits already. */
export function say(server: Server, fd: Fd, data: Uint8Array): void {
  const waiting = server.outboxes.get(fd) ?? new Uint8Array(0);
  server.outboxes.set(fd, joinBytes([waiting, data]));
  flush(server, fd);
}

/** Sends what the socket takes, and keeps the rest. */
export function flush(server: Server, fd: Fd): void {
  const waiting = server.outboxes.get(fd);
  if (waiting === undefined) return; // it has left within this turn
  const rest = waiting.subarray(server.send(fd, waiting));
  server.outboxes.set(fd, rest);
  if (rest.length > 0) server.write.add(fd);
  else server.write.delete(fd);
}
