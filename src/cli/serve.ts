/**
 * `loopscope serve`: the room on real sockets, with every step printed, kept or waited for.
 * @module
 */

import { type ServerOptions, UNHURRIED } from '../chat/limits.js';
import { OriginalServer } from '../chat/original.js';
import { createRoom } from '../chat/room.js';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { nodeCompression } from '../net/node-deflate.js';
import type { BindStep, Step, TraceEvent } from '../trace/event.js';
import { runLoop, type Watcher } from '../trace/loop.js';
import { printable } from '../trace/text.js';
import { newToken } from './control.js';
import { Failure } from './failure.js';
import { Gate } from './gate.js';
import { isTerminal } from './keys.js';
import { openPages } from './open-pages.js';
import type { Live, PageServer } from './page-server.js';
import { type Banner, bannerText, roomUrl, teacherUrl } from './serve-banner.js';
import type { Walk } from './step.js';
import { storyLine, terminalWidth } from './story.js';
import { TraceFile } from './trace-file.js';
import { TraceStream } from './trace-stream.js';

/** What `loopscope serve` takes. */
export interface ServeOptions {
  host: string;
  port: number;
  /** `text`, `off`, or the path of a file. */
  trace: string;
  step?: boolean;
  /** Which server. */
  profile: 'rfc6455' | 'original';
  /** Whether to serve the page. */
  page: boolean;
  /** The page's port: 8000 if none is given, or with `--port 0` any free one. */
  pagePort?: number;
  /** Whether to agree to permessage-deflate. */
  deflate?: boolean;
  /** Origins whose pages may connect, beside the server's own. */
  allowOrigin?: string[];
  /** Clients served at a time. */
  maxClients?: number;
  /** Seconds without a word until a client is sent a ping; 0 for never. */
  ping?: number;
}

/** The options that are the room's, each with the name it has on the command line. */
const OF_THE_ROOM = {
  deflate: '--deflate',
  allowOrigin: '--allow-origin',
  maxClients: '--max-clients',
  ping: '--ping',
} as const;

/**
 * Serves until Ctrl-C.
 *
 * @throws Failure port in use, trace file not to be written, --step without anyone who could step
 */
