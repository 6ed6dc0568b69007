/**
 * PHP as a server to play against: finds it, starts a file in it, tells what it is at, and leaves
 * nothing behind. What the server does is its own affair: see proc.ts and strace.ts.
 * @module
 */

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import type { Behaviour } from '../scenario/behaviour.js';
import type { Restless } from '../scenario/compare.js';
import type { Connected, Opponent, OpponentState } from '../scenario/opponent.js';
import { Failure } from '../terminal/failure.js';
import type { TraceEvent } from '../trace/event.js';
import { parseEvent } from '../trace/ndjson.js';
import { behaviourOf, spinsAtEnd } from './behaviour.js';
import { ServerProbe } from './proc.js';
import { lastLine, Running, readEnd, readIfThere } from './process.js';
import type { Repair } from './repair.js';
import { readScript, readSource, type Script } from './script.js';
import { readStrace, straceCommand } from './strace.js';
import { addressesOf, hasTcpTable, isListener, listenerPid, readTcpTable } from './tcp-table.js';

/** A PHP for the command line. */
export interface Php {
  /** How it is called: `php`, or what LOOPSCOPE_PHP says. */
  path: string;
  /** `8.2.36`, say. */
  version: string;
  /** 80236, say: PHP_VERSION_ID. */
  versionId: number;
  /** Whether it has the extension of that name. */
  sockets: boolean;
}

/**
 * Looks for PHP: the program that LOOPSCOPE_PHP names, or `php`.
 *
 * @returns null when there is none
 * @throws Failure (2) when there is one that does not run, or not where LOOPSCOPE_PHP says
 */
export async function findPhp(): Promise<Php | null> {
  const named = process.env.LOOPSCOPE_PHP;
  const path = named || 'php';
  const question =
    'echo "\\nPHP=", PHP_VERSION, "=", PHP_VERSION_ID, "=", (int) extension_loaded("sockets");';
  const { error, output } = await new Promise<{ error: Error | null; output: string }>((settle) => {
    execFile(path, ['-r', question], { timeout: 10_000 }, (error, stdout, stderr) =>
      settle({ error, output: `${stderr}${stdout}` }),
    );
  });
  const [, version, versionId, sockets] = /^PHP=(.+)=(\d+)=([01])$/m.exec(output) ?? [];
  if (version !== undefined) {
    return { path, version, versionId: Number(versionId), sockets: sockets === '1' };
  }
  const isMissing = (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
  if (isMissing && !named) return null;
  if (isMissing) throw new Failure('php.named.missing', { path }, 2);
  const key = named ? 'php.named.broken' : 'php.here.broken';
  throw new Failure(key, { path, words: lastLine(output) }, 2);
}

/** How PHP is started. */
export interface PhpOptions {
  /** Which PHP; that of `findPhp` if absent. */
  php?: Php;
  /** Where a server that writes a trace is to write it; if absent, a temporary file. */
  traceFile?: string;
  /** Runs a copy with the repairs that PHP 8 needs. */
  php8?: boolean;
  /** Runs it under strace, and makes the trace from its system calls. */
  strace?: boolean;
  /** Milliseconds until it has to listen. Default 10,000. */
  timeoutMs?: number;
}

/**
 * Starts a PHP server: one that takes its port as an argument and prints `listening on HOST:PORT`,
 * as the twin does, on any free port; another one, such as a person's copy of the original, where it
 * listens by itself. Linux knows where that is. Elsewhere it has to be printed in that form, or be
 * written as a pair of literals, and is then tried.
 *
 * It runs in a temporary folder. A file that asks where it is (`__DIR__`, `__FILE__`) and includes no
 * other is copied there, so that nothing is written beside it.
 *
 * @throws Failure (2) for whatever hinders it, in one line
 */
export async function startPhp(file: string, options: PhpOptions = {}): Promise<PhpServer> {
  const php = options.php ?? (await findPhp());
  if (php === null) {
    throw new Failure('php.none', {}, 2);
  }
  if (!php.sockets) {
    const { version, path } = php;
    throw new Failure('php.noSockets', { version, path }, 2);
  }
  const script = readScript(file, php.versionId, options.php8 === true);
  if (script.address !== null) await refuseIfTaken(script.address);
  const running = new Running();
  try {
    return await launch(running, php, script, options);
  } catch (error) {
    await running.end();
    throw error;
  }
}

/** The original only warns when its port is taken, and goes on with a random one. */
async function refuseIfTaken(address: Address): Promise<void> {
  const net = new NodeNet();
  try {
    net.close(await net.listen(address));
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    if (error.code !== 'EADDRINUSE') throw new Failure(error, 2);
    const { port } = address;
    const isHeld = readTcpTable()?.some((entry) => isListener(entry, port)) ?? true;
    throw new Failure(isHeld ? 'php.portTaken' : 'php.portWaits', { port }, 2);
  }
}

async function launch(
  running: Running,
  php: Php,
  script: Script,
  options: PhpOptions,
): Promise<PhpServer> {
  const { folder } = running;
  const straceFile = options.strace === true ? join(folder, 'strace') : null;
  const wanted = options.traceFile ?? (straceFile === null ? join(folder, 'trace') : '');
  const traceFile = wanted && resolve(wanted);
  let path = script.path;
  if (script.copy !== null) {
    path = join(folder, basename(script.path));
    writeFileSync(path, script.copy, 'latin1');
  }
  // whatever php.ini says, what it says of itself has to come here, and only once
  const settings = ['-d', 'display_errors=1', '-d', 'log_errors=0'];
  const command = [php.path, ...settings, path, ...(script.takesPort ? ['0'] : [])];
  await running.start(
    straceFile === null ? command : straceCommand(straceFile, command),
    { ...process.env, LOOPSCOPE_TRACE: traceFile },
    (text) => text.replaceAll(path, script.path),
  );
  const timeoutMs = options.timeoutMs ?? 10_000;
  const address = await listening(running, script, php, timeoutMs);
  return new PhpServer(running, address, script.repairs, { straceFile, traceFile });
}

/** Waits until it listens, without connecting to it where that can be known: it would be a client. */
async function listening(
  running: Running,
  script: Script,
  php: Php,
  timeoutMs: number,
): Promise<Address> {
  const { address: fixed, takesPort, path } = script;
  if (
    !takesPort &&
    fixed === null &&
    !hasTcpTable() &&
    !/listening on /.test(readSource(path, path))
  ) {
    throw new Failure('php.noAddress', { file: path }, 2);
  }
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const opened = takesPort ? null : await addressWhere(running, script);
    const output = running.output();
    if (!takesPort && /Address already in use/.test(output)) {
      throw new Failure('php.addressTaken', { file: path }, 2);
    }
    const address = printedAddress(output) ?? opened;
    if (address !== null) return address;
    const words = running.lastWords();
    if (running.hasEnded) {
      if (words.startsWith('strace: ')) {
        throw new Failure('php.strace', { words: words.slice(8) }, 2);
      }
      const { version } = php;
      throw new Failure(words === '' ? 'php.ended.silent' : 'php.ended', { version, words }, 2);
    }
    if (performance.now() > deadline) {
      const key = fixed === null ? 'php.silent' : 'php.silentAt';
      const values = { ...fixed, seconds: timeoutMs / 1_000, words };
      throw new Failure(words === '' ? key : `${key}.said`, values, 2);
    }
    await delay(5);
  }
}

