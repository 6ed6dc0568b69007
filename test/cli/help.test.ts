/** Every command says in 80 columns what it takes, with examples that it would take. */

import { CommanderError } from '@commander-js/extra-typings';
import { describe, expect, test } from 'vitest';
import { makeProgram } from '../../src/cli/program.js';
import { argumentsOf } from '../support/lessons/commands.js';

const COMMANDS = [
  'serve',
  'step',
  'compare',
  'fuzz',
  'sim',
  'inspect',
  'tap',
  'watch',
  'probe',
  'chat',
  'lesson',
  'check',
  'mine',
  'mine serve',
  'mine play',
  'mine write',
  'class report',
  'class check',
  'doctor',
];

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
  test('lists all commands', async () => {
    const listed = [...(await help()).matchAll(/^ {2}([a-z]+)(?= )/gm)].map(([, name]) => name);
    const named = [...new Set(COMMANDS.map((name) => name.split(' ')[0]))];
    expect(listed.filter((name) => name !== 'help').sort()).toEqual(named.sort());
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
