/**
 * The command line as commander reads it: which commands there are. What each takes is declared in
 * `commands/`, one file a command; what it does is loaded when it is asked for, so that `--help` is
 * there at once. Starts nothing: `main.ts` gives it the arguments of a process, a test its own.
 * @module
 */

import { Command, type OutputConfiguration } from '@commander-js/extra-typings';
import { help } from '../texts/help.en.js';
import { help as helpZh } from '../texts/help.zh.js';
import { LANGUAGES, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { errorWords, helpWords } from './commander-words.js';
import { declareChat } from './commands/chat.js';
import { declareCheck } from './commands/check.js';
import { declareClass } from './commands/class.js';
import { declareCompare } from './commands/compare.js';
import { declareDoctor } from './commands/doctor.js';
import { declareFuzz } from './commands/fuzz.js';
import { declareInspect } from './commands/inspect.js';
import { declareLesson } from './commands/lesson.js';
import { declareMine } from './commands/mine.js';
import { declareProbe } from './commands/probe.js';
import { declareServe } from './commands/serve.js';
import { declareSim } from './commands/sim.js';
import { declareStep } from './commands/step.js';
import { declareTap } from './commands/tap.js';
import { declareWatch } from './commands/watch.js';
import { readers } from './readers.js';
import { VERSION } from './version.js';

/** In the order of the help. */
const COMMANDS = [
  declareServe,
  declareStep,
  declareCompare,
  declareFuzz,
  declareSim,
  declareInspect,
  declareTap,
  declareWatch,
  declareProbe,
  declareChat,
  declareLesson,
  declareCheck,
  declareMine,
  declareClass,
  declareDoctor,
];

/**
 * Makes the program.
 *
 * @param output where it writes, if not on the terminal; its `outputError` gets our words
 * @returns its `parseAsync` throws a CommanderError for help, for the version and for wrong usage, once
 *   that is written, and what a command throws
 */
export function makeProgram(language: Language, output: OutputConfiguration = {}): Command {
  const say = speaker({ en: help, zh: helpZh }, language);
  const { outputError = (text, write) => write(text) } = output;
  const program = new Command('loopscope')
    .description(say('loopscope'))
    .version(VERSION, '-V, --version', say('loopscope.version'))
    .option('--lang <language>', say('loopscope.lang', { there: LANGUAGES }))
    .helpOption('-h, --help', say('loopscope.help'))
    .helpCommand('help [command]', say('loopscope.help'))
    .exitOverride()
    .configureHelp(helpWords(say))
    .configureOutput({
      ...output,
      outputError: (text, write) => outputError(errorWords(text, say), write),
    });
  for (const declare of COMMANDS) declare({ program, say, read: readers(say), language });
  return program;
}
