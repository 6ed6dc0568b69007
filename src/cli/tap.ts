/**
 * `loopscope tap`: stands between a browser and any WebSocket server, and prints every frame of both
 * directions as it passes.
 * @module
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { pc } from '../lesson/colours.js';
import { type Address, SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import type { Step } from '../trace/event.js';
import { runLoop, type Watcher } from '../trace/loop.js';
import { formatEvent } from '../trace/ndjson.js';
import { Failure } from './failure.js';
import { terminalWidth } from './story.js';
import { tapLines } from './tap-lines.js';
import { Tap } from './tap-loop.js';

/** What `loopscope tap` takes. */
export interface TapOptions {
  /** The address to listen on. */
  host: string;
  /** The file that gets the trace. */
  trace?: string;
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
export async function tap(port: number, server: Address, options: TapOptions): Promise<void> {
  const net = new NodeNet();
  const program = new Tap(net, server, (told) => {
    const lines = tapLines(told, net.now(), terminalWidth() ?? WIDTH);
    process.stdout.write(`${lines.join('\n')}\n`);
  });
  let file: number | null = null;
  let stopping = false;

  function interrupt(): void {
    if (stopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    stopping = true;
    process.stdout.write('\nStopping: every connection is cut.\n');
    program.stop();
  }

  try {
    const opened = await listen(program, { host: options.host, port });
    if (options.trace !== undefined) file = openTrace(options.trace);
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    process.stdout.on('error', () => program.stop()); // whoever read it has gone
    process.stdout.write(banner(opened, server, options));
    await runLoop(net, program, file === null ? undefined : writer(file), opened);
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
    if (error instanceof SocketError) throw new Failure(error.message);
    throw error;
  }
}

function openTrace(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new Failure(`cannot write the trace: ${(error as Error).message}`);
  }
}

/** Each step is with the system before the loop goes on: whatever ends the tap, nothing is lost. */
function writer(file: number): Watcher {
  return (event) => {
    try {
      writeSync(file, `${formatEvent(event)}\n`);
    } catch (error) {
      throw new Failure(`the trace is cut off: ${(error as Error).message}`);
    }
  };
}

function banner(opened: readonly Step[], server: Address, { trace }: TapOptions): string {
  const bind = opened.find(({ step }) => step === 'bind');
  if (bind?.step !== 'bind') throw new Error('bug: listening takes a bind');
  const lines = [
    `The tap is open on ${pc.bold(urlOf(bind))}, and passes on to ${urlOf(server)}`,
    '  connect there instead of to the server; times are seconds',
    '  Ctrl-C stops it',
  ];
  if (trace !== undefined) lines.push(`  steps go to ${trace}`);
  return `${lines.join('\n')}\n\n`;
}

function urlOf({ host, port }: Address): string {
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