function printedAddress(output: string): Address | null {
  const [, host, port] = /^listening on (.+):(\d+)$/m.exec(output) ?? [];
  return host === undefined ? null : { host, port: Number(port) };
}

/**
 * Where it listens. Where there is no /proc, connecting is the only way; the server then sees one client
 * come and go.
 */
async function addressWhere(running: Running, script: Script): Promise<Address | null> {
  const { address: fixed, path } = script;
  if (hasTcpTable() && running.group !== undefined) {
    const [first, ...more] = addressesOf(running.group);
    if (first === undefined || more.length === 0) return first ?? null;
    const named = [first, ...more].find(({ port }) => port === fixed?.port);
    if (named !== undefined) return named;
    if (/listening on /.test(readSource(path, path))) return null; // it is about to say which
    const ports = [first, ...more].map(({ port }) => port);
    throw new Failure('php.manyPorts', { file: path, ports }, 2);
  }
  if (fixed === null) return null;
  const net = new NodeNet();
  try {
    net.close(await net.connect(fixed));
    return fixed;
  } catch (error) {
    if (error instanceof SocketError) return null;
    throw error;
  }
}

/** Where the steps are written; '' for nowhere. */
interface TraceFiles {
  straceFile: string | null;
  traceFile: string;
}

/** A PHP server that runs. */
export class PhpServer implements Opponent {
  readonly address: Address;
  /** What was changed in the copy that runs. */
  readonly repairs: readonly Repair[];
  readonly #running: Running;
  readonly #pid: number | null;
  readonly #probe: ServerProbe;
  readonly #files: TraceFiles;
  #stopped: Promise<void> | null = null;
  /** The trace as it was when the server was stopped. */
  #kept: string | null = null;

  /** Use `startPhp`. */
  constructor(running: Running, address: Address, repairs: readonly Repair[], files: TraceFiles) {
    this.#running = running;
    this.address = address;
    this.repairs = repairs;
    this.#files = files;
    this.#pid = listenerPid(address.port, running.group);
    this.#probe = new ServerProbe(this.#pid, address.port);
  }

  state(connections: readonly Connected[]): OpponentState {
    if (this.#running.hasEnded) return 'dead';
    const { straceFile } = this.#files;
    return this.#probe.state(connections, straceFile !== null && spinsAtEnd(readEnd(straceFile)));
  }

  /** What it did with nothing to do, as the kernel counted: zeros for a loop that waits. */
  get restless(): Restless {
    return this.#probe.restless;
  }

  /** How it behaved so far, or in all once it is stopped; null where it is not under strace. */
  behaviour(): Behaviour | null {
    return this.#files.straceFile === null ? null : behaviourOf(this.#kept ?? this.#trace());
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

  /**
   * The steps so far, or all of them once it is stopped.
   *
   * @returns nothing for a server that writes no trace and is not under strace
   * @throws TraceError for a trace that is none
   */
  async events(): Promise<TraceEvent[]> {
    const text = this.#kept ?? this.#trace();
    if (this.#files.straceFile !== null) return readStrace(text);
    const lines = text.split('\n').slice(0, -1); // what has no newline yet is not written to its end
    return lines.map((line, i) => parseEvent(line, i + 1));
  }

  /** Ends it, and waits until it is gone and its temporary files are. */
  stop(): Promise<void> {
    this.#stopped ??= this.#running.end(() => {
      this.#kept = this.#trace();
    });
    return this.#stopped;
  }

  #trace(): string {
    const { straceFile, traceFile } = this.#files;
    const path = straceFile ?? traceFile;
    return (path && readIfThere(path)) || '';
  }
}
