/**
 * How Node loads a student's file, a lesson, and what they import: TypeScript without its types,
 * `loopscope`, `loopscope/lesson` and `loopscope/node` from this very package. Registered by student-modules.ts, and run
 * in its thread or, in older Nodes, in one of Node's.
 * @module
 */

import { readFileSync, statSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { javaScriptOf, SourceError } from './student-code.js';

/** What the hooks are told. */
export interface HookData {
  /** The URLs of the files whose loops are guarded, and those of what they import. */
  readonly guarded: readonly string[];
}

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const ours: Readonly<Record<string, string>> = {
  loopscope: new URL(`../index${extension}`, import.meta.url).href,
  'loopscope/lesson': new URL(`../lesson${extension}`, import.meta.url).href,
  'loopscope/node': new URL(`../node${extension}`, import.meta.url).href,
};

const guarded = new Set<string>();

/** Called by Node once. */
export const initialize: InitializeHook<HookData> = (data) => {
  for (const url of data.guarded) guarded.add(url);
};

/** Called by Node for every import. @see node:module, "Customization Hooks" */
export const resolve: ResolveHook = (specifier, context, nextResolve) => {
  const own = ours[specifier];
  if (own !== undefined) return nextResolve(own, context);
  const url = fileMeant(specifier, context.parentURL);
  if (url === null) return nextResolve(specifier, context);
  if (guarded.has(context.parentURL ?? '')) guarded.add(url);
  return nextResolve(url, context);
};

/** Called by Node for every module. @throws SyntaxError whose message is `PATH:LINE:COLUMN: ERROR: …` */
export const load: LoadHook = (url, context, nextLoad) => {
  const { protocol, pathname } = new URL(url);
  const types = /\.m?ts$/.test(pathname);
  const isGuarded = guarded.has(url) && /\.m?[jt]s$/.test(pathname);
  if (protocol !== 'file:' || !(types || isGuarded)) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const guard = isGuarded ? basename(path) : null;
  try {
    const source = javaScriptOf(readFileSync(path, 'utf8'), { types, guard });
    return { format: 'module', source, shortCircuit: true };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw new SyntaxError(`${path}:${error.line}:${error.column}: ERROR: ${error.message}`);
  }
};

/** The file that a relative import means, as TypeScript has it: `./a.js` may be `./a.ts`; null for a package. */
function fileMeant(specifier: string, parent: string | undefined): string | null {
  if (!/^\.{1,2}\//.test(specifier) || !parent?.startsWith('file:')) return null;
  const { href } = new URL(specifier, parent);
  const names = [href.replace(/\.(m?)js$/, '.$1ts'), href, `${href}.ts`, `${href}.js`];
  return names.find(isFile) ?? href;
}

function isFile(url: string): boolean {
  return statSync(new URL(url), { throwIfNoEntry: false })?.isFile() === true;
}
