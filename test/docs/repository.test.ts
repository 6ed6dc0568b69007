/**
 * The texts about the repository leave nothing out: every dependency, guide, command and exit.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProgram } from '../../src/cli/program.js';
import { readMarkdown } from '../support/lessons/markdown.js';
import { ROOT } from '../support/lessons/run.js';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** The first cells of the rows of a text's tables, below their heads. */
function firstCells(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((line) => line.replaceAll('\\|', ' ').split('|')[1]?.trim() ?? '');
}

/** The words in backquotes. */
const coded = (cells: readonly string[]): string[] =>
  cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word));

describe('CONTRIBUTING', () => {
  const text = read('CONTRIBUTING.md');
  const [, dependencies = ''] = text.split('\n## Dependencies\n');

  test('has a row for every dependency and no other', () => {
    const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(coded(firstCells(dependencies)).sort()).toEqual(named.sort());
  });

  test('says which are for development only', () => {
    const dev = firstCells(dependencies).filter((cell) => cell.includes('(dev)'));
    expect(coded(dev).sort()).toEqual(Object.keys(manifest.devDependencies).sort());
  });

  test('names every floor of src', () => {
    const floors = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(coded(firstCells(text))).toEqual(expect.arrayContaining([...floors, 'bytes.ts']));
  });

  test('its npm scripts are there', () => {
    for (const [, script = ''] of text.matchAll(/npm run (\w+)/g)) {
      expect(Object.keys(manifest.scripts)).toContain(script);
    }
  });
});

/** The guides, by their paths below docs; what typedoc writes is none. */
function guides(): string[] {
  const found = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return found
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md') && !path.startsWith('api/'))
    .sort();
}

describe('the guides', () => {
  const linksIn = (path: string): string[] =>
    readMarkdown(read(path)).links.map(({ target }) => target);

  test.each(['.md', '.zh.md'])('are in the index %s, those of the teacher in theirs', (ending) => {
    const own = guides().filter((path) => path.endsWith('.zh.md') === (ending === '.zh.md'));
    const top = own.filter((path) => !path.includes('/') && path !== `README${ending}`);
    expect(linksIn(`docs/README${ending}`)).toEqual(
      expect.arrayContaining([...top, `teaching/README${ending}`]),
    );
    const teaching = own.filter((path) => /^teaching\/(?!README)/.test(path));
    expect(linksIn(`docs/teaching/README${ending}`)).toEqual(
      expect.arrayContaining(teaching.map((path) => path.replace('teaching/', ''))),
    );
  });

  test('are pages of the site', () => {
    const { projectDocuments } = JSON.parse(read('typedoc.json'));
    expect(projectDocuments).toEqual(
      expect.arrayContaining([...guides().map((path) => `docs/${path}`), 'lessons/*/lesson.md']),
    );
  });
});

describe('the README', () => {
  const text = read('README.md');
  const [, commands = ''] = text.split('\n## Commands\n');

  test('has every command and no other', () => {
    const there = makeProgram('en').commands.map((command) => command.name());
    const named = coded(firstCells(commands)).map((cell) => cell.split(' ')[0] ?? '');
    const lower = named.filter((name) => /^[a-z]+$/.test(name));
    expect([...new Set(lower)].sort()).toEqual(there.sort());
  });

  test('says what each exit code means', () => {
    expect(firstCells(commands).filter((cell) => /^\d$/.test(cell))).toEqual(['0', '1', '2']);
  });
});

test('the changelog ends with the version of the package, or has it as unreleased', () => {
  const text = read('CHANGELOG.md');
  const [, first = ''] = /^## \[(.*?)\]/m.exec(text) ?? [];
  expect([manifest.version, 'Unreleased']).toContain(first);
  expect(text).toContain(manifest.version);
});
