/**
 * Makes `loopscope` and `loopscope/node` this very package for every file of this process: a
 * student's folder has nothing installed near it.
 * @module
 */

import * as nodeModule from 'node:module';
import { resolve } from './resolve-hook.js';

/** Newer Nodes have a way that runs in this thread, and warn of the older one. */
interface NewerNode {
  registerHooks?(hooks: { resolve: typeof resolve }): unknown;
}

/** To be called before a student's file is imported. */
export function useOwnPackage(): void {
  const { registerHooks } = nodeModule as NewerNode;
  if (registerHooks !== undefined) {
    registerHooks({ resolve });
    return;
  }
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  nodeModule.register(new URL(`./resolve-hook${extension}`, import.meta.url));
}
