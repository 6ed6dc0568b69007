/** Options are declared once, and the compiler holds them to what takes them. */

import { readdirSync, readFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import { describe, expect, test } from 'vitest';
import type { CheckOptions } from '../../src/cli/check.js';
import { errorWords } from '../../src/cli/commander-words.js';
import type { Known } from '../../src/cli/door.js';
import { help } from '../../src/texts/help.en.js';
import { speaker } from '../../src/texts/say.js';

/** The declarations, by the name of the command. */
const declarations = new Map(
  readdirSync(new URL('../../src/cli/commands/', import.meta.url)).map((file) => {
    const url = new URL(`../../src/cli/commands/${file}`, import.meta.url);
    return [file.replace('.ts', ''), readFileSync(url, 'utf8')];
  }),
);

/** Stands for what a command does. */
const takes = (options: CheckOptions): unknown => options;

describe('the compiler refuses', () => {
  const command = (): Command => new Command().exitOverride();

  test('an option that is declared by another name than it is known by', () => {
    command()
      .option('--al', 'check all')
      // @ts-expect-error nobody knows `al`
      .action((options) => takes(options satisfies Known<CheckOptions, typeof options>))
      .parse(['--al'], { from: 'user' });
  });

  test('an option of another type', () => {
    command()
      .option('--hint <n>', 'a hint', Number)
      // @ts-expect-error `hint` is a text
      .action((options) => takes(options satisfies Known<CheckOptions, typeof options>))
      .parse(['--hint', '1'], { from: 'user' });
  });

  test('a name that was not declared', () => {
    command()
      .option('--all', 'check all')
      // @ts-expect-error it is `all`
      .action((options) => options.al)
      .parse(['--all'], { from: 'user' });
  });

  test('and nothing of an option that fits', () => {
    let seen: unknown;
    command()
      .option('--all', 'check all')
      .action((options) => {
        seen = takes(options satisfies Known<CheckOptions, typeof options>);
      })
      .parse(['--all'], { from: 'user' });
    expect(seen).toEqual({ all: true });
  });
});

/** What a declaration is made with. */
const DECLARING = [
  '@commander-js/extra-typings',
  '../door.js',
  '../help-layout.js',
  '../../record/fault-names.js', // no more than names
];

describe('each command', () => {
  test.each([...declarations])('%s hands on only options that are known', (_, text) => {
    const takesOptions = /[ (]options\) =>/.test(text);
    expect(/options satisfies Known<\w+, typeof options>/.test(text)).toBe(takesOptions);
    expect(takesOptions).toBe(/Option\(|\.option\(/.test(text));
  });

  test.each([...declarations])('%s loads what it does only when it is asked for', (name, text) => {
    const imports = [...text.matchAll(/^import (type )?[^;]* from '([^']*)'/gm)];
    expect(imports.length).toBeGreaterThan(0);
    for (const [, type, from = ''] of imports) {
      const isDeclaring = DECLARING.includes(from);
      expect(isDeclaring || type !== undefined, `${name} imports ${from}`).toBe(true);
    }
    expect(text).toMatch(/await import\('\.\.?\/.*'\)/);
  });
});

describe('what commander says of a wrong call', () => {
  const say = speaker({ en: help }, 'xx-test');

  test.each([
    ["error: unknown option '--nope'\n(Did you mean --no-page?)\n", ['--nope', '--no-page']],
    ["error: unknown command 'x'\n(Did you mean one of a, b?)\n", ['x', 'a, b']],
    ["error: missing required argument 'host:port'\n", ['host:port']],
    ["error: option '--seed <n>' argument missing\n", ['--seed <n>']],
    ["error: too many arguments for 'sim'. Expected 1 argument but got 2.\n", ['sim', '1', '2']],
    ['error: too many arguments. Expected 0 arguments but got 1.\n', ['0 arguments', '1']],
    [
      "error: option '--hint <n>' argument '7' is invalid. Allowed choices are 1, 2.\n",
      ['--hint <n>', '7', '1, 2'],
    ],
    [
      "error: command-argument value 'it's' is invalid for argument 'port'. Why.\n",
      ['port', "it's", 'Why.'],
    ],
    ["error: command-argument value 'x' is invalid for argument 'number'. Why.\n", ['lesson', 'x']],
  ])('is said in the language of who called: %j', (text, values) => {
    const lines = errorWords(text, say).split('\n');
    expect(lines).toHaveLength(text.trim().split('\n').length);
    for (const line of lines) expect(line).toMatch(/^\[.*~+\]$/s);
    for (const value of values) expect(lines.join('\n')).toContain(value);
  });

  test('is left as it is where it is not known', () => {
    expect(errorWords('error: something new\n', say)).toBe('something new');
  });
});
