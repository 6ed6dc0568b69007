/**
 * Which language a process speaks: `--lang`, then LOOPSCOPE_LANG, then the system's locale. Found before
 * the command line is read, since its help is in that language too.
 * @module
 */

import { DEFAULT_LANGUAGE, LANGUAGES, type Language, readLanguage } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { terminal } from '../texts/terminal.en.js';
import { terminal as terminalZh } from '../texts/terminal.zh.js';

/** What was found. */
export interface Spoken {
  readonly language: Language;
  /** The arguments without `--lang`. */
  readonly args: readonly string[];
  /** A sentence on a LOOPSCOPE_LANG that there is not: English is spoken, and the command goes on. */
  readonly notice: string | null;
  /** A sentence on a `--lang` that there is not: the command is not to begin (2). */
  readonly problem: string | null;
}

const THERE = { there: LANGUAGES };

/**
 * Finds it.
 *
 * @param args what stands behind the program; `--lang` before the command or behind it, up to `--`
 * @param env the variables of the environment
 * @param systemLocale asked where no variable names a locale, as on Windows
 */
export function spokenLanguage(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  systemLocale: () => string = () => Intl.DateTimeFormat().resolvedOptions().locale,
): Spoken {
  const { wish, rest } = takeWish(args);
  const asked = env.LOOPSCOPE_LANG || null;
  const fromVariable = asked === null ? null : readLanguage(asked);
  // what was asked for by name and is not there is not guessed from the system
  const usual =
    asked === null ? localeLanguage(env, systemLocale) : (fromVariable ?? DEFAULT_LANGUAGE);
  const chosen = wish === null ? usual : readLanguage(wish);
  const say = speaker({ en: terminal, zh: terminalZh }, chosen ?? usual);
  const isUnknown = wish === null && asked !== null && fromVariable === null;
  return {
    language: chosen ?? usual,
    args: rest,
    notice: isUnknown ? say('language.variable', { name: asked, ...THERE }) : null,
    problem:
      chosen !== null
        ? null
        : wish === ''
          ? say('language.missing', THERE)
          : say('language.none', { name: wish ?? '', ...THERE }),
  };
}

/** The last `--lang` counts. @returns an empty wish for one without a name; null for none */
function takeWish(args: readonly string[]): { wish: string | null; rest: string[] } {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const rest: string[] = [];
  let wish: string | null = null;
  for (let i = 0; i < options.length; i++) {
    const arg = options[i] ?? '';
    if (arg === '--lang') wish = options[++i] ?? '';
    else if (arg.startsWith('--lang=')) wish = arg.slice('--lang='.length);
    else rest.push(arg);
  }
  return { wish, rest: [...rest, ...args.slice(options.length)] };
}

/** The first that is set decides, as POSIX has it: `C` and what we have not are English. */
function localeLanguage(env: NodeJS.ProcessEnv, systemLocale: () => string): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || systemLocale();
  return readLanguage(locale) ?? DEFAULT_LANGUAGE;
}
