/**
 * `loopscope serve`: the room on real sockets, with every step printed, kept or waited for.
 * @module
 */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import pc from 'picocolors';
import { OriginalServer } from '../chat/original.js';
import { createRoom } from '../chat/room.js';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { nodeCompression } from '../net/node-deflate.js';
import type { Step, TraceEvent } from '../trace/event.js';
import { runLoop, type Watcher } from '../trace/loop.js';
import { formatEvent } from '../trace/ndjson.js';
import { Failure } from './failure.js';
import { isTerminal } from './keys.js';
import type { Walk } from './step.js';
import { storyLine, terminalWidth } from './story.js';

/** What `loopscope serve` takes. */
export interface ServeOptions {
  host: string;
  port: number;
  /** `text`, `off`, or the path of a file. */
  trace: string;
  step?: boolean;
  /** Which server. */
  profile: 'rfc6455' | 'original';
  page: boolean;
  /** Whether to agree to permessage-deflate. */
  deflate?: boolean;
}

/**
 * Serves until Ctrl-C.
 *
 * @throws Failure port in use, trace file not to be written, --step without a terminal
 */
export async function serve(options: ServeOptions): Promise<void> {
  const isOriginal = options.profile === 'original';
  const net = new NodeNet({ beyondFdSetSize: isOriginal ? 'ignore' : 'throw' });
  if (isOriginal && options.deflate) {
    throw new Failure('--deflate goes with the room; the original knows no extensions', 2);
  }
  const deflate = options.deflate ? nodeCompression : null;
  const room = isOriginal ? new OriginalServer(net) : createRoom(net, { deflate });
  let walk: Walk | null = null;
  let file: WriteStream | null = null;
  let stopping = false;

  function interrupt(): void {
    if (stopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    stopping = true;
    const how = isOriginal
      ? 'every connection is cut, as when Ctrl-C ends PHP'
      : 'every client gets a Close frame with 1001';
    walk?.close(); // first, so that what follows is seen
    process.stdout.write(`\nStopping: ${how}.\n`);
    room.stop();
  }

  if (options.step && !isTerminal()) {
    throw new Failure('--step needs a terminal, for its keys and for its screen');
  }
  try {
    const opened = await listen(() => room.listen({ host: options.host, port: options.port }));
    if (isFile(options.trace)) file = await openTrace(options.trace);
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    file?.on('error', interrupt);
    process.stdout.write(banner(opened, options));
    if (options.step && !stopping) walk = await openWalk(opened, options, interrupt);
    const show = options.trace === 'text' && walk === null;
    const watcher: Watcher = (event) => {
      file?.write(`${formatEvent(event)}\n`);
      if (show) process.stdout.write(story(event));
      return walk?.watch(event);
    };
    const isWatched = show || file !== null || walk !== null;
    await runLoop(net, room, isWatched ? watcher : undefined, opened);
  } finally {
    net.closeAll();
    walk?.close();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    if (file !== null) await closeTrace(file);
  }
}

/** The stepper, with this server behind its last step. */
async function openWalk(
  opened: readonly Step[],
  options: ServeOptions,
  onQuit: () => void,
): Promise<Walk> {
  const { Walk } = await import('./step.js');
  const title = `serve, ${options.profile}, ${urlOf(opened)}`;
  const walk = new Walk({ events: [], title, profile: options.profile, onQuit, isLive: true });
  walk.open();
  return walk;
}

function isFile(trace: string): boolean {
  return trace !== 'text' && trace !== 'off';
}

/** Waits for the listening socket; what a person can mend is said in one line. */
async function listen(open: () => Promise<Step[]>): Promise<Step[]> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof SocketError) throw new Failure(error.message);
    throw error;
  }
}

async function openTrace(path: string): Promise<WriteStream> {
  const file = createWriteStream(path);
  try {
    await once(file, 'open');
  } catch (error) {
    throw new Failure(`cannot write the trace: ${(error as Error).message}`);
  }
  return file;
}

/** Waits until all is written. */
async function closeTrace(file: WriteStream): Promise<void> {
  if (file.errored !== null) throw new Failure(`the trace is cut off: ${file.errored.message}`);
  file.end();
  await once(file, 'close');
}

function urlOf(opened: readonly Step[]): string {
  const bind = opened.find((entry) => entry.step === 'bind');
  if (bind === undefined) throw new Error('bug: listening takes a bind');
  const host = bind.host.includes(':') ? `[${bind.host}]` : bind.host;
  return `ws://${host}:${bind.port}`;
}

function banner(opened: readonly Step[], { trace, step }: ServeOptions): string {
  const url = urlOf(opened);
  const lines = [
    `The room is open on ${pc.bold(url)}`,
    `  join it:  npx loopscope chat ${url} --name Ada`,
    `            or open examples/client.html in a browser`,
    step ? '  q or Ctrl-C stops it' : '  Ctrl-C stops it',
  ];
  if (isFile(trace)) lines.push(`  steps go to ${trace}`);
  return `${lines.join('\n')}\n\n`;
}

/** A turn begins with select, so a blank line stands before it. */
function story(event: TraceEvent): string {
  return `${event.step === 'select' ? '\n' : ''}${storyLine(event, terminalWidth())}\n`;
}
