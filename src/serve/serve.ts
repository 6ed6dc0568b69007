/**
 * `loopscope serve`: the room on real sockets, with every step printed, kept or waited for.
 * @module
 */

import { OriginalServer } from '../chat/original.js';
import { createRoom } from '../chat/room.js';
import type { Server, ServerOptions } from '../chat/server.js';
import type { Net } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { Failure } from '../terminal/failure.js';
import { Gate, NOWHERE } from '../terminal/gate.js';
import { isTerminal } from '../terminal/keys.js';
import { warn, watchOutput, writeText } from '../terminal/print.js';
import { storyLine, terminalWidth } from '../terminal/story.js';
import type { TraceFile } from '../terminal/trace-file.js';
import type { Walk } from '../terminal/walk.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { runLoop, type Watcher } from '../trace/loop.js';
import { type Banner, bannerText, joinUrls, serveSpeaker } from './banner.js';
import { brokerOf, reachBroker, sharedRoom, socketsFor } from './broker.js';
import type { ClassServer } from './class-server.js';
import { newToken, Tickets } from './control.js';
import { TraceStream } from './event-stream.js';
import { Hints } from './hints.js';
import { openPages } from './open-pages.js';
import { bannerOf, boundTo, isFile, listen, openTrace } from './opening.js';
import {
  fdSetFor,
  limitsFor,
  limitsForClass,
  refuseOptionsOfTheRoom,
  type ServeOptions,
} from './options.js';
import type { Live, PageServer } from './page-server.js';
import { QueueSampler } from './queue-sampler.js';
import { openWalk } from './stepper.js';

/** What asks for the end; SIGBREAK is Ctrl-Break on Windows. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const;

/** Makes a room. */
type MakeRoom = (net: Net, limits: ServerOptions) => Server;

/**
 * Serves until Ctrl-C, or until the terminal is closed.
 *
 * @param group the class that comes here; null for none. Its server is live, and runs freely at first
 * @param make makes the room, where it is not that of a class
 * @throws Failure port in use, trace file not to be written, --step without anyone who could step
 */
export async function serve(
  options: ServeOptions,
  language: Language = DEFAULT_LANGUAGE,
  group: ClassServer | null = null,
  make: MakeRoom = createRoom,
): Promise<void> {
  const say = serveSpeaker(language);
  const isOriginal = options.profile === 'original';
  if (isOriginal) refuseOptionsOfTheRoom(options);
  const limits = group === null ? limitsFor(options) : limitsForClass(options);
  const broker = options.broker === undefined ? null : brokerOf(options.broker);
  const sizes = isOriginal ? ({ beyondFdSetSize: 'ignore' } as const) : fdSetFor(limits);
  const net = new NodeNet({ ...sizes, ...(broker && socketsFor(broker)) });
  const shared = broker && sharedRoom(net, limits, broker);
  const made = (): Server => group?.listenOn(net, limits) ?? make(net, limits);
  const room = shared ?? (isOriginal ? new OriginalServer(net) : made());
  const steps = options.step || group !== null ? liveOf(group) : null;
  if (!options.step) steps?.gate.stopAt(NOWHERE);
  let walk: Walk | null = null;
  let pages: PageServer | null = null;
  let file: TraceFile | null = null;
  let stopping = false;
  let isTerminalGone = false;

  function interrupt(): void {
    if (stopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    stopping = true;
    walk?.close(); // first, so that what follows is seen
    steps?.gate.open();
    writeText(`\n${say(isOriginal ? 'stop.original' : 'stop.room')}\n`);
    room.stop();
  }

  /** Whoever read our output is gone: this may be said more than once. */
  function stop(): void {
    if (!stopping) interrupt();
  }

  function hangUp(): void {
    isTerminalGone = process.stdin.isTTY === true;
    stop();
  }

  function listenForTheEnd(): void {
    for (const signal of SIGNALS) process.on(signal, interrupt);
    process.on('SIGHUP', hangUp); // on Windows too, where the console's window is closed
    watchOutput({ onGone: stop, onFull: endStory });
    process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || code === 'EIO') stop();
    });
  }

  function endStory(why: string): void {
    process.exitCode = 1; // what was asked for is not whole
    warn(say('story.ends', { why }));
  }

  function complain(text: string): void {
    if (walk === null) warn(text);
    else walk.say(text);
  }

  if (steps !== null && !options.page && !isTerminal()) {
    throw new Failure('serve.needsTerminal', {});
  }
  try {
    const reached = shared && broker ? await reachBroker(shared, broker) : [];
    const opened = [...reached, ...(await listen(room, options))];
    const door = group?.door ?? null;
    if (options.page) pages = await openPages(boundTo(opened).port, options, steps, door, language);
    if (isFile(options.trace)) file = openTrace(options, complain, language);
    listenForTheEnd();
    const banner = bannerOf(opened, options, pages, steps, group);
    if (group !== null) openClass(group, banner);
    writeText(bannerText(banner, language));
    if (group?.rehearsal) writeText(group.rehearsal.begin(banner));
    if (steps !== null && banner.hasStepper && !stopping) {
      walk = await openWalk(banner, options, steps, interrupt, language);
    }
    const show = options.trace === 'text' && walk === null;
    const hints = new Hints(language);
    const sampler = new QueueSampler(net, boundTo(opened).port);
    const watcher: Watcher = (told) => {
      // only where someone looks at the queues: the system's table takes milliseconds
      const isLookedAt = walk !== null || (pages !== null && steps?.stream.isRead === true);
      const marked = isLookedAt ? sampler.mark(told) : told;
      const event = group?.veiled(marked) ?? marked;
      const full = file?.tell(event);
      if (show) writeText(story(event, language));
      if (walk === null) hints.tell(event);
      if (pages !== null) steps?.stream.tell(event);
      walk?.watch(event);
      const shut = steps?.gate.watch(event);
      return full === undefined ? shut : full.then(() => shut);
    };
    const isWatched = show || file !== null || steps !== null;
    if (isWatched) await runLoop(net, room, watcher, opened);
    else await runLoop(net, hints.beside(room));
  } finally {
    net.closeAll();
    walk?.close();
    await pages?.close();
    for (const signal of SIGNALS) process.off(signal, interrupt);
    process.off('SIGHUP', hangUp);
    if (file !== null && !(await file.close())) process.exitCode = 1; // why was said when it was so
    // Node would set the terminal back that is no more, and fail: it ends as if we had not listened
    if (isTerminalGone) process.kill(process.pid, 'SIGHUP');
  }
}

function liveOf(group: ClassServer | null): Live {
  const token = group?.folder.token ?? newToken();
  return { gate: new Gate(), stream: new TraceStream(), token, tickets: new Tickets() };
}

function openClass(group: ClassServer, banner: Banner): void {
  const { port, pagePort } = banner;
  if (pagePort !== null) group.opened({ port, pagePort }, joinUrls(banner));
}

/** A turn begins with select, so a blank line stands before it. */
function story(event: TraceEvent, language: Language): string {
  return `${event.step === 'select' ? '\n' : ''}${storyLine(event, terminalWidth(), language)}\n`;
}
