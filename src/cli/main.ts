/**
 * The process behind `loopscope`: the language it speaks, its arguments, its exit code, and what becomes
 * of it where nobody reads its output any more.
 * @module
 */

import { CommanderError } from '@commander-js/extra-typings';
import { Failure } from '../terminal/failure.js';
import { spokenLanguage } from '../terminal/language.js';
import { warn, warnText, watchOutput } from '../terminal/print.js';
import { help } from '../texts/help.en.js';
import { help as helpZh } from '../texts/help.zh.js';
import { speaker } from '../texts/say.js';
import { makeProgram } from './program.js';

const { language, args, notice, problem } = spokenLanguage(process.argv.slice(2), process.env);
const say = speaker({ en: help, zh: helpZh }, language);

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
  await makeProgram(language, { outputError: warnText }).parseAsync(args, { from: 'user' });
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
