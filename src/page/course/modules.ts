/**
 * Runs a student's module in a worker, which has no modules: what it imports was bundled, and what it
 * exports is taken from it.
 * @module
 */

import { files } from 'virtual:course-modules';
import type { Imported } from '../../lesson/classic.js';
import type { Module } from '../../lesson/trouble.js';

/** A module as the body of a function, as classic.ts makes it. */
export type StudentModule = (
  take: (name: string) => Module,
  give: (name: string | null, get: () => unknown) => void,
  late: (name: string) => Promise<Module>,
) => Promise<void>;

/** What it imports is not there. */
export class ImportProblem extends Error {
  /** Where it is imported, from 1. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

interface Surroundings {
  /** The folder of its lesson. */
  readonly lesson: string;
  readonly imports: readonly Imported[];
  /** From now on the student's code runs. */
  readonly onLoaded?: () => void;
}

/** Runs it. @returns what it exports @throws ImportProblem, and whatever it throws itself */
export async function runModule(
  student: StudentModule,
  { lesson, imports, onLoaded }: Surroundings,
): Promise<Module> {
  const known = new Map<string, Module>();
  for (const { from, line: at, names } of imports) {
    const module = await moduleOf(lesson, from);
    if (module === null) throw new ImportProblem(`Cannot find '${from}'`, at);
    known.set(from, module);
    const missing = names.find(({ name }) => !(name in module));
    if (missing === undefined) continue;
    const { name, line } = missing;
    const message = `The requested module '${from}' does not provide an export named '${name}'`;
    throw new ImportProblem(message, line);
  }
  const exported: Record<string, unknown> = {};
  const give = (name: string | null, get: () => unknown): void => {
    if (name === null) Object.assign(exported, get());
    else Object.defineProperty(exported, name, { get, enumerable: true });
  };
  const late = async (name: string): Promise<Module> => {
    const module = await moduleOf(lesson, name);
    if (module === null) throw new Error(`Cannot find '${name}'`);
    return module;
  };
  onLoaded?.();
  await student((name) => known.get(name) ?? {}, give, late);
  return exported;
}

/** A module by the name that the student's file calls it; null for none. */
async function moduleOf(lesson: string, name: string): Promise<Module | null> {
  const { pathname } = new URL(name, `file:///${lesson}/`);
  const key = /^\.{1,2}\//.test(name) ? pathname.slice(1).replace(/\.js$/, '.ts') : name;
  return (await files[key]?.()) ?? null;
}
