/**
 * The processes of a contest: a server, and a load driver that is no part of what is measured.
 * @module
 */

import { type ChildProcess, type ForkOptions, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Delivered, Load } from './driver.js';
import type { Kind } from './messages.js';
import { PROFILE, type Usage } from './servers/usage.js';

/** A server that is up. */
export interface Peer {
  port: number;
  /** Whether who speaks has to say a name first. */
  asksForNames: boolean;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts a server. */
export type Serve = (kind: Kind) => Promise<Peer>;

/** How a server of ours is started. */
export interface ServerOptions {
  /** The port of a broker, over which others of its name hear it. */
  broker?: number;
  /** A file for the trace. */
  trace?: string;
  /** A file for a CPU profile, in the directory of the call. */
  profile?: string;
  /** Whether `usage` collects garbage first, and the heap for the young stays small: see `memory`. */
  collects?: boolean;
}

/** A server of `servers/`. */
export function nodeServer(
  name: 'loopscope' | 'ws' | 'floor' | 'room',
  { trace, profile, broker, collects = false }: ServerOptions = {},
): Serve {
  return async (kind) => {
    const more = trace ?? broker?.toString();
    const child = start(`./servers/${name}.ts`, more === undefined ? [kind] : [kind, more], {
      execArgv: [
        ...process.execArgv,
        ...(collects ? ['--expose-gc', '--max-semi-space-size=1'] : []),
      ],
      env: {
        ...process.env,
        WS_NO_BUFFER_UTIL: '1',
        WS_NO_UTF_8_VALIDATE: '1',
        ...(profile ? { [PROFILE]: profile } : {}),
      },
    });
    const { port } = await answer<{ port: number }>(child);
    return {
      port,
      asksForNames: name === 'room' || (name === 'loopscope' && kind === 'broadcast'),
      usage: () => ask<Usage>(child, {}),
      stop: () => stop(child),
    };
  };
}

/** Whether there is a PHP that can run the twin, and a /proc that tells what it has used. */
export function hasPhp(): boolean {
  const { status } = spawnSync('php', ['-r', 'exit(extension_loaded("sockets") ? 0 : 1);']);
  return status === 0 && existsSync('/proc/self/stat');
}

/** Whether there is a Bun, which brings a WebSocket server of its own. */
export function hasBun(): boolean {
  bunFound ??= spawnSync('bun', ['--version']).status === 0;
  return bunFound;
}

let bunFound: boolean | null = null;

/** Bun's own server: uWebSockets inside, and none of it JavaScript but the handlers. */
export const bunServer: Serve = async (kind) => {
  const child = start('./servers/bun.ts', [kind], { execPath: 'bun', execArgv: [] });
  const { port } = await answer<{ port: number }>(child);
  return {
    port,
    asksForNames: false,
    usage: () => ask<Usage>(child, {}),
    stop: () => stop(child),
  };
};

/** The twin of examples/php, which knows one kind. */
export const phpServer: Serve = async () => {
  const path = fileURLToPath(new URL('../examples/php/server.php', import.meta.url));
  const child = spawn('php', [path, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    port: Number(/:(\d+)$/.exec(line)?.[1]),
    asksForNames: true,
    usage: () => Promise.resolve(usageOf(child.pid ?? 0)),
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
};

/** A load driver with its clients connected. */
export interface Driver {
  /** Sends for so many milliseconds, and waits until all has come back. */
  measure(ms: number): Promise<Delivered>;
  stop(): Promise<void>;
}

/** Starts a load driver, and waits until its clients are there. */
export async function drive(load: Load): Promise<Driver> {
  const child = start('./driver.ts', [JSON.stringify(load)]);
  await answer(child);
  return {
    measure: (ms) => ask<Delivered>(child, { ms }),
    stop: () => stop(child),
  };
}

/** How many descriptors a process may have; Node has raised the soft limit to the hard one. */
export function descriptors(): number {
  const { userLimits } = process.report.getReport() as unknown as {
    userLimits?: { open_files?: { soft?: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}

function start(path: string, args: string[], options: ForkOptions = {}): ChildProcess {
  return fork(fileURLToPath(new URL(path, import.meta.url)), args, options);
}

function ask<T>(child: ChildProcess, question: object): Promise<T> {
  const answered = answer<T>(child);
  child.send(question);
  return answered;
}

/** The child's next message. @throws Error when it ends instead: what it had to say is on stderr */
function answer<T = unknown>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`${child.spawnargs.slice(-2).join(' ')} has ended`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}

/** What a process has used, by proc(5): ticks of 10 ms, and pages. */
function usageOf(pid: number): Usage {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  const [utime = 0, stime = 0] = fields.slice(11, 13).map(Number);
  return { cpu: (utime + stime) * 10_000, rss: Number(fields[21]) * 4_096 };
}
