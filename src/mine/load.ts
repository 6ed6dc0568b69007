/**
 * Loads the parts that are a student's: the exercises of the lessons that were passed, as they lie in the
 * student's folder. For Node alone.
 * @module
 */

import { existsSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Lesson } from '../lesson/lesson.js';
import type { Progress } from '../lesson/progress.js';
import type { StudentFolder } from '../lesson/student-folder.js';
import { useStudentModules } from '../lesson/student-modules.js';
import { type Guard, guarded as withoutLoops } from './guard.js';
import { type Part, type PartId, passedParts } from './parts.js';
import { type Exported, Stopped } from './your-parts.js';

/** Why a part that was passed cannot be taken: `gone`, `lacks` an export, `unsettled`, or what it threw. */
export type Unloaded =
  | { readonly part: Part; readonly why: 'gone' | 'unsettled'; readonly path: string }
  | { readonly part: Part; readonly why: 'lacks'; readonly path: string; readonly name: string }
  | { readonly part: Part; readonly why: 'threw'; readonly path: string; readonly message: string };

/** A student's parts, and the paths of their files. */
export interface Loaded {
  readonly own: Map<PartId, Exported>;
  readonly paths: Map<PartId, string>;
  /** Those that were passed and cannot be taken. */
  readonly unloaded: readonly Unloaded[];
}

/** Loads them, one after the other. What one of them throws is told, and the others are loaded. */
export async function loadParts(
  lessons: readonly Lesson[],
  folder: StudentFolder,
  progress: Progress,
): Promise<Loaded> {
  const files = passedParts(progress).map((part) => ({
    part,
    path: pathOf(part, lessons, folder),
  }));
  const there = files.filter(({ path }) => existsSync(path));
  await useStudentModules(there.map(({ path }) => urlOf(path)));
  const own = new Map<PartId, Exported>();
  const paths = new Map<PartId, string>();
  const unloaded: Unloaded[] = [];
  for (const { part, path } of files) {
    const found = await load(part, path);
    paths.set(part.id, path);
    if ('why' in found) unloaded.push(found.why);
    else own.set(part.id, found.exported);
  }
  return { own, paths, unloaded };
}

function pathOf(part: Part, lessons: readonly Lesson[], folder: StudentFolder): string {
  const lesson = lessons.find(({ number }) => number === part.lesson);
  if (lesson === undefined) throw new Error(`bug: no lesson ${part.lesson}`);
  return folder.exerciseOf(lesson);
}

/** Node guards the loops of a file by its own path, and not that of a link to it. */
function urlOf(path: string): string {
  return pathToFileURL(realpathSync(path)).href;
}

async function load(part: Part, path: string): Promise<{ exported: Exported } | { why: Unloaded }> {
  if (!existsSync(path)) return { why: { part, why: 'gone', path } };
  const { exit } = process;
  process.exit = (code) => {
    throw new Stopped('exit', `process.exit(${code ?? ''})`);
  };
  try {
    const importing = withoutLoops(() => import(urlOf(path)) as Promise<Exported>);
    const exported = await settled(importing);
    if (exported === null) return { why: { part, why: 'unsettled', path } };
    const name = part.functions.find((one) => typeof exported[one] !== 'function');
    return name === undefined ? { exported } : { why: { part, why: 'lacks', path, name } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { why: { part, why: 'threw', path, message } };
  } finally {
    process.exit = exit;
  }
}

/** What a promise gives; null once Node has nothing to do any more, for then nothing settles it. */
async function settled<T>(promise: Promise<T>): Promise<T | null> {
  let giveUp = (): void => {};
  const nothingLeft = new Promise<null>((resolve) => {
    giveUp = () => resolve(null);
  });
  process.once('beforeExit', giveUp);
  try {
    return await Promise.race([promise, nothingLeft]);
  } finally {
    process.off('beforeExit', giveUp);
  }
}

/** Runs a function of a student's: neither a loop without end nor `process.exit` ends the room. */
export const guarded: Guard = (run) => {
  const { exit } = process;
  let stopped: Stopped | null = null;
  process.exit = (code) => {
    stopped = new Stopped('exit', `process.exit(${code ?? ''})`);
    throw stopped;
  };
  try {
    const result = withoutLoops(run);
    if (stopped !== null) throw stopped;
    return result;
  } catch (error) {
    throw stopped ?? error;
  } finally {
    process.exit = exit;
  }
};
