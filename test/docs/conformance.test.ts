import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { breaksOf, readBites } from '../mutate/bites.js';
import { MUTATIONS, nameOf } from '../mutate/mutations.js';
import { readRules, ruleIn, testsIn } from '../support/conformance.js';
import { namesIn } from '../support/test-names.js';

const DOCS = new URL('../../docs/', import.meta.url);
/** The file in each language. */
const FILES = ['conformance.md', 'conformance.zh.md'];
/** Who has to do it, as the Chinese file says it. */
const ROLES = { client: '客户端', server: '服务器', both: '双方', intermediary: '中间的一方' };
const rules = readRules();
const bites = readBites();
const SECTIONS = ['4.1', '4.2.1', '4.2.2', '4.4', '5.1', '5.2', '5.3', '5.4', '5.5', '5.5.1'];
const HTTP = ['9110 7.8', '9110 15.2', '9112 2.2', '9112 3.2', '9112 3.2.2'];
const MORE = ['5.5.2', '5.5.3', '6.1', '6.2', '7.1.1', '7.1.2', '7.1.5', '7.1.7', '7.4.1', '8.1'];

/** The text with the last column of its tables as it was seen. */
function filled(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const rule = ruleIn(line);
      if (rule === null) return line;
      const { section, asks, role, shown } = rule;
      const [found = ''] = breaksOf(testsIn(rule), bites);
      return `| ${[section, asks, role, shown, found].join(' | ').trimEnd()} |`;
    })
    .join('\n');
}

describe('docs/conformance.md', () => {
  test('has a row for every section that demands something', () => {
    const known = new Set(rules.map(({ section }) => section));
    expect([...SECTIONS, ...MORE, ...HTTP].filter((section) => !known.has(section))).toEqual([]);
  });

  test.each(rules)('$section: $asks', (rule) => {
    const { role, shown } = rule;
    expect(Object.keys(ROLES)).toContain(role);
    if (/^does not apply: .{20,}/.test(shown)) return;
    const tests = testsIn(rule);
    expect(tests, shown).toHaveLength(shown.split('<br>').length);
    for (const { path, name } of tests) {
      expect([...namesIn(path)], `${path} › ${name}`).toContain(name);
    }
  });

  test.each(FILES)('names behind each rule a break at which its tests failed: %s', async (name) => {
    const file = new URL(name, DOCS);
    await expect(filled(readFileSync(file, 'utf8'))).toMatchFileSnapshot(file.pathname);
  });

  test('has the same rules in Chinese, of the same, with the same tests', () => {
    const english = rules.map((rule) => [
      rule.section,
      ROLES[rule.role as keyof typeof ROLES],
      testsIn(rule),
    ]);
    const chinese = readRules('conformance.zh.md');
    expect(chinese.map((rule) => [rule.section, rule.role, testsIn(rule)])).toEqual(english);
    const apart = chinese.filter((rule) => testsIn(rule).length === 0);
    expect(apart.filter(({ shown }) => !/^不适用：.{5,}/.test(shown))).toEqual([]);
  });

  test('has no rule for which no break was seen to fail: npm run mutate', () => {
    const tested = rules.filter((rule) => testsIn(rule).length > 0);
    expect(tested.filter((rule) => breaksOf(testsIn(rule), bites).length === 0)).toEqual([]);
  });

  test('a name that is not there would be noticed', () => {
    const names = namesIn('websocket/mask.test.ts');
    expect(names).toContain('RFC 6455 5.3 masking');
    expect(names).not.toContain('RFC 6455 5.3 mask');
  });
});

test('no break is remembered that is no longer in the list', () => {
  const known = new Set(MUTATIONS.map(nameOf));
  expect(Object.keys(bites).filter((name) => !known.has(name))).toEqual([]);
});