export async function serve(options: ServeOptions): Promise<void> {
  const isOriginal = options.profile === 'original';
  const net = new NodeNet({ beyondFdSetSize: isOriginal ? 'ignore' : 'throw' });
  if (isOriginal) refuseOptionsOfTheRoom(options);
  const room = isOriginal ? new OriginalServer(net) : createRoom(net, limitsFor(options));
  const steps = options.step
    ? { gate: new Gate(), stream: new TraceStream(), token: newToken() }
    : null;
  let walk: Walk | null = null;
  let pages: PageServer | null = null;
  let file: TraceFile | null = null;
  let stopping = false;

  function interrupt(): void {
    if (stopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    stopping = true;
    const how = isOriginal
      ? 'every connection is cut, as when Ctrl-C ends PHP'
      : 'every client gets a Close frame with 1001';
    walk?.close(); // first, so that what follows is seen
    steps?.gate.open();
    process.stdout.write(`\nStopping: ${how}.\n`);
    room.stop();
  }

  if (steps !== null && !options.page && !isTerminal()) {
    throw new Failure('--step without the page needs a terminal, for its keys and for its screen');
  }
  try {
    const opened = await listen(() => room.listen({ host: options.host, port: options.port }));
    if (options.page) pages = await openPages(boundTo(opened).port, options, steps);
    if (isFile(options.trace)) file = await openTrace(options.trace);
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    file?.onError(interrupt);
    const banner = bannerOf(opened, options, pages, steps);
    process.stdout.write(bannerText(banner));
    if (steps !== null && isTerminal() && !stopping) {
      walk = await openWalk(banner, options, steps.gate, interrupt);
    }
    const show = options.trace === 'text' && walk === null;
    const hints = new Hints();
    const watcher: Watcher = (event) => {
      const full = file?.tell(event);
      if (show) process.stdout.write(story(event));
      if (walk === null) hints.tell(event);
      if (pages !== null) steps?.stream.tell(event);
      walk?.watch(event);
      const shut = steps?.gate.watch(event);
      return full === undefined ? shut : full.then(() => shut);
    };
    const isWatched = show || file !== null || steps !== null;
    await runLoop(net, room, isWatched ? watcher : undefined, opened);
  } finally {
    net.closeAll();
    walk?.close();
    await pages?.close();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    if (file !== null) await closeTrace(file);
  }
}

/** The mirror keeps no limits, as the original keeps none. */
function refuseOptionsOfTheRoom(options: ServeOptions): void {
  for (const [key, name] of Object.entries(OF_THE_ROOM)) {
    if (options[key as keyof typeof OF_THE_ROOM] === undefined) continue;
    throw new Failure(`${name} goes with the room; the original knows nothing of it`, 2);
  }
}

/** While someone steps, the server stands still, and nobody is to be thrown out for that. */
function limitsFor({ deflate, allowOrigin, maxClients, ping, step }: ServeOptions): ServerOptions {
  return {
    deflate: deflate ? nodeCompression : null,
    ...(maxClients === undefined ? {} : { maxClients }),
    ...(allowOrigin === undefined ? {} : { allowedOrigins: allowOrigin }),
    ...(ping === undefined ? {} : { pingIntervalMs: ping === 0 ? Infinity : ping * 1_000 }),
    ...(step ? { ...UNHURRIED, handshakeTimeoutMs: Infinity } : {}),
  };
}

/** Says once each why a page was turned away: the line of the story may be cut, or go to a file. */
class Hints {
  readonly #given = new Set<string>();

  tell(event: TraceEvent): void {
    if (event.step !== 'handshake' || !('refused' in event)) return;
    const { status, reason } = event.refused;
    if (status !== 403 || this.#given.has(reason) || this.#given.size === 20) return;
    this.#given.add(reason);
    process.stderr.write(`loopscope: ${printable(reason)}\n`);
  }
}

/** The stepper, with this server behind its last step. */
async function openWalk(
  banner: Banner,
  { profile }: ServeOptions,
  gate: Gate,
  onQuit: () => void,
): Promise<Walk> {
  const { Walk } = await import('./step.js');
  const title = `serve, ${profile}, ${roomUrl(banner)}`;
  const page = teacherUrl(banner);
  const walk = new Walk({
    events: [],
    title,
    profile,
    onQuit,
    gate,
    ...(page === null ? {} : { page }),
  });
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

async function openTrace(path: string): Promise<TraceFile> {
  try {
    return await TraceFile.open(path);
  } catch (error) {
    throw new Failure(`cannot write the trace: ${(error as Error).message}`);
  }
}

async function closeTrace(file: TraceFile): Promise<void> {
  try {
    await file.close();
  } catch (error) {
    throw new Failure(`the trace is cut off: ${(error as Error).message}`);
  }
}

function boundTo(opened: readonly Step[]): BindStep {
  const bind = opened.find((entry) => entry.step === 'bind');
  if (bind === undefined) throw new Error('bug: listening takes a bind');
  return bind;
}

function bannerOf(
  opened: readonly Step[],
  { trace, profile, allowOrigin = [] }: ServeOptions,
  pages: PageServer | null,
  steps: Live | null,
): Banner {
  const { host, port } = boundTo(opened);
  return {
    host,
    port,
    pagePort: pages?.port ?? null,
    token: steps?.token ?? null,
    letsInDisk: profile === 'original' || allowOrigin.some((one) => one === 'null' || one === '*'),
    file: isFile(trace) ? trace : null,
    hasStepper: steps !== null && isTerminal(),
  };
}

/** A turn begins with select, so a blank line stands before it. */
function story(event: TraceEvent): string {
  return `${event.step === 'select' ? '\n' : ''}${storyLine(event, terminalWidth())}\n`;
}
