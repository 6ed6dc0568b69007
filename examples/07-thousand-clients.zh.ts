/**
 * 模拟网络上，一个聊天室里有一千个客户端：一个说话，所有人都听到。数一数服务器的循环要为此付出多少：
 * 走了几轮（turns），select 要问多少个描述符（scanned），send 了几次（sends），一共多少字节（bytes）。
 *
 *     npx tsx examples/07-thousand-clients.zh.ts [--clients 1000] [--messages 10]
 */

import { parseArgs } from 'node:util';
import { createRoom, Random, runLoop, SimNet, type TraceEvent, WebSocketClient } from 'loopscope';

/** 循环在一个阶段里做了什么。 */
class Count {
  turns = 0;
  scanned = 0;
  sends = 0;
  bytes = 0;

  add(event: TraceEvent): void {
    if (event.step === 'select') {
      this.turns++;
      this.scanned += event.scanned;
    } else if (event.step === 'send') {
      this.sends++;
      this.bytes += event.taken;
    }
  }

  print(phase: string): void {
    row(phase, this.turns, this.scanned, this.sends, this.bytes);
  }
}

function row(name: string, ...cells: (string | number)[]): void {
  const columns = cells.map((cell) => cell.toLocaleString('en-US').padStart(12));
  console.log(`${name.padEnd(11)}${columns.join('')}`);
}

async function load(clients: number, messages: number): Promise<void> {
  const world = new SimNet({ seed: 1, latencyMs: 1, jitterMs: 1 });
  const server = world.host('server');
  const room = createRoom(server, { maxClients: clients });
  await room.listen({ host: 'server', port: 8080 });
  let count = new Count();
  const running = runLoop(server, room, (event) => count.add(event));

  /** 结束一个阶段：模拟的世界闲下来，发出的就都听到了。 */
  async function phase(name: string): Promise<void> {
    await world.settle();
    count.print(name);
    count = new Count();
  }

  let heard = 0;
  const loops: Promise<void>[] = [];
  const connect = async (_: unknown, number: number): Promise<WebSocketClient> => {
    const random = new Random(number); // 用来做掩码
    const host = world.host(`client ${number}`); // 每个客户端是一个单独的进程
    const client = await WebSocketClient.connect(host, 'ws://server:8080', {
      random: (bytes) => random.fill(bytes),
      onmessage: () => heard++,
    });
    loops.push(runLoop(host, client));
    return client;
  };
  row('哪一段', 'turns', 'scanned', 'sends', 'bytes');
  const everyone = await Promise.all(Array.from({ length: clients }, connect));
  await phase('先握手');
  everyone[0]?.send(JSON.stringify({ type: 'login', content: 'Ada' }));
  await phase('再登录');
  for (let i = 1; i <= messages; i++) {
    everyone[0]?.send(JSON.stringify({ type: 'user', content: `Message ${i} to all of you` }));
    await world.settle();
  }
  await phase(`${messages} 次发言`);
  room.stop();
  await Promise.all([running, ...loops]);
  count.print('到最后');
  console.log(`${clients} 个客户端听到了 ${heard.toLocaleString('en-US')} 条消息`);
}

/** 从 1 起的整数。 */
function numberOf(option: string, value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new TypeError(`--${option} ${value}: give a whole number, 1 to 999999`);
}

try {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string', default: '1000' },
      messages: { type: 'string', default: '10' },
    },
  });
  await load(numberOf('clients', values.clients), numberOf('messages', values.messages));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`thousand-clients: ${error.message}`);
  process.exitCode = 2;
}
