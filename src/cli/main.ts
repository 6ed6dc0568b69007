/**
 * The command line: which commands there are. What each takes is declared in `commands/`, one file a
 * command; what it does is loaded when it is asked for, so that `--help` is there at once.
 * @module
 */

import { Command, CommanderError } from '@commander-js/extra-typings';
import { Failure } from '../terminal/failure.js';
import { spokenLanguage } from '../terminal/language.js';
import { warn, warnText, watchOutput } from '../terminal/print.js';
import { help } from '../texts/help.en.js';
import { LANGUAGES } from '../texts/language.js';
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
import { declareProbe } from './commands/probe.js';
import { declareServe } from './commands/serve.js';
import { declareSim } from './commands/sim.js';
import { declareStep } from './commands/step.js';
import { declareTap } from './commands/tap.js';
import { readers } from './readers.js';
import { VERSION } from './version.js';

const { language, args, notice, problem } = spokenLanguage(process.argv.slice(2), process.env);
const say = speaker({ en: help }, language);

const program = new Command('loopscope')
  .description(say('loopscope'))
  .version(VERSION, '-V, --version', say('loopscope.version'))
  .option('--lang <language>', say('loopscope.lang', { there: LANGUAGES.join(', ') }))
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
  declareFuzz,
  declareSim,
  declareInspect,
  declareTap,
  declareProbe,
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
    warn(say('loopscope.full', { why }));
    process.exit(1);
  },
});

if (notice !== null) warn(notice);
try {
  if (problem !== null) throw new Failure(problem, 2);
  await program.parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** 0 for help and version, 2 for wrong usage, 1 for what failed; a failure says itself in one line. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof Failure)) throw error;
  warnText(error.said(language));
  return error.exitCode;
}
