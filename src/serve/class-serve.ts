/**
 * `loopscope class serve`: `serve` with a folder for the class.
 * @module
 */

import { speak } from '../lesson/texts.js';
import { Failure } from '../terminal/failure.js';
import { warn } from '../terminal/print.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { serveSpeaker } from './banner.js';
import { playedIn, type RehearsalAsked, refuseClass } from './class-rehearsal.js';
import { ClassServer } from './class-server.js';
import type { ServeOptions } from './options.js';
import { serve } from './serve.js';

/** What `loopscope class serve` takes: what `serve` does, but for what a class cannot do without. */
export interface ClassServeOptions
  extends Omit<ServeOptions, 'profile' | 'page' | 'deflate' | 'ping'> {
  /** How many students are played; nobody if none is given. */
  rehearse?: number;
  /** The seed of what they do. */
  seed?: number;
}

/** Where a class is kept, and where a rehearsal is: played students are none of the class. */
const FOLDER = 'loopscope-class';
const FOLDER_OF_REHEARSAL = 'loopscope-rehearsal';
const USUAL_SEED = 1;

/** Lines of the records that are named where they are none. */
const MOST_LINES = 5;

/**
 * Serves a class until Ctrl-C. The ports of the last time are used again, so that everyone finds back.
 *
 * @param path of the folder; the usual one if none is given
 * @throws Failure where the folder or a port is another's; (2) for a rehearsal in the folder of a class
 */
export async function classServe(
  path: string | undefined,
  { rehearse, seed, ...options }: ClassServeOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  if (rehearse === undefined && seed !== undefined) throw new Failure('class.seed', {}, 2);
  const asked = rehearse === undefined ? null : { players: rehearse, seed: seed ?? USUAL_SEED };
  if (path?.trim() === '') throw new Failure('class.noName', {}, 2); // it would be the folder that one is in
  const usual = asked === null ? FOLDER : FOLDER_OF_REHEARSAL;
  const group = new ClassServer(path ?? usual, language, asked);
  try {
    if (asked !== null) refuseClass(group.folder);
    tellOfFolder(group, asked, language);
    const given = { ...group.folder.ports, ...thoseGiven(options) };
    await serve({ ...given, profile: 'rfc6455', page: true }, language, group);
  } finally {
    group.close();
  }
}

/** An option that was not given is not there. */
function thoseGiven<Options extends object>(options: Options): Options {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Options;
}

/** What one has to know of the folder that is opened again. */
function tellOfFolder(
  { folder }: ClassServer,
  asked: RehearsalAsked | null,
  language: Language,
): void {
  const say = speak(language);
  const { passedOver, isCut } = folder.read;
  if (isCut) warn(say('class.cut'));
  const played = playedIn(folder.state);
  if (asked === null && played > 0) {
    warn(serveSpeaker(language)('rehearsal.left', { n: played, folder: folder.path }));
  }
  if (passedOver.length === 0) return;
  const n = passedOver.length;
  warn(say('class.passedOver', { n, lines: passedOver.slice(0, MOST_LINES) }));
}
