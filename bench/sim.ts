/**
 * How many events a second the simulated network makes, with tracing on: a chat room of N clients
 * in which each speaks in turn and everyone hears it.
 *
 *     npx tsx bench/sim.ts
 */

import { cpus } from 'node:os';
import { createRoom } from '../src/chat/room.js';
import { WebSocketClient } from '../src/chat/websocket-client.js';
import { Random, SimNet } from '../src/net/sim.js';
import { runLoop } from '../src/trace/loop.js';

const MESSAGES = 20_000;

/** Runs a chat to its end; counts what was heard, so that nothing is measured that did not happen. */
async function measure(clients: number): Promise<{ events: number; seconds: number }> {
  const world = new SimNet({ seed: 1 });
  let events = 0;
  let heard = 0;
  const count = (): void => void events++;
  world.onArrive(count);
  const server = world.host('server');
  const room = createRoom(server);
  const opened = await room.listen({ host: '127.0.0.1', port: 8080 });
  const loops = [runLoop(server, room, count, opened)];
  const people: WebSocketClient[] = [];
  for (let i = 0; i < clients; i++) {
    const host = world.host(`client ${i}`);
    const random = new Random(i);
    const person = await WebSocketClient.connect(host, 'ws://127.0.0.1:8080', {
      random: (bytes) => random.fill(bytes),
      onopen: () => person.send(JSON.stringify({ type: 'login', content: `client ${i}` })),
      onmessage: ({ payload }) => {
        if (payload[9] === 0x75) heard++; // {"type":"user"
      },
    });
    people.push(person);
    loops.push(runLoop(host, person, count));
    await world.settle();
  }

  const rounds = Math.ceil(MESSAGES / clients / clients);
  const before = performance.now();
  const eventsBefore = events;
  for (let round = 0; round < rounds; round++) {
    for (const person of people) {
      person.send(JSON.stringify({ type: 'user', content: `round ${round}` }));
      await world.settle();
    }
  }
  const seconds = (performance.now() - before) / 1_000;
  const expected = rounds * clients * clients;
  if (heard !== expected) throw new Error(`${heard} of ${expected} messages were heard`);
  room.stop();
  await Promise.all(loops);
  return { events: events - eventsBefore, seconds };
}

console.log(`simulated network, tracing on, Node ${process.version}, ${cpus()[0]?.model}\n`);
console.log(' clients |    events |  events a second (median of 5, lowest to highest)');
for (const clients of [10, 50, 200]) {
  const rates: number[] = [];
  let made = 0;
  for (let run = 0; run < 5; run++) {
    const { events, seconds } = await measure(clients);
    made = events;
    rates.push(events / seconds);
  }
  rates.sort((a, b) => a - b);
  const [low = 0, , median = 0, , high = 0] = rates.map(Math.round);
  console.log(
    `${String(clients).padStart(8)} | ${String(made).padStart(9)} | ${String(median).padStart(8)}  (${low} to ${high})`,
  );
}
