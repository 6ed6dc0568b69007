/**
 * A real redis-server on a free port of the loopback: nothing is kept on disk, and it is killed as a
 * machine is that loses its power.
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCommand, RespDecoder, type RespValue } from '../../src/broker/resp.js';
import { makeCertificate } from './certificate.js';
import { freePort } from './ports.js';

/** Whether one can be started. */
export const hasRedis =
  spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).error === undefined;
if (!hasRedis) console.warn('redis-server is missing: nothing is relayed over a real broker');

/** A server, and whoever speaks to it. */
export class Redis {
  readonly port: number;
  readonly folder: string;
  readonly #args: readonly string[];
  #child: ChildProcess | null = null;
  readonly #sockets: Socket[] = [];

  private constructor(port: number, folder: string, args: readonly string[]) {
    this.port = port;
    this.folder = folder;
    this.#args = args;
  }

  /** Starts one. @param args further options of redis-server */
  static async start(...args: string[]): Promise<Redis> {
    const folder = mkdtempSync(join(tmpdir(), 'loopscope-redis-'));
    const redis = new Redis(await freePort(), folder, args);
    await redis.start();
    return redis;
  }

  /** Starts one that speaks TLS alone, with a certificate for `localhost` that signs itself. */
  static async startTls(): Promise<Redis> {
    const folder = mkdtempSync(join(tmpdir(), 'loopscope-redis-'));
    const { certFile, keyFile } = makeCertificate(folder, 'localhost');
    const redis = new Redis(await freePort(), folder, [
      ...['--tls-cert-file', certFile, '--tls-key-file', keyFile],
      ...['--tls-ca-cert-file', certFile, '--tls-auth-clients', 'no'],
    ]);
    await redis.start(true);
    return redis;
  }

  /** Starts it, or starts it again on its port. */
  async start(isTls = false): Promise<void> {
    const port = isTls ? ['--port', '0', '--tls-port', `${this.port}`] : ['--port', `${this.port}`];
    const child = spawn(
      'redis-server',
      [...port, '--bind', '127.0.0.1', '--save', '', '--dir', this.folder, ...this.#args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (said.includes('Ready to accept connections')) break;
    }
    child.stdout?.destroy();
    if (!said.includes('Ready')) throw new Error(`redis-server ended: ${said}`);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Speaks to it as anyone may. @returns its answer */
  async ask(...command: string[]): Promise<RespValue> {
    const socket = createConnection({ port: this.port, host: '127.0.0.1' });
    this.#sockets.push(socket);
    socket.write(encodeCommand(...command));
    const decoder = new RespDecoder();
    for await (const chunk of socket) {
      decoder.feed(chunk);
      const message = decoder.next();
      if (message !== null) return message.value;
    }
    throw new Error('it hung up');
  }

  /** Stops it without ending it, or lets it go on: it takes nothing and answers nothing meanwhile. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Ends it, and takes its folder away. */
  async end(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
