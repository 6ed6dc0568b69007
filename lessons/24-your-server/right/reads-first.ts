import { type Fd, joinBytes, type Ready, type TraceEvent } from 'loopscope';
import type { Kind, Server } from '../exercise.js';

/** Counts what is tried in vain, for each kind of descriptor. */
export function whoMade(events: readonly TraceEvent[]): Kind {
  const listener = events.find(({ step }) => step === 'listen');
  const fd = listener?.step === 'listen' ? listener.fd : -1;
  let [accepts, reads, polls] = [0, 0, 0];
  for (const event of events) {
    if (event.step === 'select') polls += event.polls ?? 0;
    if (event.step !== 'again') continue;
    if (event.fd === fd) accepts++;
    else reads++;
  }
  if (reads > 0) return 'edge';
  if (polls === 0) return 'select';
  return accepts > 0 ? 'asyncio' : 'libuv';
}

/** Reads first, then sends: whoever has left by then has no outbox. */
export async function turn(server: Server, ready: Ready): Promise<void> {
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
    for (const client of server.clients) {
      const waiting = server.outboxes.get(client) ?? new Uint8Array(0);
      server.outboxes.set(client, joinBytes([waiting, data]));
    }
  }
  for (const client of server.clients) send(server, client);
}

function send(server: Server, fd: Fd): void {
  const waiting = server.outboxes.get(fd) ?? new Uint8Array(0);
  const taken = waiting.length === 0 ? 0 : server.send(fd, waiting);
  server.outboxes.set(fd, waiting.slice(taken));
  if (taken < waiting.length) server.write.add(fd);
  else server.write.delete(fd);
}
