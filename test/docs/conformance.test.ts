import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { namesIn } from '../support/test-names.js';

const ROOT = new URL('../../', import.meta.url);

interface Row {
  section: string;
  asks: string;
  role: string;
  shown: string;
}

/** The rows of the tables of docs/conformance.md that tell of sections. */
function readRows(): Row[] {
  const text = readFileSync(new URL('docs/conformance.md', ROOT), 'utf8');
  const tables = text.slice(0, text.indexOf('\n## Limits'));
  return tables.split('\n').flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [, section = '', asks = '', role = '', shown = ''] = cells;
    return /^\d/.test(section) ? [{ section, asks, role, shown }] : [];
  });
}

const rows = readRows();
const SECTIONS = ['4.1', '4.2.1', '4.2.2', '4.4', '5.1', '5.2', '5.3', '5.4', '5.5', '5.5.1'];
const HTTP = ['9110 7.8', '9110 15.2', '9112 2.2', '9112 3.2', '9112 3.2.2'];
const MORE = ['5.5.2', '5.5.3', '6.1', '6.2', '7.1.1', '7.1.2', '7.1.5', '7.1.7', '7.4.1', '8.1'];

describe('docs/conformance.md', () => {
  test('has a row for every section that demands something', () => {
    const known = new Set(rows.map(({ section }) => section));
    expect([...SECTIONS, ...MORE, ...HTTP].filter((section) => !known.has(section))).toEqual([]);
  });

  test.each(rows)('$section: $asks', ({ role, shown }) => {
    expect(['client', 'server', 'both', 'intermediary']).toContain(role);
    if (/^does not apply: .{20,}/.test(shown)) return;
    const tests = shown.split('<br>').map((one) => /^`([\w/.-]+)` › (.+)$/.exec(one));
    for (const one of tests) {
      expect(one, shown).not.toBeNull();
      const [, path = '', name = ''] = one ?? [];
      expect([...namesIn(path)], `${path} › ${name}`).toContain(name);
    }
  });

  test('a name that is not there would be noticed', () => {
    const names = namesIn('websocket/mask.test.ts');
    expect(names).toContain('RFC 6455 5.3 masking');
    expect(names).not.toContain('RFC 6455 5.3 mask');
  });
});
