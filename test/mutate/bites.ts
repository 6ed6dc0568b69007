/**
 * Which test was seen to fail at which break. `npm run mutate` writes it down in bitten.json, and
 * docs/conformance.md is filled from there.
 * @module
 */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readRules, type Shown, testsIn } from '../support/conformance.js';

const FILE = new URL('bitten.json', import.meta.url);

/** By the name of a break: tests that failed, as `FILE › NAME`, the first and those that rules name. */
export type Bites = Readonly<Record<string, readonly string[]>>;

/** A test that failed, and where. */
export interface Failed {
  /** Its file, in `test`. */
  path: string;
  /** The groups that it is in, and its own name. */
  names: readonly string[];
}

/** What was seen. */
export function readBites(): Bites {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Bites;
}

/** Writes down what was seen, over what was seen of these breaks before; other breaks are forgotten. */
export function writeBites(seen: Bites, known: readonly string[]): void {
  const all = { ...readBites(), ...seen };
  const kept = known.flatMap((name) => ((all[name] ?? []).length > 0 ? [[name, all[name]]] : []));
  const written = new URL('bitten.json.new', import.meta.url);
  writeFileSync(written, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  renameSync(written, FILE); // several runs may be under way
}

/** What to write down of the tests that failed at one break. */
export function worthTelling(failed: readonly Failed[]): string[] {
  const [first] = failed;
  if (first === undefined) return [];
  const named = readRules()
    .flatMap(testsIn)
    .filter((shown) => failed.some((one) => isOf(one, shown)))
    .map(({ path, name }) => `${path} › ${name}`);
  return [...new Set(named.length > 0 ? named : [`${first.path} › ${first.names.join(' › ')}`])];
}

/** Whether a test that ran is the one of this name, which may have `%s` in it, or is in that group. */
export function isOf({ path, names }: Failed, shown: Shown): boolean {
  if (path !== shown.path) return false;
  const parts = shown.name.replaceAll("\\'", "'").split(/%[sdijfoO#]/);
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*');
  return names.some((name) => new RegExp(`^${pattern}$`).test(name));
}

/** The breaks at which a test of this rule failed; those that few others notice come first. */
export function breaksOf(shown: readonly Shown[], bites: Bites): string[] {
  const names = shown.map(({ path, name }) => `${path} › ${name}`);
  return Object.entries(bites)
    .filter(([, tests]) => tests.some((test) => names.includes(test)))
    .sort(([, a], [, b]) => a.length - b.length)
    .map(([name]) => name);
}
