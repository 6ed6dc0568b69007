/**
 * 回声服务器：每条消息原样回到发它的人那里，最大 64 MiB。
 *
 *     npx tsx examples/echo.zh.ts [--port 9001] [--deflate]
 */

import { parseArgs } from 'node:util';
import { type Application, runLoop, Server, SocketError } from 'loopscope';
import { NodeNet, nodeBytes, nodeCompression } from 'loopscope/node';

const MAX_MESSAGE = 64 << 20;

/** 客户端来了、走了，都没有话说；消息发回去。 */
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

/** 用一行说出哪里错了：用法不对是 2，系统不让是 1。 */
function fail(error: unknown): void {
  if (!(error instanceof TypeError || error instanceof SocketError)) throw error;
  console.error(`echo: ${error.message}`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}

try {
  const { port, deflate } = readOptions();
  const net = new NodeNet();
  // 客户端不读，我们也就不读它的，所以为它等着的最多一两条消息
  const server = new Server(net, echo, {
    maxMessageLength: MAX_MESSAGE,
    maxOutbox: 4 * MAX_MESSAGE,
    maxFragments: Number.POSITIVE_INFINITY, // 一条消息可以拆成一个字节一帧
    maxFramesPerSecond: Number.POSITIVE_INFINITY, // 也要能拿来测速
    tools: nodeBytes,
    deflate: deflate ? nodeCompression : null,
  });
  const opened = await server.listen({ host: '127.0.0.1', port });
  const bind = opened.find((step) => step.step === 'bind');
  console.log(`回声服务器开了，Ctrl-C 停止：ws://127.0.0.1:${bind?.port}`);
  process.on('SIGINT', () => server.stop()).on('SIGTERM', () => server.stop());
  await runLoop(net, server);
} catch (error) {
  fail(error);
}
