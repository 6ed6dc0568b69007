/**
 * An echo server: every message goes back to its sender as it came, up to 64 MiB.
 *
 *     npx tsx examples/echo.ts [--port 9001] [--deflate]
 */

import { parseArgs } from 'node:util';
import { type Application, runLoop, Server, SocketError } from 'loopscope';
import { NodeNet, nodeBytes, nodeCompression } from 'loopscope/node';

const MAX_MESSAGE = 64 << 20;

/** Nothing to say when a client comes or goes; a message is sent back. */
const echo: Application = {
  opened: () => [],
  received(members, client, message) {
    members.sendMessage(client, message);
    return [];
  },
  left: () => [],
};

function readOptions(): { port: number; deflate: boolean } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9001' },
      deflate: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new TypeError(`--port ${values.port}: a port is a whole number from 0 to 65535`);
  }
  return { port, deflate: values.deflate };
}

/** Says in one line what went wrong: 2 for a wrong call, 1 for what the system refused. */
function fail(error: unknown): void {
  if (!(error instanceof TypeError || error instanceof SocketError)) throw error;
  console.error(`echo: ${error.message}`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

try {
  const { port, deflate } = readOptions();
  const net = new NodeNet();
  // a client that does not read is not read either, so what waits for it stays within one message or two
  const server = new Server(net, echo, {
    maxMessageLength: MAX_MESSAGE,
    maxOutbox: 4 * MAX_MESSAGE,
    maxFragments: Number.POSITIVE_INFINITY, // a message may come in frames of one byte
    maxFramesPerSecond: Number.POSITIVE_INFINITY, // to be measured, too
    tools: nodeBytes,
    deflate: deflate ? nodeCompression : null,
  });
  const opened = await server.listen({ host: '127.0.0.1', port });
  const bind = opened.find((step) => step.step === 'bind');
  console.log(`echo on ws://127.0.0.1:${bind?.port}; Ctrl-C stops it`);
  process.on('SIGINT', () => server.stop()).on('SIGTERM', () => server.stop());
  await runLoop(net, server);
} catch (error) {
  fail(error);
}
