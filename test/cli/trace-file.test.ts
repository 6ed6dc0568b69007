/** A trace kept in a file: nothing is lost, and what waits to be written is bounded. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TraceFile } from '../../src/cli/trace-file.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatEvent } from '../../src/trace/ndjson.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopscope-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function recv(seq: number, length: number): TraceEvent {
  return { v: 1, seq, turn: 1, t: 0, step: 'recv', fd: 4, bytes: new Uint8Array(length) };
}

describe('a trace file', () => {
  it('makes its writer wait before two MiB are gathered, and holds every event in order', async () => {
    const path = join(folder, 'trace.ndjson');
    const file = await TraceFile.open(path);
    const events: TraceEvent[] = [];
    let full: Promise<void> | undefined;
    while (full === undefined && events.length < 16) {
      const event = recv(events.length, 65_536); // two digits a byte
      events.push(event);
      full = file.tell(event);
    }
    expect(full).toBeInstanceOf(Promise);
    await full;
    const last = recv(events.length, 1);
    expect(file.tell(last), 'it takes more again').toBeUndefined();
    await file.close();
    const lines = [...events, last].map((event) => `${formatEvent(event)}\n`);
    expect(readFileSync(path, 'utf8') === lines.join('')).toBe(true);
  });
});
