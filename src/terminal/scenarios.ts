/**
 * Scenarios by name or by file, and the recordings that ship.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { distance } from 'fastest-levenshtein';
import { checkScenario, type Scenario, ScenarioError } from '../scenario/scenario.js';
import { SCENARIOS } from '../scenario/shipped.js';
import type { Recording } from '../scenario/wire.js';
import type { TraceEvent } from '../trace/event.js';
import { parseEvent } from '../trace/ndjson.js';
import { Failure } from './failure.js';

const RECORDINGS = fileURLToPath(new URL('../../test/recordings', import.meta.url));

/** A recording as it lies in its file: events as in NDJSON. */
export interface StoredRecording extends Recording {
  /** The server's steps, where it tells them. */
  trace?: unknown[];
}

/**
 * Finds a scenario that ships, or reads one from a file.
 *
 * @throws Failure (2) for a name that is none, and for a file that cannot be read or does not fit
 */
export function findScenario(nameOrPath: string): Scenario {
  const shipped = SCENARIOS.get(nameOrPath);
  if (shipped !== undefined) return shipped;
  if (/\.json$/.test(nameOrPath) || existsSync(nameOrPath)) {
    try {
      return checkScenario(readJson(nameOrPath));
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      throw new Failure('file.problem', { path: nameOrPath, message: error }, 2);
    }
  }
  const near = [...SCENARIOS.keys()].sort(
    (a, b) => distance(a, nameOrPath) - distance(b, nameOrPath),
  );
  throw new Failure('scenario.none', { name: nameOrPath, near: near.slice(0, 3) }, 2);
}

/** The recordings of the unmodified original that ship. */
export function originalRecordings(): { path: string; name: string }[] {
  return listOf('original');
}

/** The path of the recording of the twin in a scenario that ships; null where there is none. */
export function twinRecording(name: string): string | null {
  return listOf('twin').find((one) => one.name === name)?.path ?? null;
}

function listOf(folder: string): { path: string; name: string }[] {
  if (!existsSync(join(RECORDINGS, folder))) return [];
  const files = readdirSync(join(RECORDINGS, folder)).filter((file) => file.endsWith('.json'));
  return files.map((file) => ({
    path: join(RECORDINGS, folder, file),
    name: basename(file, '.json'),
  }));
}

/**
 * Reads a recording.
 *
 * @throws Failure (2) for a file that cannot be read or is none
 */
export function readRecording(path: string): Recording & { events: TraceEvent[] | null } {
  const value = readJson(path) as Partial<StoredRecording> | null;
  if (!Array.isArray(value?.wire) || value.scenario === undefined) {
    throw new Failure('recording.none', { path }, 2);
  }
  try {
    const scenario = checkScenario(value.scenario);
    const { wire, php = '', source = '', trace } = value;
    const events = trace?.map((event, i) => parseEvent(JSON.stringify(event), i + 1)) ?? null;
    return { scenario, wire, php, source, events };
  } catch (error) {
    throw new Failure('file.problem', { path, message: error as Error }, 2);
  }
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new Failure('file.folder', { path }, 2);
    if (code === 'EACCES') throw new Failure('file.denied', { path }, 2);
    throw new Failure('file.unread', { message }, 2);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure('file.noJson', { path, message: (error as Error).message }, 2);
  }
}
