/**
 * A plugin for Vite: what PHP did in each scenario that ships, as far as it is small enough for a page.
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

/** Offers `virtual:recordings`, whose default export is a record of `PageRecording`s by scenario. */
export function pageRecordings(): Plugin {
  return {
    name: 'loopscope-recordings',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load: (id) =>
      id === `\0${MODULE}` ? `export default ${JSON.stringify(readRecordings())};` : undefined,
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
