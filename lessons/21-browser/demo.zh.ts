/**
 * 页面的四个处理函数，放在一个程序里：一个 WebSocket 从打开到结束，会告诉你什么。
 * 在页面里写的是 `new WebSocket(url)`，处理函数都一样。
 */

import {
  createRoom,
  type Net,
  OriginalServer,
  Random,
  runLoop,
  type TraceEvent,
  WebSocketClient,
} from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

// 1. 一个页面和它的四个处理函数。它听到的是文本，也当成文本显示。
async function page(net: Net, url: string, texts: string[]): Promise<void> {
  const random = new Random(21); // 页面的掩码猜不到，课里的可以
  const ws = await WebSocketClient.connect(net, url, {
    random: (bytes) => random.fill(bytes),
    onopen() {
      console.log('  onopen     现在可以发了');
      ws.send('{"type":"login","content":"Ada"}');
    },
    onmessage({ text }) {
      const message = JSON.parse(text);
      console.log(`  onmessage  ${message.type}: ${message.content}`);
      if (message.type === 'handshake') return; // 聊天室来打招呼
      const next = texts.shift();
      if (next === undefined) ws.close(1000);
      else ws.send(JSON.stringify({ type: 'user', content: next }));
    },
    onerror: (reason) => console.log(`  onerror    ${reason}`),
    onclose: ({ code }) => console.log(`  onclose    ${code}`),
  });
  await runLoop(net, ws);
}

// 2. 先是守 RFC 的聊天室，再是 PHP 原版的镜像：同一个页面去两处。
for (const profile of ['rfc6455', 'original']) {
  const { server, address, client, kind } = openNetworks();
  const room = profile === 'original' ? new OriginalServer(server) : createRoom(server);
  const opened = await room.listen(address);
  const port = opened.find((step) => step.step === 'bind')?.port;
  const events: TraceEvent[] = [];
  const running = runLoop(server, room, (event) => void events.push(event), opened);
  console.log(profile);
  await page(client('page'), `ws://127.0.0.1:${port}`, ['<b>hi</b>', '你好 👋']);
  room.stop();
  await running;
  keepTrace(events);

  // 3. 真的页面做的也一样：要有一个聊天室开着。
  if (kind === 'real' && profile === 'original')
    console.log(
      '\n现在启动 npx loopscope serve --allow-origin null，\n再用浏览器打开 examples/client.html。',
    );
}
