/**
 * Loopscope in the contests: its room, or the echo server of examples/echo.ts, as anyone would write it.
 *
 *     loopscope.ts KIND [TRACE]
 */

import { createRoom, runLoop, Server, type ServerOptions, type Watcher } from 'loopscope';
import { NodeNet, nodeBytes, nodeCompression } from 'loopscope/node';
import { TraceFile } from '../../src/terminal/trace-file.js';
import { echo } from '../echo.js';
import { isCompressed, type Kind, LARGE } from '../messages.js';
import { reportTo } from './usage.js';

/** Nothing that the others do not do either: no ping, no count of messages or of clients. */
const OPTIONS: ServerOptions = {
  maxClients: Number.POSITIVE_INFINITY,
  maxFramesPerSecond: Number.POSITIVE_INFINITY,
  pingIntervalMs: Number.POSITIVE_INFINITY,
  maxMessageLength: LARGE,
  maxOutbox: 4 * LARGE,
  tools: nodeBytes,
};

/** Keeps the trace as `loopscope serve --trace FILE` does. */
function keeper(path: string): Watcher {
  const maker = {
    program: 'loopscope',
    profile: 'rfc6455',
    clock: 'real',
    recorder: 'bench',
  } as const;
  const file = TraceFile.open(path, { maker });
  return (event) => file.tell(event);
}

const [kind, trace] = process.argv.slice(2) as [Kind, string?];
const deflate = isCompressed(kind) ? nodeCompression : null;
const options = { ...OPTIONS, deflate };
const net = new NodeNet({ fdSetSize: 65_536 });
const server = kind === 'broadcast' ? createRoom(net, options) : new Server(net, echo, options);
const opened = await server.listen({ host: '127.0.0.1', port: 0 });
const bind = opened.find((step) => step.step === 'bind');
await reportTo(bind?.port ?? 0);
await runLoop(net, server, trace === undefined ? undefined : keeper(trace), opened);
