/**
 * `loopscope watch --source`: whether the lines of a program can be told, and in one sentence why not.
 * Then all else is told without them.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { warn } from '../terminal/print.js';
import type { Language } from '../texts/language.js';
import { watchSpeaker } from '../watch/words.js';
import { SourceLines } from './source-lines.js';

/** Programs that run what others wrote: on their stacks are their own functions. */
const INTERPRETERS = /^(?:python|pypy|php|node|bun|deno|ruby|perl|java|lua)[\d.]*$/;

/** What is watched: a process by its number, a file, or a command. */
interface Watched {
  readonly attach?: number;
  readonly read?: string;
}

/** What finds the lines of a program; null where they cannot be told, which is said. */
export function linesOf(
  command: string,
  { attach, read }: Watched,
  language: Language,
): SourceLines | null {
  const say = watchSpeaker(language);
  const program = basename(attach === undefined ? command : programOf(attach));
  const problem = INTERPRETERS.test(program)
    ? say('source.script', { program })
    : read === undefined && !canTellStacks()
      ? say('source.strace')
      : spawnSync('addr2line', ['--version']).status !== 0
        ? say('source.addr2line')
        : null;
  if (problem === null) return new SourceLines();
  warn(problem);
  return null;
}

/** At the end: of which programs no line was found. */
export function sayMissing(lines: SourceLines, language: Language): void {
  const say = watchSpeaker(language);
  for (const path of lines.unknown) {
    const program = basename(path);
    warn(say(INTERPRETERS.test(program) ? 'source.script' : 'source.symbols', { program }));
  }
}

/** Where there is no strace at all, that is said when it is started. */
function canTellStacks(): boolean {
  const { status, stdout } = spawnSync('strace', ['-V'], { encoding: 'utf8' });
  return status !== 0 || stdout.includes('stack-trace');
}

/** The file of a process. */
function programOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return '';
  }
}
