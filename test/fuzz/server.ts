/**
 * The whole server under fuzz, on a simulated network: hostile peers send the input in any cuts and
 * leave in any way, while two members of the room talk. Whatever the peers do, the members hear each
 * other to the last word, nothing throws, and every descriptor is closed.
 * @module
 */

import { joinBytes } from '../../src/bytes.js';
import { createRoom } from '../../src/chat/room.js';
import type { ServerOptions } from '../../src/chat/server.js';
import { WebSocketClient } from '../../src/chat/websocket-client.js';
import { FdSet, SocketError } from '../../src/net/net.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { cutOff, Random, randomCuts, type SimHost, SimNet } from '../../src/net/sim.js';
import { runLoop } from '../../src/trace/loop.js';
import { formatEvent, parseEvent } from '../../src/trace/ndjson.js';
import { damaged, pick, request, stream, TOKENS } from './inputs.js';
import { must, mustEqual, type Target } from './target.js';

const PORT = 8_080;
const MEMBERS = ['Ada', '小明'];
/** Says that a text is of a member: a hostile peer may log in under any name. */
const MARK = 'said for all to hear';
const NONE = new FdSet();

/** How a peer ends its side when its bytes are sent. */
const ENDINGS = ['fin', 'reset', 'half-close', 'waits', 'silence'] as const;

const server: Target = {
  name: 'server',
  share: 6,
  make(random) {
    const head = request(random);
    const bytes = joinBytes([random.below(4) === 0 ? damaged(random, head, TOKENS) : head]);
    return joinBytes([bytes, ...[1, 2, 3].map(() => stream(random, 'client', true))]);
  },
  async run(bytes, random) {
    const sim = new SimNet({ seed: random.uint32(), latencyMs: random.below(4), jitterMs: 3 });
    sim.rule(randomCuts(random.uint32()));
    const host = sim.host('server', { receiveBuffer: 64 + random.below(8_000) });
    const room = createRoom(host, options(random));
    const problems: string[] = [];
    const loop = runLoop(
      host,
      room,
      (event) => {
        const line = formatEvent(event);
        mustEqual(formatEvent(parseEvent(line, 1)), line, 'a trace is read as it was written');
        if (event.step === 'error' && event.code === 'exception') problems.push(event.message);
      },
      await room.listen({ host: '', port: PORT }),
    );

    const hosts = [host];
    const heard = MEMBERS.map((): string[] => []);
    const members = await Promise.all(
      MEMBERS.map((name, i) => {
        hosts.push(sim.host(name));
        return join(hosts.at(-1) as SimHost, name, heard[i] ?? [], new Random(random.uint32()));
      }),
    );
    const loops = [loop, ...members.map(({ loop }) => loop)];
    // in pieces of a few bytes, a handshake takes its time
    for (let i = 0; i < 100 && !members.every(({ isIn }) => isIn()); i++) {
      await sim.run(sim.now() + 10);
    }
    const peers = Array.from({ length: 1 + random.below(3) }, (_, i) => {
      hosts.push(sim.host(`peer ${i}`));
      return peer(sim, hosts.at(-1) as SimHost, bytes, new Random(random.uint32()));
    });
    const said: string[] = [];
    for (let i = 0; i < 4; i++) {
      const text = `${i} ${MARK}`;
      for (const [place, { client }] of members.entries()) {
        must(client.send(JSON.stringify({ type: 'user', content: text })), 'members stay open');
        said.push(`${MEMBERS[place]} ${text}`);
      }
      await sim.run(sim.now() + random.below(30));
    }
    await Promise.all(peers);
    await sim.run(sim.now() + 200);
    for (const [place, name] of MEMBERS.entries()) {
      for (const speaker of MEMBERS) {
        const from = (lines: string[]) => lines.filter((line) => line.startsWith(`${speaker} `));
        mustEqual(from(heard[place] ?? []), from(said), `what ${name} heard of ${speaker}`);
      }
    }
    room.stop();
    await Promise.all(loops);
    await sim.settle();
    mustEqual(problems, [], 'no handler threw');
    mustEqual(
      hosts.map(({ openFds }) => openFds),
      hosts.map(() => []),
      'all descriptors are closed',
    );
  },
};

function options(random: Random): ServerOptions {
  return {
    maxMessageLength: pick(random, [200, 4_000, 1 << 20]),
    handshakeTimeoutMs: 1_000,
    closeTimeoutMs: 500,
    pingIntervalMs: pick(random, [50, 30_000]),
    pongTimeoutMs: 1_000,
    maxFramesPerSecond: pick(random, [8, 1_000]),
    deflate: random.below(2) === 0 ? nodeCompression : null,
  };
}

/** A member of the room, logged in; it compresses where the room does. */
async function join(host: SimHost, name: string, heard: string[], random: Random) {
  let isIn = false;
  const client = await WebSocketClient.connect(host, `ws://server:${PORT}`, {
    random: (bytes) => random.fill(bytes),
    deflate: nodeCompression,
    onopen: () => client.send(JSON.stringify({ type: 'login', content: name })),
    onmessage({ text }) {
      const { type, from, content } = JSON.parse(text);
      if (type === 'login' && content === name) isIn = true;
      if (type === 'user' && content.endsWith(MARK)) heard.push(`${from} ${content}`);
    },
  });
  return { client, loop: runLoop(host, client), isIn: () => isIn };
}

/** A hostile peer: sends the bytes, in its own pieces, and leaves in some way. */
async function peer(sim: SimNet, host: SimHost, bytes: Uint8Array, random: Random): Promise<void> {
  const ending = pick(random, ENDINGS);
  if (ending === 'silence') {
    sim.rule(cutOff(1 + random.below(bytes.length + 1), 'silence'), { from: host.name });
  }
  const fd = await host.connect({ host: 'server', port: PORT });
  const reads = random.below(3) > 0;
  const fds = new FdSet([fd]);
  try {
    for (let at = 0; at < bytes.length; ) {
      const ready = await host.select(reads ? fds : NONE, fds, NONE, 1_000);
      if (ready.read.length + ready.write.length === 0) break; // the server does not read us
      if (ready.read.length > 0 && host.recv(fd, 65_536).length === 0) break;
      const end = at + 1 + random.below(3_000);
      if (ready.write.length > 0) at += host.send(fd, bytes.subarray(at, end));
    }
    if (ending === 'half-close') host.shutdown(fd);
    if (ending === 'half-close' || ending === 'waits') await untilItEnds(host, fd);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error; // the server, or the network, has ended it
  }
  if (ending === 'reset') host.reset(fd);
  else host.close(fd);
}

async function untilItEnds(host: SimHost, fd: number): Promise<void> {
  const until = host.now() + 3_000;
  while (host.now() < until) {
    const { read } = await host.select(new FdSet([fd]), NONE, NONE, until - host.now());
    if (read.length === 0 || host.recv(fd, 65_536).length === 0) return;
  }
}

/** The target of this file. */
export const SERVER: Target = server;
