import { readdirSync } from 'node:fs';
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { helpWords } from '../../src/cli/commander-words.js';
import type { Door } from '../../src/cli/door.js';
import { readers } from '../../src/cli/readers.js';
import { help } from '../../src/texts/help.en.js';
import { fill } from '../../src/texts/say.js';

const COMMANDS = new URL('../../src/cli/commands/', import.meta.url);

/** All commands, declared with a table. */
async function helps(say: Door['say']): Promise<string[]> {
  const program = new Command('loopscope')
    .description(say('loopscope'))
    .configureHelp({ ...helpWords(say), helpWidth: 80 });
  for (const file of readdirSync(COMMANDS).filter((name) => name.endsWith('.ts'))) {
    const declared: Record<string, (door: Door) => void> = await import(
      /* @vite-ignore */ new URL(file, COMMANDS).href
    );
    const door = { program: program as CommandUnknownOpts, say, read: readers(say) };
    for (const declare of Object.values(declared)) declare({ ...door, language: 'en' });
  }
  return [program, ...program.commands].map((command) => command.helpInformation());
}

describe('the help', () => {
  test('of every command stays in 80 columns in a language of wide signs without spaces', async () => {
    const wide: Door['say'] = (key, values) =>
      fill(
        help[key].replaceAll(/(?<!\{)\b[a-z' ]+\b(?![},])/gi, (words) =>
          '字'.repeat(words.length / 2),
        ),
        values,
      );
    const texts = await helps(wide);
    expect(texts.length).toBeGreaterThan(10);
    const lines = texts.join('\n').split('\n');
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect(
      lines.filter((line) => stringWidth(line) > 74 && line.endsWith('字')).length,
    ).toBeGreaterThan(10);
  });

  test('is in English what commander makes of it', async () => {
    const english: Door['say'] = (key, values) => fill(help[key], values);
    const { boxWrap: _, displayWidth: __, ...rest } = helpWords(english);
    const plain = new Command('a').configureHelp({ ...rest, helpWidth: 80 });
    const ours = new Command('a').configureHelp({ ...helpWords(english), helpWidth: 80 });
    for (const text of Object.values(help)) {
      for (const command of [plain, ours]) command.description(text);
      expect(ours.helpInformation()).toBe(plain.helpInformation());
    }
  });

  test('begins no line with what closes, and ends none with what opens', () => {
    const { boxWrap = () => '' } = helpWords((key) => key);
    const text = `${'字'.repeat(24)}，${'字'.repeat(24)}（字）${'字'.repeat(40)}。`;
    const lines = boxWrap.call(new Command().createHelp(), text, 50).split('\n');
    expect(lines.join('')).toBe(text);
    expect(lines.filter((line) => /^[，）。]|（$/.test(line))).toEqual([]);
  });
});
