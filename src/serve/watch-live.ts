/**
 * `loopscope watch --step` and `--page`: a program's steps while it runs, in the stepper on the terminal and
 * on the page. Nobody holds such a program; the page is this machine's own alone.
 * @module
 */

import { basename } from 'node:path';
import type { WatchShow } from '../record/session.js';
import { type WatchOptions, watch } from '../record/watch.js';
import { Failure } from '../terminal/failure.js';
import { Gate, NOWHERE } from '../terminal/gate.js';
import { isTerminal } from '../terminal/keys.js';
import { writeLine } from '../terminal/print.js';
import { stepperSpeaker } from '../terminal/stepper-say.js';
import { readSource } from '../terminal/stranger-source.js';
import { Walk } from '../terminal/walk.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { TraceMaker } from '../trace/maker.js';
import { printable } from '../trace/text.js';
import type { LoopStep } from '../watch/reader.js';
import { watchSpeaker } from '../watch/words.js';
import { newToken, Tickets } from './control.js';
import { TraceStream } from './event-stream.js';
import { onFreePort } from './free-port.js';
import { USUAL_PAGE_PORT } from './open-pages.js';
import { hasPage, openPageServer, type PageServer } from './page-server.js';

/** Where it is shown. */
export interface WatchLiveOptions extends WatchOptions {
  /** In the stepper. */
  step?: boolean;
  /** On the page. */
  page?: boolean;
  /** The page's port; 0 takes any free one. */
  pagePort?: number;
}

/** The page is served here alone. */
const HOST = '127.0.0.1';

/**
 * Watches as `watch` does.
 *
 * @throws Failure (2) for a file, which does not run, and for a stepper without a terminal; (1) where the page
 *   was not built, or its port is taken
 */
export async function watchLive(
  command: readonly string[],
  options: WatchLiveOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const { step = false, page = false, pagePort, attach, read, ...more } = options;
  const isPage = page || pagePort !== undefined;
  if (!step && !isPage) {
    await watch(command, options, language);
    return;
  }
  if (read !== undefined) throw new Failure('watch.notLive', { file: read }, 2);
  if (step && !isTerminal()) throw new Failure('watch.needsTerminal', {}, 2);
  const program = attach === undefined ? basename(command[0] ?? '') : String(attach);
  const pages = isPage ? await LivePage.open(program, pagePort, !step, language) : null;
  const shows = [...(step ? [new LiveStepper(language)] : []), ...(pages === null ? [] : [pages])];
  const of = attach === undefined ? {} : { attach };
  // the steps are seen where they are shown
  await watch(command, { ...more, ...of, quiet: true }, language, together(shows));
}

function together(shows: readonly WatchShow[]): WatchShow {
  const all = async (what: (show: WatchShow) => Promise<void>): Promise<void> => {
    await Promise.all(shows.map(what));
  };
  return {
    tell: (step, made) => {
      for (const show of shows) show.tell(step, made);
    },
    says: (line) => {
      for (const show of shows) show.says(line);
    },
    onQuit: (quit) => {
      for (const show of shows) show.onQuit(quit);
    },
    ended: () => all((show) => show.ended()),
    close: () => all((show) => show.close()),
  };
}

/** The screen of the stepper, from the first loop on. */
class LiveStepper implements WatchShow {
  readonly #language: Language;
  #walk: Walk | null = null;
  #loops = 0;
  #quit = (): void => {};
  #left = (): void => {};

  constructor(language: Language) {
    this.#language = language;
  }

  tell({ loop, event }: LoopStep, made: TraceMaker): void {
    if (loop.number > this.#loops) this.#add(made);
    this.#walk?.watch(event, loop.number);
  }

  says(line: string): void {
    if (this.#walk === null) writeLine(printable(line));
    else this.#walk.say(line);
  }

  onQuit(quit: () => void): void {
    this.#quit = quit;
  }

  async ended(): Promise<void> {
    if (this.#walk === null) return;
    this.#walk.end();
    await new Promise<void>((resolve) => {
      this.#left = resolve;
    });
  }

  async close(): Promise<void> {
    this.#walk?.close();
    this.#walk = null;
    this.#left();
  }

  #add({ program, pid = 0 }: TraceMaker): void {
    this.#loops++;
    const say = stepperSpeaker(this.#language);
    const loop = { events: [], title: say('title.watched', { program, loop: this.#loops, pid }) };
    if (this.#loops > 1) {
      this.#walk?.addLoop(loop);
      return;
    }
    const onQuit = (): void => {
      void this.close();
      this.#quit();
    };
    const options = { loops: [loop], profile: null, isWatched: true, onQuit };
    this.#walk = new Walk({ ...options, language: this.#language });
    this.#walk.open();
  }
}

/** The page, with a stream for each loop. */
class LivePage implements WatchShow {
  readonly #streams: TraceStream[] = [new TraceStream()];
  readonly #loops: { loop: number; pid: number }[] = [];
  readonly #says: (line: string) => void;
  /** Source files that steps have named. */
  readonly #files = new Set<string>();
  #server: PageServer | null = null;

  private constructor(says: (line: string) => void) {
    this.#says = says;
  }

  /**
   * Opens it.
   *
   * @param prints whether the terminal is free for what the program says
   * @throws Failure where the page was not built, or its port is taken
   */
  static async open(
    who: string,
    port: number | undefined,
    prints: boolean,
    language: Language,
  ): Promise<LivePage> {
    if (!hasPage()) throw new Failure('serve.notBuilt', {});
    const say = watchSpeaker(language);
    const page = new LivePage((line) => {
      if (prints) writeLine(say('says', { who, line: printable(line) }));
    });
    const gate = new Gate();
    gate.stopAt(NOWHERE);
    const live = {
      ...{ gate, stream: page.#streamOf(1), tickets: new Tickets(), token: newToken() },
      streamOf: (loop: number) => page.#streams[loop - 1],
      sourceOf: (file: string) => (page.#files.has(file) ? readSource(file) : null),
    };
    const admission = { allowedOrigins: [], allowedHosts: [HOST, 'localhost'] };
    const about = { host: HOST, admission, roomPort: 0, profile: who, watched: who, live };
    page.#server = await onFreePort(port, USUAL_PAGE_PORT, (port) =>
      openPageServer({ ...about, port }),
    );
    const url = `http://${HOST}:${page.#server.port}/#view=live`;
    writeLine(say('page', { url }));
    page.#say();
    return page;
  }

  tell({ loop, event }: LoopStep, { pid = 0 }: TraceMaker): void {
    const { number } = loop;
    if (event.source !== undefined) this.#files.add(event.source.file);
    if (number > this.#loops.length) {
      this.#loops.push({ loop: number, pid });
      this.#say();
    }
    this.#streamOf(number).tell(event);
  }

  says(line: string): void {
    this.#says(line);
  }

  onQuit(): void {
    // a page ends no program
  }

  async ended(): Promise<void> {
    // its pages keep what they have
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const stream of this.#streams) stream.end();
    await server?.close();
  }

  #streamOf(loop: number): TraceStream {
    const stream = this.#streams[loop - 1] ?? new TraceStream();
    this.#streams[loop - 1] = stream;
    return stream;
  }

  /** Each page is told which loops there are. */
  #say(): void {
    const status = { holds: false, free: true, loops: this.#loops };
    for (const stream of this.#streams) stream.say(status);
  }
}
