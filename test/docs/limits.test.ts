import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { limitsOf } from '../../src/chat/limits.js';
import { namesIn } from '../support/test-names.js';

const text = readFileSync(new URL('../../docs/limits-and-security.md', import.meta.url), 'utf8');

/** The rows of the tables: what one client, one page, a broker may take, what a student cannot; and the test for it. */
const rows = [...text.matchAll(/^\| (.+?) \| (?:.+ \| .+ \| )?`([\w/.-]+)` › (.+) \|$/gm)].map(
  ([, what = '', path = '', name = '']) => ({ what, path, name }),
);

describe('docs/limits-and-security.md', () => {
  test('has a row for each limit of a server', () => {
    const limits = Object.entries(limitsOf({})).filter(([, value]) => typeof value === 'number');
    const missing = limits.filter(
      ([name]) => !rows.some(({ what }) => what.includes(`\`${name}\``)),
    );
    expect(missing).toEqual([]);
  });

  test('names a test for each row of its tables', () => {
    const tables = text.split('\n\n').filter((part) => part.startsWith('| what |'));
    expect(tables).toHaveLength(4);
    expect(rows).toHaveLength(tables.flatMap((table) => table.split('\n').slice(2)).length);
  });

  test.each(rows)('$what is held by a test that is there', ({ path, name }) => {
    expect([...namesIn(path)]).toContain(name);
  });
});
