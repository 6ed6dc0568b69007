/**
 * 一个客户端，连哪个 WebSocket 服务器都行：你写一行，就是一条消息；来一条消息，就是一行。它也是一个
 * select 循环，只有一个连接。
 *
 *     npx tsx examples/06-client.zh.ts [ws://127.0.0.1:8080]     Ctrl-D 或 Ctrl-C 结束
 *     {"type":"login","content":"Ada"}                           写给聊天室的一行
 */

import { createInterface, type Interface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Close, printable, runLoop, SocketError, WebSocketClient } from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** 谁都没有错的结束：正常关闭，对端要走了，没有给关闭码。 */
const GOOD_ENDS = [1000, 1001, 1005];

/** 一直说到有一边不想说了。@returns 连接是怎么结束的 */
async function talk(url: string): Promise<Close> {
  const net = new NodeNet();
  let lines: Interface | null = null;
  let ended: Close = { code: 1006, reason: '' };
  const client = await WebSocketClient.connect(net, url, {
    onopen() {
      console.log(`连上了 ${url}`);
      // 从这里才开始读：更早读到的一行还发不出去
      lines = createInterface({ input: process.stdin });
      lines.on('line', (line) => client.send(line)).on('close', () => client.close(1000));
    },
    onmessage(message) {
      const { isText, payload } = message; // 取 `text` 就要解码，而二进制不是 UTF-8
      console.log(isText ? printable(message.text) : `（${payload.length} 字节，不是文本）`);
    },
    onclose(close) {
      ended = close;
      lines?.close(); // 不然 Node 会一直等键盘
    },
  });
  process.once('SIGINT', () => client.close(1000));
  await runLoop(net, client);
  return ended;
}

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const { code, reason } = await talk(positionals[0] ?? 'ws://127.0.0.1:8080');
  console.log(`连接结束了，关闭码 ${code} ${printable(reason)}`.trimEnd());
  if (!GOOD_ENDS.includes(code)) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`client: ${error.message}`);
  process.exitCode = error instanceof SocketError ? 1 : 2;
}
