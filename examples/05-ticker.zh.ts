/**
 * 报时：连上来的人，隔一会儿就听到一次时间。不需要 setInterval：select 循环的钟，就是 select 的超时。
 * 这里是一个程序包在另一个外面：它把服务器的超时缩短，又在每一轮里加一件事。
 *
 *     npx tsx examples/05-ticker.zh.ts [--port 8082] [--every 1000]     Ctrl-C 停止
 *     npx tsx examples/06-client.zh.ts ws://127.0.0.1:8082              听它报时
 */

import { parseArgs } from 'node:util';
import type { Application, Net, Program, Ready } from 'loopscope';
import { runLoop, Server, SocketError } from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** 不向谁问什么：客户端说的都丢掉。 */
const silent: Application = { opened: () => [], received: () => [], left: () => [] };

class Ticker implements Program {
  watched = false;
  readonly #net: Net;
  readonly #server: Server;
  readonly #everyMs: number;
  #next: number;
  #count = 0;

  constructor(net: Net, server: Server, everyMs: number) {
    this.#net = net;
    this.#server = server;
    this.#everyMs = everyMs;
    this.#next = net.now() + everyMs;
  }

  get read() {
    return this.#server.read;
  }

  get write() {
    return this.#server.write;
  }

  /** 等到下一次报时；服务器自己的期限更早，就等到那时。 */
  timeoutMs(): number | null {
    const deadline = this.#server.timeoutMs();
    if (this.read.size + this.write.size === 0) return deadline; // 已经停了：不再报时
    const untilTick = Math.max(0, this.#next - this.#net.now());
    return Math.min(untilTick, deadline ?? untilTick);
  }

  *turn(ready: Ready) {
    if (this.#net.now() >= this.#next) this.#tick(); // select 可能因为别的事提早返回
    yield* this.#server.turn(ready); // 把报时放进发件箱的发出去
  }

  #tick(): void {
    const late = this.#net.now() - this.#next;
    this.#next += this.#everyMs * (1 + Math.floor(late / this.#everyMs)); // 错过的几次就不补了
    const text = JSON.stringify({ tick: ++this.#count, at: new Date().toISOString() });
    this.#server.members.broadcastText(text);
  }
}

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8082' },
      every: { type: 'string', default: '1000' },
    },
  });
  const everyMs = Number(values.every);
  if (!(everyMs >= 1)) throw new TypeError(`--every ${values.every}: give milliseconds, 1 or more`);
  const net = new NodeNet();
  const server = new Server(net, silent);
  const opened = await server.listen({ host: '127.0.0.1', port: Number(values.port) });
  const bind = opened.find((step) => step.step === 'bind');
  console.log(`每 ${everyMs} ms 报一次时，Ctrl-C 停止：ws://127.0.0.1:${bind?.port}`);
  process.on('SIGINT', () => server.stop());
  await runLoop(net, new Ticker(net, server, everyMs));
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`ticker: ${error.message}`);
  process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
}
