/**
 * `loopscope tap`: stands between a browser and any WebSocket server, and prints every frame of both
 * directions as it passes.
 * @module
 */

import { closeSync, writeSync } from 'node:fs';
import { type Address, SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { tlsOpener } from '../net/node-tls.js';
import { pc } from '../terminal/colours.js';
import { Failure } from '../terminal/failure.js';
import { openNew } from '../terminal/new-file.js';
import { warn, watchOutput, writeText } from '../terminal/print.js';
import { terminalWidth } from '../terminal/story.js';
import { TraceLines } from '../terminal/trace-lines.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { Step } from '../trace/event.js';
import { runLoop, type Watcher } from '../trace/loop.js';
import type { TraceMaker } from '../trace/maker.js';
import { tapLines } from './lines.js';
import { Tap, type Upstream } from './loop.js';
import { type TapSay, tapSpeaker } from './say.js';

/** What `loopscope tap` takes. */
export interface TapOptions {
  /** The address to listen on. */
  host: string;
  /** Whether a server of `wss:` is taken with any certificate. */
  insecure?: boolean;
  /** The file that gets the trace. */
  trace?: string;
  /** The most that it may take, in MiB. */
  traceLimit: number;
  /** Whether that file may be written over. */
  force?: boolean;
}

/** Columns of a line where the output is no terminal. */
const WIDTH = 80;

/**
 * Taps until Ctrl-C.
 *
 * @param port the port to listen on; 0 takes any free one
 * @param server need not be there yet: it is connected to when a client comes
 * @throws Failure port in use, trace file not to be written
 */
export async function tap(
  port: number,
  server: Upstream,
  options: TapOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  if (options.insecure && server.named === undefined) throw new Failure('tap.insecure', {}, 2);
  const say = tapSpeaker(language);
  const net = new NodeNet(server.named === undefined ? {} : { openSocket: tlsOpener(options) });
  const program = new Tap(
    net,
    server,
    (told) => {
      const lines = tapLines(told, net.now(), terminalWidth() ?? WIDTH, language);
      writeText(`${lines.join('\n')}\n`);
    },
    language,
  );
  let file: number | null = null;
  let stopping = false;

  function interrupt(): void {
    if (stopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    stopping = true;
    writeText(`\n${say('stop')}\n`);
    program.stop();
  }

  try {
    const opened = await listen(program, { host: options.host, port });
    if (options.trace !== undefined) file = openNew(options.trace, 'trace', options.force);
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    watchOutput({
      onGone: () => program.stop(),
      onFull: (why) => {
        process.exitCode = 1; // what was asked for is not whole
        warn(say('ends.frames', { why }));
      },
    });
    writeText(banner(opened, server, options, say));
    await runLoop(
      net,
      program,
      file === null ? undefined : writer(file, options, language),
      opened,
    );
  } finally {
    net.closeAll();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    if (file !== null) closeSync(file);
  }
}

/** Waits for the listening socket; what a person can mend is said in one line. */
async function listen(program: Tap, address: Address): Promise<Step[]> {
  try {
    return await program.listen(address);
  } catch (error) {
    if (error instanceof SocketError) throw new Failure(error);
    throw error;
  }
}

const MAKER: TraceMaker = { program: 'loopscope', profile: 'tap', clock: 'real', recorder: 'tap' };

/**
 * Each step is with the system before the loop goes on: whatever ends the tap, nothing is lost. A full
 * file, or a full disk, ends the trace and not the tap.
 */
function writer(file: number, options: TapOptions, language: Language): Watcher {
  const { trace = '', traceLimit } = options;
  const lines = new TraceLines(MAKER, traceLimit * (1 << 20));
  let hasEnded = false;
  function end(why: string): void {
    hasEnded = true;
    warn(tapSpeaker(language)('ends.trace', { file: trace, why }));
  }
  return (event) => {
    if (hasEnded) return;
    try {
      writeSync(file, lines.take(event));
      if (lines.isFull) end(lines.why(language));
    } catch (error) {
      process.exitCode = 1; // what was asked for is not whole
      end((error as Error).message);
    }
  };
}

function banner(
  opened: readonly Step[],
  server: Upstream,
  { trace, insecure }: TapOptions,
  say: TapSay,
): string {
  const bind = opened.find(({ step }) => step === 'bind');
  if (bind?.step !== 'bind') throw new Error('bug: listening takes a bind');
  const { named } = server;
  const to = named === undefined ? urlOf(server) : `wss://${named.host}${named.target ?? ''}`;
  const lines = [
    say('banner', { url: pc.bold(urlOf(bind)), server: to }),
    `  ${say('banner.connect')}`,
  ];
  if (named !== undefined) lines.push(`  ${say('banner.named', { host: named.host })}`);
  if (insecure) lines.push(`  ${say('banner.insecure')}`);
  lines.push(`  ${say('banner.stop')}`);
  if (trace !== undefined) lines.push(`  ${say('banner.trace', { file: trace })}`);
  return `${lines.join('\n')}\n\n`;
}

function urlOf({ host, port }: Address): string {
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
