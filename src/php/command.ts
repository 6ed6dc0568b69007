/**
 * Any program as a server to play against, in whatever language it is written: it is told its port,
 * is waited for until it listens there, and ends with all that it has started.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Address } from '../net/net.js';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import type { Behaviour } from '../scenario/behaviour.js';
import type { Connected, Opponent, OpponentState } from '../scenario/opponent.js';
import { Failure } from '../terminal/failure.js';
import type { TraceEvent } from '../trace/event.js';
import { parseEvent } from '../trace/ndjson.js';
import { behaviourOfLoops, spinsAtEnd } from './behaviour.js';
import { ServerProbe } from './proc.js';
import { Running, readEnd, readIfThere } from './process.js';
import { straceCommand } from './strace.js';
import { addressesOf, hasTcpTable, listenerPid } from './tcp-table.js';

/** Where the number of the port goes. */
const PORT = '{port}';

/**
 * Splits a command at blanks. What stands between two quotes, single or double, is one word, blanks and
 * all; nothing else has a meaning: no shell reads it.
 *
 * @returns null when a quote is not closed
 */
export function wordsOf(command: string): string[] | null {
  if (!/^(?:[^'"]|'[^']*'|"[^"]*")*$/.test(command)) return null;
  const words = command.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

/** What a shell would take for itself, and a program is given as a word: `&&`, `|`, `>log`, `2>&1`. */
const OF_A_SHELL = /^(?:&&?|\|\|?|;|[\d&]*[<>].*)$/;

/** The first word of a command that only a shell would understand, outside quotes; null for none. */
export function shellWordOf(command: string): string | null {
  const words = command.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  return words.find((word) => OF_A_SHELL.test(word)) ?? null;
}

/** How a command is started. */
export interface CommandOptions {
  /** Milliseconds until it has to listen. Default 10,000. */
  timeoutMs?: number;
  /** Runs it under strace, so that it is known how it behaves. */
  strace?: boolean;
}

/** Whether there is a strace here that may trace. */
export function hasStrace(): boolean {
  return spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
}

/**
 * Starts a command, and waits until it listens. It runs in this folder, on a port that is free now;
 * where it writes a trace to the file that LOOPSCOPE_TRACE names, its steps are known.
 *
 * @param command with `{port}` in it
 * @throws Failure (2) for a command that is none, and for one that does not come to listen, in one line
 */
export async function startCommand(
  command: string,
  { timeoutMs = 10_000, strace = false }: CommandOptions = {},
): Promise<CommandServer> {
  const words = wordsOf(command);
  const name = `cmd:${command}`;
  if (words === null) throw new Failure('cmd.openQuote', { name }, 2);
  const word = shellWordOf(command);
  if (word !== null) throw new Failure('cmd.shell', { name, word }, 2);
  if (!command.includes(PORT)) throw new Failure('cmd.noPort', { name, place: PORT }, 2);
  const port = await freePort();
  const running = new Running();
  try {
    const argv = words.map((word) => word.replaceAll(PORT, String(port)));
    const env = { ...process.env, LOOPSCOPE_TRACE: join(running.folder, 'trace') };
    const straceFile = strace ? join(running.folder, 'strace') : null;
    const watched = straceFile === null ? argv : straceCommand(straceFile, argv);
    await running.start(watched, env, (text) => text, process.cwd());
    await listening(running, argv[0] ?? '', port, timeoutMs);
    return new CommandServer(running, port, straceFile);
  } catch (error) {
    await running.end();
    const isNone = error instanceof Failure && error.reason?.key === 'php.noProgram';
    if (isNone) throw new Failure('cmd.noProgram', { program: words[0] ?? '' }, 2);
    throw error;
  }
}

async function freePort(): Promise<number> {
  const net = new NodeNet();
  const fd = await net.listen({ host: '127.0.0.1', port: 0 });
  const { port } = net.getsockname(fd);
  net.close(fd);
  return port;
}

async function listening(
  running: Running,
  command: string,
  port: number,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await listens(running, port))) {
    const words = running.lastWords();
    const values = { command, port, words, seconds: timeoutMs / 1_000 };
    if (running.hasEnded) throw new Failure(words ? 'cmd.ended' : 'cmd.ended.silent', values, 2);
    if (performance.now() > deadline) {
      const others = addressesOf(running.group ?? -1).map((address) => address.port);
      if (others.length > 0) {
        throw new Failure('cmd.otherPort', { command, port, ports: others, place: PORT }, 2);
      }
      throw new Failure(words ? 'cmd.silent.said' : 'cmd.silent', values, 2);
    }
    await delay(10);
  }
}

/** Without /proc, connecting is the only way to know; the server then sees one client come and go. */
async function listens({ group }: Running, port: number): Promise<boolean> {
  if (hasTcpTable()) return listenerPid(port, group) !== null;
  const net = new NodeNet();
  try {
    net.close(await net.connect({ host: '127.0.0.1', port }));
    return true;
  } catch (error) {
    if (error instanceof SocketError) return false;
    throw error;
  }
}

/** A program that runs, and listens. */
export class CommandServer implements Opponent {
  readonly address: Address;
  readonly #running: Running;
  readonly #pid: number | null;
  readonly #probe: ServerProbe;
  readonly #straceFile: string | null;
  #calls: string | null = null;
  #kept: string | null = null;
  #stopped: Promise<void> | null = null;

  /** Use `startCommand`. */
  constructor(running: Running, port: number, straceFile: string | null) {
    this.#straceFile = straceFile;
    this.#running = running;
    this.address = { host: '127.0.0.1', port };
    this.#pid = listenerPid(port, running.group);
    this.#probe = new ServerProbe(this.#pid, port);
  }

  state(connections: readonly Connected[]): OpponentState {
    if (this.#running.hasEnded) return 'dead';
    const file = this.#straceFile;
    return this.#probe.state(connections, file !== null && spinsAtEnd(readEnd(file)));
  }

  hasTaken(connections: readonly Connected[]): boolean {
    return this.#probe.hasTaken(connections);
  }

  /** @throws Failure (2) on Windows */
  pause(): void {
    this.#running.pause(this.#pid);
  }

  /** @throws Failure (2) on Windows */
  resume(): void {
    this.#running.resume(this.#pid);
  }

  lastWords(): string {
    return this.#running.lastWords();
  }

  /** How it behaved so far, or in all once it is stopped; null where it is not under strace. */
  behaviour(): Behaviour | null {
    const calls = this.#calls ?? (this.#straceFile && readIfThere(this.#straceFile));
    return calls === null ? null : behaviourOfLoops(calls);
  }

  /** The steps that it wrote; none where it writes no trace. @throws TraceError for one that is none */
  events(): TraceEvent[] {
    const text = this.#kept ?? this.#trace();
    return text
      .split('\n')
      .slice(0, -1)
      .map((line, i) => parseEvent(line, i + 1));
  }

  /** Ends it, and waits until it and its temporary files are gone. */
  stop(): Promise<void> {
    this.#stopped ??= this.#running.end(() => {
      this.#kept = this.#trace();
      this.#calls = this.#straceFile && readIfThere(this.#straceFile);
    });
    return this.#stopped;
  }

  #trace(): string {
    return readIfThere(join(this.#running.folder, 'trace')) ?? '';
  }
}
