/**
 * Loopscope in the contests: its room, or the echo server of examples/echo.ts, as anyone would write it.
 *
 *     loopscope.ts KIND [TRACE]
 */

import { createRoom, runLoop, Server, type Watcher } from 'loopscope';
import { NodeNet, nodeCompression } from 'loopscope/node';
import { TraceFile } from '../../src/terminal/trace-file.js';
import { echo } from '../echo.js';
import { isCompressed, type Kind } from '../messages.js';
import { LIMITS } from './limits.js';
import { reportTo } from './usage.js';

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
const options = { ...LIMITS, deflate };
const net = new NodeNet({ fdSetSize: 65_536 });
const server = kind === 'broadcast' ? createRoom(net, options) : new Server(net, echo, options);
const opened = await server.listen({ host: '127.0.0.1', port: 0 });
const bind = opened.find((step) => step.step === 'bind');
await reportTo(bind?.port ?? 0);
await runLoop(net, server, trace === undefined ? undefined : keeper(trace), opened);
