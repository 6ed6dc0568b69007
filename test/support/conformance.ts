/** The tables of docs/conformance.md, in each language: rules, and the tests that show them. */

import { readFileSync } from 'node:fs';

const DOCS = new URL('../../docs/', import.meta.url);

/** A rule. */
export interface Rule {
  section: string;
  asks: string;
  role: string;
  /** Tests, as they stand there; or why the rule does not apply. */
  shown: string;
}

/** A test that a rule names: its file, in `test`, and the name of it or of its group. */
export interface Shown {
  path: string;
  name: string;
}

/** The rule in a line of a table; null for a line that has none. */
export function ruleIn(line: string): Rule | null {
  const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  const [, section = '', asks = '', role = '', shown = ''] = cells;
  return /^\d/.test(section) ? { section, asks, role, shown } : null;
}

/** The rules of the tables. @param name the file in `docs` */
export function readRules(name = 'conformance.md'): Rule[] {
  const lines = readFileSync(new URL(name, DOCS), 'utf8').split('\n');
  return lines.map(ruleIn).filter((rule) => rule !== null);
}

/** The tests that a rule names; none for one that does not apply. */
export function testsIn({ shown }: Rule): Shown[] {
  return shown.split('<br>').flatMap((one) => {
    const [, path, name] = /^`([\w/.-]+)` › (.+)$/.exec(one) ?? [];
    return path === undefined || name === undefined ? [] : [{ path, name }];
  });
}
