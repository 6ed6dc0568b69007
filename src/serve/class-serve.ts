/**
 * `loopscope class serve`: `serve` with a folder for the class.
 * @module
 */

import { speak } from '../lesson/texts.js';
import { warn } from '../terminal/print.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { ClassServer } from './class-server.js';
import type { ServeOptions } from './options.js';
import { serve } from './serve.js';

/** What `loopscope class serve` takes: what `serve` does, but for what a class cannot do without. */
export type ClassServeOptions = Omit<ServeOptions, 'profile' | 'page' | 'deflate' | 'ping'>;

/** Lines of the records that are named where they are none. */
const MOST_LINES = 5;

/**
 * Serves a class until Ctrl-C. The ports of the last time are used again, so that everyone finds back.
 *
 * @param path of the folder
 * @throws Failure where the folder or a port is another's
 */
export async function classServe(
  path: string,
  options: ClassServeOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const group = new ClassServer(path, language);
  try {
    tellOfRecords(group, language);
    const asked = { ...group.folder.ports, ...given(options) };
    await serve({ ...asked, profile: 'rfc6455', page: true }, language, group);
  } finally {
    group.close();
  }
}

/** An option that was not given is not there. */
function given(options: ClassServeOptions): ClassServeOptions {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as ClassServeOptions;
}

function tellOfRecords({ folder }: ClassServer, language: Language): void {
  const say = speak(language);
  const { passedOver, isCut } = folder.read;
  if (isCut) warn(say('class.cut'));
  if (passedOver.length === 0) return;
  const n = passedOver.length;
  warn(say('class.passedOver', { n, lines: passedOver.slice(0, MOST_LINES) }));
}
