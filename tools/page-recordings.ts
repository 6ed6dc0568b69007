/**
 * A plugin for Vite: what PHP did in each scenario that ships, as far as it is small enough for a page, as
 * a script of its own, which the page loads when something is held against PHP.
 * @module
 */

import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import type { PageRecording } from '../src/page/compare/recordings.js';
import { SCENARIOS } from '../src/scenario/shipped.js';
import type { StoredRecording } from '../src/terminal/scenarios.js';
import { twinRecording } from '../src/terminal/scenarios.js';

const MODULE = 'virtual:recordings';

/** A recording with more characters is not in the page. */
const MOST = 30_000;

/**
 * Emits `recordings/php.js`, which leaves a record of `PageRecording`s by scenario where
 * src/page/compare/load.ts takes it; to sources that are served as they are, `virtual:recordings`.
 */
export function pageRecordings(): Plugin {
  return {
    name: 'loopscope-recordings',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: (id) =>
      id === `\0${MODULE}` ? `export default ${JSON.stringify(readRecordings())};` : undefined,
    generateBundle() {
      const source = `globalThis.loopscopePhp = ${JSON.stringify(readRecordings())};\n`;
      this.emitFile({ type: 'asset', fileName: 'recordings/php.js', source });
    },
  };
}

/** Reads those of the scenarios as they are now. */
export function readRecordings(): Record<string, PageRecording> {
  const found: Record<string, PageRecording> = {};
  for (const { name, steps } of SCENARIOS.values()) {
    const path = twinRecording(name);
    const text = path === null ? '' : readFileSync(path, 'utf8');
    if (text === '' || text.length > MOST) continue;
    const { scenario, php, source, wire, trace } = JSON.parse(text) as StoredRecording;
    if (trace === undefined || JSON.stringify(scenario.steps) !== JSON.stringify(steps)) continue;
    found[name] = { php, source, wire, trace };
  }
  return found;
}
