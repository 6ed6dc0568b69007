/**
 * The README and the guides say what is so: their numbers, excerpts, outputs, commands and links.
 * With `-u`, what is computed is written anew. The lessons' texts are in lessons.test.ts.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { checkMarkdown } from '../support/lessons/prose.js';
import { ROOT } from '../support/lessons/run.js';

/** The texts of the repository but the lessons', by their paths. What typedoc writes is not read. */
function texts(): string[] {
  const found = ['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.md') && !path.startsWith('docs/api/')),
  );
  return [
    'README.md',
    'README.zh.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'SECURITY.md',
    ...found.sort(),
  ];
}

describe.concurrent('a text says what is so', { timeout: 120_000 }, () => {
  test.for(texts())('%s', async (path, { expect }) => {
    const file = join(ROOT, path);
    const { text, problems, stale } = await checkMarkdown(file);
    expect.soft(problems).toEqual([]);
    await expect(text, stale.join('\n')).toMatchFileSnapshot(file);
  });
});
