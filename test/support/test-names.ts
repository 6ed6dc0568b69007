/** The names of tests, read out of their files: for the texts that name the test that shows something. */

import { readFileSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);

/** The names of the tests and the groups in a test file: the first text of each call. */
export function namesIn(path: string): Set<string> {
  const source = readFileSync(new URL(path, ROOT), 'utf8');
  const calls = /\b(?:describe|test)(?:\.\w+)*\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;
  const named = [...source.matchAll(calls)].map(([, , name = '']) => name);
  // `test.each([...])('name', ...)`, and the same with `as const` or a table that is named
  const each = /\)\s*\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1\s*,\s*(?:\{[^}]*\},\s*)?(?:async )?\(/g;
  for (const [, , name = ''] of source.matchAll(each)) named.push(name);
  return new Set(named.map((name) => name.replaceAll("\\'", "'")));
}
