/**
 * Makes this process able to import a student's file and a lesson: TypeScript as it is, and
 * `loopscope` though nothing is installed near it. Needs no compiler and no platform's binary.
 * @module
 */

import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';
import type { HookData, load, resolve } from './student-hooks.js';

const isCompiled = import.meta.url.endsWith('.js');

/** This file's neighbours, compiled or not, as it is. */
const besides = (name: string): URL => {
  return new URL(`./${name}${isCompiled ? '.js' : '.ts'}`, import.meta.url);
};

/** Arguments of Node to run a file of this package that is not compiled. */
const OWN_START = isCompiled ? [] : ['--import', import.meta.resolve('tsx')];

/** Arguments of Node before the path of a lesson's demo. */
export const DEMO_START = [...OWN_START, '--import', besides('demo-start').href];

/** Arguments of Node before those of the process of a check. */
export const CHECK_START = [...OWN_START, fileURLToPath(besides('child'))];

/** Newer Nodes have a way that runs in this thread, and warn of the older one. */
interface NewerNode {
  registerHooks?(hooks: { resolve: typeof resolve; load: typeof load }): unknown;
}

/**
 * To be called before a student's file is imported.
 *
 * @param guarded the URLs of the files whose loops are guarded, and those of what they import
 */
export async function useStudentModules(guarded: readonly string[] = []): Promise<void> {
  const data: HookData = { guarded };
  const { registerHooks } = nodeModule as NewerNode;
  if (registerHooks !== undefined) {
    const hooks = await import('./student-hooks.js');
    hooks.initialize(data);
    registerHooks(hooks);
    return;
  }
  nodeModule.register(besides('student-hooks'), { data });
}
