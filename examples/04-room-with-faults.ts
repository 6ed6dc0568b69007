/**
 * The room on the simulated network, with faults: every stream is cut at random places, Bo's line is
 * slow, and Cy's is cut off in the middle of a message. No socket is opened, and no real time passes:
 * the same seed gives the same run, to the byte.
 *
 *     npx tsx examples/04-room-with-faults.ts [--seed 7]
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

/** A person logs in, says one thing, and goes when somebody else has gone. */
async function visit(host: SimHost, says: string, random: Random): Promise<void> {
  const tell = (what: string): void =>
    console.log(`${host.now().toFixed(1).padStart(6)} ms  ${host.name.padEnd(4)} ${what}`);
  const client = await WebSocketClient.connect(host, 'ws://server:8080', {
    random: (bytes) => random.fill(bytes), // for the masks: a real client takes nobody's seed
    onopen() {
      client.send(JSON.stringify({ type: 'login', content: host.name }));
      client.send(JSON.stringify({ type: 'user', content: says }));
    },
    onmessage({ text }) {
      tell(`hears ${printable(text)}`);
      if (JSON.parse(text).type === 'logout') client.close();
    },
    onclose: ({ code, reason }) => tell(`ends with ${code} ${printable(reason)}`.trimEnd()),
  });
  await runLoop(host, client);
}

async function play(seed: number): Promise<void> {
  const world = new SimNet({ seed, latencyMs: 5, jitterMs: 2 });
  world.rule(randomCuts(seed));
  world.rule(delay(40), { to: 'Bo' });
  // 150 bytes of request, 37 of login, and half of the message behind them
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
  console.log(`The room took ${turns} turns; ${server.openFds.length} sockets are left open.`);
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
