/**
 * Which lines of which source belong to a step, out of the sources that were highlighted while the
 * page was built.
 * @module
 */

import sources from 'virtual:sources';
import type { Profile } from '../../scenario/simulate.js';
import type { StepName } from '../../trace/event.js';
import { PHP_FILE, SOURCE_FILES } from '../../trace/regions.js';
import { callOf } from './calls.js';
import type { SourceFile, SourceRegion } from './sources.js';

/** A region, the file that it is in, and what is called in it. */
export interface StepSource {
  /** The file. */
  source: SourceFile;
  /** The region. */
  region: SourceRegion;
  /** The number of the line with the one call. */
  call: number;
}

/** The files with the steps of each server; `php` is the twin. */
const FILES: Record<Profile | 'php', readonly string[]> = {
  ...SOURCE_FILES,
  php: [PHP_FILE],
};

/** A highlighted file by its path in the package. @throws Error for one that is not in the page */
export function fileOf(path: string): SourceFile {
  const file = sources[path];
  if (file === undefined) throw new Error(`bug: ${path} is not in tools/page-sources.ts`);
  return file;
}

/** The lines of a step; null for one that the server never takes. PHP blocks in its send. */
export function sourceOf(step: StepName, side: Profile | 'php'): StepSource | null {
  const name = side === 'php' && step === 'block' ? 'send' : step;
  for (const path of FILES[side]) {
    const source = fileOf(path);
    const region = source.regions.find((one) => one.name === name);
    if (region !== undefined) return { source, region, call: callOf(source, region) };
  }
  return null;
}
