/**
 * The commands in a text, and what comes of them. A command is a line of a code block (indented, or
 * fenced with no language or `sh`) that starts with `npx loopscope`. All commands of a text run one
 * after the other in a folder that is empty at first, so one may use what another has written.
 *
 * - `<!-- not run: REASON -->` above a block: none of its commands runs.
 * - `<!-- exits 1 -->` above a block: its commands end with 1. Without it, with 0.
 * - `npx loopscope check N` runs with the lesson's solution in the place of the exercise.
 * @module
 */

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LANGUAGE_VARIABLE } from '../../../src/lesson/node-surroundings.js';
import { DEFAULT_LANGUAGE, type Language } from '../../../src/texts/language.js';
import type { Block, Markdown } from './markdown.js';
import { type Ran, ROOT, runNode } from './run.js';

/** A command of a text. */
export interface Command {
  /** Its line, from 1. */
  line: number;
  /** As it stands there. */
  text: string;
  /** Which code it has to end with. */
  exits: number;
}

/** Runs the program with these arguments in a folder. */
export type Run = (args: readonly string[], cwd: string) => Promise<Ran>;

/** Runs the built program. */
export const runLoopscope: Run = runLoopscopeIn(DEFAULT_LANGUAGE);

/** Runs the built program in a language. */
export function runLoopscopeIn(language: Language): Run {
  const env = { [LANGUAGE_VARIABLE]: language };
  return (args, cwd) => runNode([join(ROOT, 'bin/loopscope.js'), ...args], { cwd, env });
}

/** The commands of a text that are to be run. */
export function commandsOf({ blocks }: Markdown): Command[] {
  return blocks.filter(isRun).flatMap(({ lines, line, marks }) => {
    const exits = Number(marks.map((mark) => /^exits (\d+)$/.exec(mark)?.[1]).find(Boolean) ?? 0);
    return lines.flatMap((text, i) =>
      isCommand(text) ? [{ line: line + i, text: text.trim(), exits }] : [],
    );
  });
}

function isRun({ language, marks }: Block): boolean {
  return ['', 'sh'].includes(language) && !marks.some((m) => /^(not run|output|excerpt):/.test(m));
}

function isCommand(line: string): boolean {
  return /^\s*npx loopscope( |$)/.test(line);
}

/** Runs the commands. @returns what went wrong, one sentence each */
export async function commandProblems(
  commands: readonly Command[],
  run: Run = runLoopscope,
): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-text-'));
  const problems: string[] = [];
  try {
    for (const { line, text, exits } of commands) {
      const args = argumentsOf(text);
      if (args === null) {
        problems.push(`line ${line}: ${text}: this takes a shell; mark it as not run`);
        continue;
      }
      putSolution(args, folder);
      const { code, stderr } = await run(args, folder);
      const said = stderr.trim().split('\n')[0] ?? '';
      if (code === null) problems.push(`line ${line}: ${text}: does not end`);
      else if (code !== exits) {
        problems.push(`line ${line}: ${text}: ended with ${code}, not ${exits}: ${said}`.trim());
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return problems;
}

/** The words behind `npx loopscope`; null where a shell would do more than take them apart. */
export function argumentsOf(command: string): string[] | null {
  const words = command.replace(/\s#.*$/, '').matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g);
  const [, , ...args] = [...words].map(([word]) => word);
  if (args.some((word) => /[|<>&;$`*\\]/.test(word.replace(/'[^']*'/g, '')))) return null;
  return args.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** A text tells the reader to check what they wrote; here the solution is what they wrote. */
function putSolution([command, number]: readonly string[], folder: string): void {
  if (command !== 'check' || !/^\d+$/.test(number ?? '')) return;
  const prefix = `${(number ?? '').padStart(2, '0')}-`;
  const name = readdirSync(join(ROOT, 'lessons')).find((one) => one.startsWith(prefix)) ?? '';
  const exercise = join(folder, 'loopscope-lessons', name, 'exercise.ts');
  const solution = join(ROOT, 'lessons', name, 'solution.ts');
  if (!existsSync(exercise) || !existsSync(solution)) return;
  // not copied: a solution may take what is given from the exercise beside it
  writeFileSync(exercise, `export * from '${pathToFileURL(solution).href}';\n`);
}
