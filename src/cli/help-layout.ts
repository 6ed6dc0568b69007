/**
 * How a help is laid out in as many columns as there are: 80 where that is not known, and 40 at least.
 * @module
 */

import type { CommandUnknownOpts, Help, HelpConfiguration } from '@commander-js/extra-typings';
import stringWidth from 'string-width';
import { unbroken } from '../trace/columns.js';

/** Columns where they are not known, as commander has it. */
const USUAL = 80;

/** In fewer a line is broken by the terminal. */
const LEAST = 40;

/** Beside a term, a description has so many columns; else it stands below. */
const LEAST_BESIDE = 34;

/** What stands below a term, and goes on in the next line, stands so far in. */
const BELOW = ' '.repeat(6);

/** Between a term and what is said of it. */
const GAP = 2;

const widthOf = (columns: number | undefined): number => Math.max(LEAST, columns ?? USUAL);

/** In place of commander's own, which breaks no line in a narrow column. */
export const layout = {
  displayWidth: stringWidth,

  boxWrap: (text: string, columns: number) =>
    text
      .split(/\r?\n/)
      .map((line) => broken(line, Math.max(LEAST_BESIDE, columns)).join('\n'))
      .join('\n'),

  styleUsage(this: Help, usage: string): string {
    const title = stringWidth(this.styleTitle('Usage:')) + 1;
    return broken(usage, widthOf(this.helpWidth) - title).join(`\n${BELOW}`);
  },

  formatItem(this: Help, term: string, termWidth: number, description: string): string {
    const indent = ' '.repeat(GAP);
    if (description === '') return `${indent}${term}`;
    const columns = widthOf(this.helpWidth);
    const beside = columns - GAP - termWidth - GAP;
    if (beside < LEAST_BESIDE) {
      const below = broken(description, columns - BELOW.length);
      return [`${indent}${term}`, ...below.map((line) => `${BELOW}${line}`)].join('\n');
    }
    const gap = ' '.repeat(termWidth - stringWidth(term) + GAP);
    const behind = ' '.repeat(GAP + termWidth + GAP);
    return `${indent}${term}${gap}${broken(description, beside).join(`\n${behind}`)}`;
  },
} satisfies HelpConfiguration;

/** Words with the spaces in front of them, and the pieces of Chinese ones. */
function chunksOf(line: string): string[] {
  return [...line.matchAll(/(\s*)(\S+)/g)].flatMap(([, space = '', word = '']) => {
    const [first = '', ...pieces] = unbroken(word);
    return [space + first, ...pieces];
  });
}

/** Breaks a line where it is as wide as it may be: as commander does, and within Chinese too. */
function broken(line: string, columns: number): string[] {
  const lines = [''];
  for (const chunk of chunksOf(line)) {
    const longer = lines.at(-1) + chunk;
    if (lines.at(-1) === '' || stringWidth(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(chunk.trimStart());
  }
  return lines;
}

/**
 * Lays out examples: what is said of one, behind three spaces or more, stands below it where both do not
 * fit. The example itself is never broken, so that it can be copied.
 *
 * @returns what commander's `addHelpText` takes
 */
export function examples(text: string): (context: { command: CommandUnknownOpts }) => string {
  return ({ command }) => {
    const columns = widthOf(command.configureOutput().getOutHelpWidth?.());
    return text
      .split('\n')
      .flatMap((line) => {
        const [, example = '', said] = /^(.*\S) {3,}(\S.*)$/.exec(line) ?? [];
        if (said === undefined || stringWidth(line) <= columns) return [line];
        return [example, ...broken(said, columns - BELOW.length).map((one) => `${BELOW}${one}`)];
      })
      .join('\n');
  };
}
