/** Every command says in 80 columns what it takes, with examples that it would take. */

import { CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { describe, expect, test } from 'vitest';
import { makeProgram } from '../../src/cli/program.js';
import { argumentsOf } from '../support/lessons/commands.js';

/** The names of all commands within one, as they are typed. */
function namesIn({ commands }: CommandUnknownOpts): string[] {
  return commands.flatMap((command) => [
    command.name(),
    ...namesIn(command).map((name) => `${command.name()} ${name}`),
  ]);
}

const COMMANDS = namesIn(makeProgram('en'));

/** What is said to these words, on a terminal of so many columns; an error fails the test. */
async function printIn(columns: number, ...args: string[]): Promise<string> {
  let [out, wrong] = ['', ''];
  const program = makeProgram('en', {
    writeOut: (text) => {
      out += text;
    },
    writeErr: (text) => {
      wrong += text;
    },
    getOutHelpWidth: () => columns,
    getOutHasColors: () => false,
  });
  await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow(CommanderError);
  expect(wrong).toBe('');
  return out;
}

const print = (...args: string[]): Promise<string> => printIn(80, ...args);
const help = (...command: string[]): Promise<string> => print(...command, '--help');

/** The examples in a help, without what comes behind a pipe. */
function examplesIn(help: string): string[] {
  const [, behind = ''] = help.split(/^Examples?:\n/m);
  const lines = behind.split('\n').filter((line) => line.includes('loopscope '));
  return lines.map((line) =>
    line
      .replace(/^.*\| (?=loopscope)/, '')
      .replace(/ [|>] .*$/, '')
      .trim(),
  );
}

/** The words of an example, without what is said of it behind many spaces, and without another's command. */
const wordsOf = (example: string): string[] =>
  argumentsOf(`npx ${example.replace(/ {3,}.*$/, '').replace(/ -- .*$/, '')}`) ?? [];

describe('--help', () => {
  test('lists all commands, and each those within it', async () => {
    expect(COMMANDS).toEqual(expect.arrayContaining(['serve', 'mine', 'mine serve', 'class join']));
    for (const outer of ['', ...COMMANDS]) {
      const said = await help(...outer.split(' ').filter(Boolean));
      const [, list = ''] = said.split(/^Commands:\n/m);
      const listed = [...list.matchAll(/^ {2}([a-z]+)(?= )/gm)].map(([, name]) => name);
      const within = COMMANDS.filter((name) => name.split(' ').slice(0, -1).join(' ') === outer);
      const named = within.map((name) => name.split(' ').at(-1));
      expect(listed.filter((name) => name !== 'help' && name !== 'loopscope')).toEqual(named);
    }
  });

  test.for(['', ...COMMANDS])(
    'of "%s" fits 40 and 60 columns, but for what is to be copied',
    async (command) => {
      for (const columns of [40, 60]) {
        const text = await printIn(columns, ...command.split(' ').filter(Boolean), '--help');
        const lines = text.split('\n').filter((line) => !/^ {2}(\S.* )?loopscope /.test(line));
        for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(columns);
      }
    },
  );

  test.for(['', ...COMMANDS])('of "%s" fits 80 columns', async (command) => {
    const lines = (await help(...command.split(' ').filter(Boolean))).split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test.for(COMMANDS)('of "%s" has examples that it takes', async (command) => {
    const examples = examplesIn(await help(...command.split(' ')));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const words = wordsOf(example);
      expect(words.slice(0, command.split(' ').length).join(' ')).toBe(command);
      // every word is one that the help knows, and `--help` behind them still asks for help
      expect(await print(...words, '--help')).toContain(`Usage: loopscope ${command}`);
    }
  });

  test.for(COMMANDS)('of "%s" names every option of its examples', async (command) => {
    const said = await help(...command.split(' '));
    const [options = ''] = said.split(/^Examples?:/m);
    for (const example of examplesIn(said)) {
      for (const option of wordsOf(example).filter((word) => word.startsWith('--'))) {
        expect(options).toMatch(new RegExp(`${option}[ ,]`));
      }
    }
  });
});

describe('--version', () => {
  test('is the version alone', async () => {
    expect(await print('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
