/**
 * The command line: which commands there are. What each takes is declared in `commands/`, one file a
 * command; what it does is loaded when it is asked for, so that `--help` is there at once.
 * @module
 */

import { Command, CommanderError } from '@commander-js/extra-typings';
import { Failure } from '../terminal/failure.js';
import { warn, warnText, watchOutput } from '../terminal/print.js';
import { help } from '../texts/help.en.js';
import { DEFAULT_LANGUAGE } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { errorWords, helpWords } from './commander-words.js';
import { declareChat } from './commands/chat.js';
import { declareCheck } from './commands/check.js';
import { declareClass } from './commands/class.js';
import { declareCompare } from './commands/compare.js';
import { declareDoctor } from './commands/doctor.js';
import { declareInspect } from './commands/inspect.js';
import { declareLesson } from './commands/lesson.js';
import { declareServe } from './commands/serve.js';
import { declareSim } from './commands/sim.js';
import { declareStep } from './commands/step.js';
import { declareTap } from './commands/tap.js';
import { readers } from './readers.js';
import { VERSION } from './version.js';

const language = DEFAULT_LANGUAGE;
const say = speaker({ en: help }, language);

const program = new Command('loopscope')
  .description(say('loopscope'))
  .version(VERSION, '-V, --version', say('loopscope.version'))
  .helpOption('-h, --help', say('loopscope.help'))
  .helpCommand('help [command]', say('loopscope.help'))
  .exitOverride()
  .configureHelp(helpWords(say))
  .configureOutput({ outputError: (text) => warnText(errorWords(text, say)) });

/** In the order of the help. */
const COMMANDS = [
  declareServe,
  declareStep,
  declareCompare,
  declareSim,
  declareInspect,
  declareTap,
  declareChat,
  declareLesson,
  declareCheck,
  declareClass,
  declareDoctor,
];

for (const declare of COMMANDS) declare({ program, say, read: readers(say), language });

watchOutput({
  onGone: () => process.exit(),
  onFull: (why) => {
    warn(`the output ends here: ${why}`);
    process.exit(1);
  },
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** 0 for help and version, 2 for wrong usage, 1 for what failed; a failure says itself in one line. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof Failure)) throw error;
  warnText(error.message);
  return error.exitCode;
}
