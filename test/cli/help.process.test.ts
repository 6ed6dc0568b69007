/** Every command says in 80 columns what it takes, with examples that it would take. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { BIN } from '../support/command.js';
import { argumentsOf } from '../support/lessons/commands.js';

const COMMANDS = [
  'serve',
  'step',
  'compare',
  'fuzz',
  'sim',
  'inspect',
  'tap',
  'probe',
  'chat',
  'lesson',
  'check',
  'class report',
  'doctor',
];

/** Runs the program. @returns its standard output; what it says as an error fails the test */
async function print(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '80', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  expect(error).toBe('');
  return out;
}

const help = (...command: string[]): Promise<string> => print([...command, '--help']);

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

/** The words of an example, without what is said of it behind many spaces. */
const wordsOf = (example: string): string[] =>
  argumentsOf(`npx ${example.replace(/ {3,}.*$/, '')}`) ?? [];

describe.concurrent('--help', { timeout: 60_000 }, () => {
  test('lists all commands', async ({ expect }) => {
    const listed = [...(await help()).matchAll(/^ {2}([a-z]+)(?= )/gm)].map(([, name]) => name);
    const named = COMMANDS.map((name) => name.split(' ')[0]);
    expect(listed.filter((name) => name !== 'help').sort()).toEqual(named.sort());
  });

  test.for(['', ...COMMANDS])('of "%s" fits 80 columns', async (command, { expect }) => {
    const lines = (await help(...command.split(' ').filter(Boolean))).split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test.for(COMMANDS)('of "%s" has examples that it takes', async (command, { expect }) => {
    const examples = examplesIn(await help(...command.split(' ')));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const words = wordsOf(example);
      expect(words.slice(0, command.split(' ').length).join(' ')).toBe(command);
      // every word is one that the help knows, and `--help` behind them still asks for help
      expect(await print([...words, '--help'])).toContain(`Usage: loopscope ${command}`);
    }
  });

  test.for(COMMANDS)('of "%s" names every option of its examples', async (command, { expect }) => {
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
    expect(await print(['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('NO_COLOR', { timeout: 60_000 }, () => {
  const sim = ['sim', 'two-clients'];

  test('takes the colours away, and nothing else', async () => {
    const plain = await print(sim, { FORCE_COLOR: undefined });
    const coloured = await print(sim, { NO_COLOR: undefined, FORCE_COLOR: '1' });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are such
    expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(plain);
  });
});
