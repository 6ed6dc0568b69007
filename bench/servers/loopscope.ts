/**
 * Loopscope in the contests: its room, or the echo server of examples/echo.ts, as anyone would write it.
 *
 *     loopscope.ts KIND [TRACE]
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import {
  type Application,
  createRoom,
  formatEvent,
  runLoop,
  Server,
  type ServerOptions,
  type Watcher,
} from 'loopscope';
import { NodeNet } from 'loopscope/node';
import { LARGE } from '../messages.js';
import { reportTo } from './usage.js';

/** Nothing that the others do not do either: no ping, no count of messages or of clients. */
const OPTIONS: ServerOptions = {
  maxClients: Number.POSITIVE_INFINITY,
  maxMessagesPerSecond: Number.POSITIVE_INFINITY,
  pingIntervalMs: Number.POSITIVE_INFINITY,
  maxMessageLength: LARGE,
};

const echo: Application = {
  opened: () => [],
  received(server, client, message) {
    server.sendMessage(client, message);
    return [];
  },
  left: () => [],
};

/** Keeps the trace; the loop stands still while the file takes no more. */
function keeper(path: string): Watcher {
  const file = createWriteStream(path);
  return async (event) => {
    if (!file.write(`${formatEvent(event)}\n`)) await once(file, 'drain');
  };
}

const [kind, trace] = process.argv.slice(2);
const net = new NodeNet({ fdSetSize: 65_536 });
const server = kind === 'broadcast' ? createRoom(net, OPTIONS) : new Server(net, echo, OPTIONS);
const opened = await server.listen({ host: '127.0.0.1', port: 0 });
const bind = opened.find((step) => step.step === 'bind');
await reportTo(bind?.port ?? 0);
await runLoop(net, server, trace === undefined ? undefined : keeper(trace), opened);
