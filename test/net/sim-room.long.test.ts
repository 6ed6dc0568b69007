import { describe, expect, test } from 'vitest';
import { createRoom } from '../../src/chat/room.js';
import { WebSocketClient } from '../../src/chat/websocket-client.js';
import { FdSet } from '../../src/net/net.js';
import { cutOff, Random, randomCuts, type SimHost, SimNet } from '../../src/net/sim.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { runLoop, type Watcher } from '../../src/trace/loop.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { utf8 } from '../support/bytes.js';
import { readable, recvAll, text } from './net.contract.js';

const none = new FdSet();
const URL = 'ws://127.0.0.1:8080';

/** What a client of a random chat does. */
interface Plan {
  name: string;
  says: number;
  /** Whether it closes when it has said everything, is cut off, or stays to the end. */
  end: 'stays' | 'closes' | 'cut';
}

/** How a chat went. */
interface Chat {
  /** Everything that happened, as lines of a trace. */
  lines: string[];
  /** What each client heard of the others: `NAME WORDS`. */
  heard: Map<string, string[]>;
  /** What those said who stay. */
  sent: string[];
  /** What the server took to be said. */
  dealt: string[];
  /** Descriptors that were open at the end, over all hosts. */
  open: number;
}

/** Runs a room with some clients, who talk at random, over a network that cuts and delays at random. */
async function chat(seed: number, watch: Watcher = () => {}): Promise<Chat> {
  const random = new Random(seed);
  const sim = new SimNet({ seed, latencyMs: 1 + random.below(5), jitterMs: random.below(10) });
  sim.rule(randomCuts(seed));
  const server = sim.host('server', { receiveBuffer: 64 + random.below(4_000) });
  const { lines, dealt, watcher } = recorder(sim, watch);
  const room = createRoom(server);
  const opened = await room.listen({ host: '', port: 8_080 });
  const running = [runLoop(server, room, watcher, opened)];

  const heard = new Map<string, string[]>();
  const sent: string[] = [];
  const hosts = [server];
  const talks = ['Ada', 'Grace', '小明', 'Linus'].map((name, i) => {
    const plan: Plan = {
      name,
      says: random.below(6),
      end: i < 2 ? 'stays' : (END_OF[random.below(3)] ?? 'stays'),
    };
    const host = sim.host(name);
    hosts.push(host);
    sim.link(name, 'server', { latencyMs: 1 + random.below(20) });
    if (plan.end === 'cut') sim.rule(cutOff(200 + random.below(400)), { from: name });
    heard.set(name, []);
    return talk(sim, host, plan, new Random(seed, i), heard.get(name) ?? [], sent);
  });
  for (const { loop } of await Promise.all(talks)) running.push(loop);
  await sim.settle();
  room.stop();
  await Promise.all(running);
  await sim.settle();
  return { lines, heard, sent, dealt, open: hosts.flatMap(({ openFds }) => openFds).length };
}
const END_OF: Plan['end'][] = ['stays', 'closes', 'cut'];

/** Writes down what the server does, and what arrives anywhere. */
function recorder(sim: SimNet, watch: Watcher) {
  const lines: string[] = [];
  const dealt: string[] = [];
  sim.onArrive(({ name }, step) => void lines.push(`${sim.now()} ${name} ${JSON.stringify(step)}`));
  const watcher = (event: TraceEvent): Promise<void> | void => {
    lines.push(formatEvent(event));
    if (event.step === 'deal') dealt.push(...said(event.reply));
    return watch(event);
  };
  return { lines, dealt, watcher };
}

/** Connects, logs in, and talks. @returns the client's loop, when everything is said */
async function talk(
  sim: SimNet,
  host: SimHost,
  plan: Plan,
  random: Random,
  heard: string[],
  sent: string[],
): Promise<{ loop: Promise<void> }> {
  await sim.run(random.below(30));
  const client = await WebSocketClient.connect(host, URL, {
    random: (bytes) => random.fill(bytes),
    onopen: () => client.send(JSON.stringify({ type: 'login', content: plan.name })),
    onmessage: (message) => message.isText && heard.push(...said(message.text)),
  });
  const loop = runLoop(host, client);
  await sim.run(2_000); // by then everyone is there
  for (let i = 0; i < plan.says; i++) {
    const content = `${i} ${'你好 '.repeat(random.below(40))}`;
    client.send(JSON.stringify({ type: 'user', content }));
    if (plan.end === 'stays') sent.push(`${plan.name} ${content}`);
    await sim.run(sim.now() + random.below(40));
  }
  if (plan.end === 'closes') client.close();
  return { loop };
}

