/**
 * The four handlers of a page, in a program: what a WebSocket tells, from its opening to its end.
 * In a page you write `new WebSocket(url)`, and the handlers are the same.
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

// 1. A page with its four handlers. What it hears is a text, and is shown as one.
async function page(net: Net, url: string, texts: string[]): Promise<void> {
  const random = new Random(21); // a page's masks cannot be foretold; a lesson's can
  const ws = await WebSocketClient.connect(net, url, {
    random: (bytes) => random.fill(bytes),
    onopen() {
      console.log('  onopen     now it may send');
      ws.send('{"type":"login","content":"Ada"}');
    },
    onmessage({ text }) {
      const message = JSON.parse(text);
      console.log(`  onmessage  ${message.type}: ${message.content}`);
      if (message.type === 'handshake') return; // the room greets us
      const next = texts.shift();
      if (next === undefined) ws.close(1000);
      else ws.send(JSON.stringify({ type: 'user', content: next }));
    },
    onerror: (reason) => console.log(`  onerror    ${reason}`),
    onclose: ({ code }) => console.log(`  onclose    ${code}`),
  });
  await runLoop(net, ws);
}

// 2. The room that obeys the RFC, then the mirror of the PHP original: the same page in both.
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

  // 3. A real page does the same: a room has to run for it.
  if (kind === 'real' && profile === 'original')
    console.log(
      '\nNow start npx loopscope serve --allow-origin null,\nand open examples/client.html in a browser.',
    );
}
