/**
 * A thousand clients in one room, on the simulated network: one of them speaks, and all of them hear
 * it. Counts what that costs the server's loop: its turns, the descriptors that a select has to ask,
 * the sends and their bytes.
 *
 *     npx tsx examples/07-thousand-clients.ts [--clients 1000] [--messages 10]
 */

import { parseArgs } from 'node:util';
import { createRoom, Random, runLoop, SimNet, type TraceEvent, WebSocketClient } from 'loopscope';

/** What the loop did in one phase. */
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
  console.log(`${name.padEnd(14)}${columns.join('')}`);
}

async function load(clients: number, messages: number): Promise<void> {
  const world = new SimNet({ seed: 1, latencyMs: 1, jitterMs: 1 });
  const server = world.host('server');
  const room = createRoom(server, { maxClients: clients });
  await room.listen({ host: 'server', port: 8080 });
  let count = new Count();
  const running = runLoop(server, room, (event) => count.add(event));

  /** Ends a phase: when the world is idle, everything that was sent has been heard. */
  async function phase(name: string): Promise<void> {
    await world.settle();
    count.print(name);
    count = new Count();
  }

  let heard = 0;
  const loops: Promise<void>[] = [];
  const connect = async (_: unknown, number: number): Promise<WebSocketClient> => {
    const random = new Random(number); // for the masks
    const host = world.host(`client ${number}`); // a process of its own for each
    const client = await WebSocketClient.connect(host, 'ws://server:8080', {
      random: (bytes) => random.fill(bytes),
      onmessage: () => heard++,
    });
    loops.push(runLoop(host, client));
    return client;
  };
  row('', 'turns', 'scanned', 'sends', 'bytes');
  const everyone = await Promise.all(Array.from({ length: clients }, connect));
  await phase('handshakes');
  everyone[0]?.send(JSON.stringify({ type: 'login', content: 'Ada' }));
  await phase('one login');
  for (let i = 1; i <= messages; i++) {
    everyone[0]?.send(JSON.stringify({ type: 'user', content: `Message ${i} to all of you` }));
    await world.settle();
  }
  await phase(`${messages} messages`);
  room.stop();
  await Promise.all([running, ...loops]);
  count.print('the end');
  console.log(`${clients} clients heard ${heard.toLocaleString('en-US')} messages`);
}

/** A whole number from 1 on. */
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