/** `NAME WORDS` if a reply is something that someone said. */
function said(json: string): string[] {
  const reply = JSON.parse(json) as { type: string; from?: string; content: string };
  return reply.type === 'user' ? [`${reply.from} ${reply.content}`] : [];
}

describe('the room on a simulated network', () => {
  test('the same seed gives the same run, to the byte; another seed another one', async () => {
    const [one, two, other] = [await chat(7), await chat(7), await chat(8)];
    expect(one.lines.length).toBeGreaterThan(200);
    expect(two.lines).toEqual(one.lines);
    expect(other.lines).not.toEqual(one.lines);
  });

  test('a watcher that takes its time changes nothing', async () => {
    const plain = await chat(7);
    const slow = await chat(7, async () => {
      for (let i = 0; i < 20; i++) await null;
    });
    expect(slow.lines).toEqual(plain.lines);
  });

  test('a thousand seeds: nothing is lost or doubled, the order is kept, everything is closed', async () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const { heard, sent, dealt, open } = await chat(seed);
      const about = `seed ${seed}`;
      expect(open, about).toBe(0);
      expect(new Set(dealt).size, about).toBe(dealt.length);
      for (const line of sent) expect(dealt, about).toContain(line);
      for (const stays of ['Ada', 'Grace']) expect(heard.get(stays), about).toEqual(dealt);
      for (const words of heard.values())
        expect(dealt.slice(0, words.length), about).toEqual(words);
      for (const name of heard.keys()) {
        const numbers = dealt
          .filter((line) => line.startsWith(`${name} `))
          .map((line) => line.split(' ')[1]);
        expect(numbers, about).toEqual(numbers.map((_, i) => String(i)));
      }
    }
  }, 60_000);

  test('the ten seconds for a handshake pass on its own clock', async () => {
    const sim = new SimNet();
    const [server, client] = [sim.host('server'), sim.host('client')];
    const room = createRoom(server);
    await room.listen({ host: '', port: 8_080 });
    const loop = runLoop(server, room);
    const fd = await client.connect({ host: 'server', port: 8_080 });
    const read = new FdSet([fd]);
    await client.select(read, none, none);
    expect(client.recv(fd, 1)).toHaveLength(0);
    expect(sim.now()).toBe(10_004);
    room.stop();
    await loop;
  });

  test('a peer that vanishes in silence is thrown out by the time-out', async () => {
    const sim = new SimNet();
    sim.rule(cutOff(10, 'silence'), { direction: 'up' });
    const [server, client] = [sim.host('server'), sim.host('client')];
    const room = createRoom(server);
    await room.listen({ host: '', port: 8_080 });
    const steps: TraceEvent[] = [];
    void runLoop(server, room, (event) => void steps.push(event));
    const fd = await client.connect({ host: 'server', port: 8_080 });
    client.send(fd, utf8('GET / HTTP/1.1\r\n'));
    await sim.run(11_000);
    expect(steps.at(-1)).toMatchObject({ step: 'disconnect', cause: 'timeout' });
    expect(server.openFds).toEqual([3]);
  });

  test('held in the middle of a turn, it goes on as if nothing had been', async () => {
    const run = async (holds: boolean) => {
      const sim = new SimNet();
      const [server, client] = [sim.host('server'), sim.host('client')];
      const room = createRoom(server);
      await room.listen({ host: '', port: 8_080 });
      const lines: string[] = [];
      const loop = runLoop(server, room, async (event) => {
        lines.push(formatEvent(event));
        if (!holds) return;
        const release = sim.hold();
        await new Promise((resolve) => setTimeout(resolve, 1));
        release();
      });
      const fd = await client.connect({ host: 'server', port: 8_080 });
      client.send(fd, utf8('GET / HTTP/1.1\r\n\r\n'));
      await readable(client, fd);
      const answer = text(await recvAll(client, fd));
      expect(answer).toMatch(/^HTTP\/1.1 4/);
      client.close(fd);
      room.stop();
      await loop;
      return lines;
    };
    const plain = await run(false);
    expect(await run(true)).toEqual(plain);
    expect(plain.length).toBeGreaterThan(4);
  });
});
