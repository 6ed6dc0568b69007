/**
 * Finds `loopscope` and `loopscope/node` in this very package. Registered by own-package.ts, and run
 * in its thread or, in older Nodes, in one of Node's.
 * @module
 */

import type { ResolveHook } from 'node:module';

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const ours: Readonly<Record<string, string>> = {
  loopscope: new URL(`../index${extension}`, import.meta.url).href,
  'loopscope/node': new URL(`../node${extension}`, import.meta.url).href,
};

/** Called by Node for every import. @see node:module, "Customization Hooks" */
export const resolve: ResolveHook = (specifier, context, nextResolve) => {
  const url = ours[specifier];
  return url === undefined ? nextResolve(specifier, context) : nextResolve(url, context);
};
