/**
 * 模拟网络上的聊天室，网络会出毛病：每条字节流都在随机的地方切开，Bo 的线路很慢，Cy 的线路在一条消息的
 * 中间断掉。没有打开任何套接字，真实的时间也没有走：种子一样，每次运行就一个字节不差。
 *
 *     npx tsx examples/04-room-with-faults.zh.ts [--seed 7]
 */

import { parseArgs } from 'node:util';
import {
  createRoom,
  cutOff,
  delay,
  printable,
  Random,
  randomCuts,
  runLoop,
  type SimHost,
  SimNet,
  WebSocketClient,
} from 'loopscope';

/** 一个人登录，说一句话，有别人走了，自己也走。 */
async function visit(host: SimHost, says: string, random: Random): Promise<void> {
  const tell = (what: string): void =>
    console.log(`${host.now().toFixed(1).padStart(6)} ms  ${host.name.padEnd(4)} ${what}`);
  const client = await WebSocketClient.connect(host, 'ws://server:8080', {
    random: (bytes) => random.fill(bytes), // 用来做掩码；真正的客户端不用别人给的种子
    onopen() {
      client.send(JSON.stringify({ type: 'login', content: host.name }));
      client.send(JSON.stringify({ type: 'user', content: says }));
    },
    onmessage({ text }) {
      tell(`听到 ${printable(text)}`);
      if (JSON.parse(text).type === 'logout') client.close();
    },
    onclose: ({ code, reason }) => tell(`断开 ${code} ${printable(reason)}`.trimEnd()),
  });
  await runLoop(host, client);
}

async function play(seed: number): Promise<void> {
  const world = new SimNet({ seed, latencyMs: 5, jitterMs: 2 });
  world.rule(randomCuts(seed));
  world.rule(delay(40), { to: 'Bo' });
  // 请求 150 字节，登录 37 字节，再加上后面那条消息的一半
  world.rule(cutOff(218), { from: 'Cy' });

  const server = world.host('server');
  const room = createRoom(server);
  await room.listen({ host: 'server', port: 8080 });
  let turns = 0;
  const running = runLoop(server, room, ({ step }) => {
    if (step === 'select') turns++;
  });
  await Promise.all([
    visit(world.host('Ada'), 'Who is there?', new Random(seed, 1)),
    visit(world.host('Bo'), 'I am, but I hear you late.', new Random(seed, 2)),
    visit(world.host('Cy'), 'My line is about to be cut.', new Random(seed, 3)),
  ]);
  room.stop();
  await running;
  console.log(`聊天室走了 ${turns} 轮；还开着 ${server.openFds.length} 个套接字。`);
}

try {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '7' } } });
  if (!/^\d{1,15}$/.test(values.seed)) {
    throw new TypeError(`--seed ${values.seed}: a seed is a whole number`);
  }
  await play(Number(values.seed));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`room-with-faults: ${error.message}`);
  process.exitCode = 2;
}
