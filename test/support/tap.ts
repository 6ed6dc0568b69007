/**
 * A tap in this process, and what it tells.
 * @module
 */

import { NodeNet, type NodeNetOptions } from '../../src/net/node.js';
import type { Told } from '../../src/tap/connection.js';
import { tapLines } from '../../src/tap/lines.js';
import { Tap, type Upstream } from '../../src/tap/loop.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { runLoop } from '../../src/trace/loop.js';

const HOST = '127.0.0.1';

/** One tap. */
export class RunningTap {
  readonly net: NodeNet;
  readonly told: Told[] = [];
  readonly events: TraceEvent[] = [];
  readonly tap: Tap;
  port = 0;
  #look: () => void = () => {};
  #ended = Promise.resolve();

  constructor(server: Upstream, options: NodeNetOptions = {}) {
    this.net = new NodeNet(options);
    this.tap = new Tap(this.net, server, (told) => {
      this.told.push(told);
      this.#look();
    });
  }

  async start(): Promise<void> {
    const opened = await this.tap.listen({ host: HOST, port: 0 });
    const bind = opened.find((step) => step.step === 'bind') as Extract<Step, { step: 'bind' }>;
    this.port = bind.port;
    const watcher = (event: TraceEvent) => {
      this.events.push(event);
      this.#look();
    };
    this.#ended = runLoop(this.net, this.tap, watcher, opened);
  }

  async stop(): Promise<void> {
    this.tap.stop();
    await this.#ended;
    this.net.closeAll();
  }

  /** Waits until something is so; asks after everything that is told, and after every step. */
  async until<T>(find: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
  }

  async ends(count: number): Promise<void> {
    await this.until(() => this.told.filter(({ kind }) => kind === 'end').length >= count);
  }

  get text(): string {
    return this.told.flatMap((told) => tapLines(told, 0, 80)).join('\n');
  }
}
