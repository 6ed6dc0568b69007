/**
 * A ticker: everyone who is connected hears the time, again and again. No setInterval is needed: the
 * clock of a select loop is the time-out of select. A program is wrapped in another here, which
 * shortens the time-out of the server and adds something to its turns.
 *
 *     npx tsx examples/05-ticker.ts [--port 8082] [--every 1000]     stops with Ctrl-C
 *     npx tsx examples/06-client.ts ws://127.0.0.1:8082              listens to it
 */

import { parseArgs } from 'node:util';
import type { Application, Net, Program, Ready } from 'loopscope';
import { runLoop, Server, SocketError } from 'loopscope';
import { NodeNet } from 'loopscope/node';

/** Nobody is asked anything: what clients say is dropped. */
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

  /** Until the next tick, or until the server's own deadline where that is earlier. */
  timeoutMs(): number | null {
    const deadline = this.#server.timeoutMs();
    if (this.read.size + this.write.size === 0) return deadline; // it has stopped: no further tick
    const untilTick = Math.max(0, this.#next - this.#net.now());
    return Math.min(untilTick, deadline ?? untilTick);
  }

  *turn(ready: Ready) {
    if (this.#net.now() >= this.#next) this.#tick(); // select may return early, for another reason
    yield* this.#server.turn(ready); // sends what the tick has put into the outboxes
  }

  #tick(): void {
    const late = this.#net.now() - this.#next;
    this.#next += this.#everyMs * (1 + Math.floor(late / this.#everyMs)); // ticks that were missed are left out
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
  console.log(`a tick every ${everyMs} ms on ws://127.0.0.1:${bind?.port}; Ctrl-C stops it`);
  process.on('SIGINT', () => server.stop());
  await runLoop(net, new Ticker(net, server, everyMs));
} catch (error) {
  if (!(error instanceof SocketError || error instanceof TypeError)) throw error;
  console.error(`ticker: ${error.message}`);
  process.exitCode = error instanceof SocketError && error.code !== 'EINVAL' ? 1 : 2;
}
