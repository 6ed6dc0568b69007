/** A trace kept in a file: nothing is lost, and what waits to be written is bounded. */

import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TraceFile } from '../../src/terminal/trace-file.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatMaker, type TraceMaker } from '../../src/trace/maker.js';
import { formatEvent, readTrace } from '../../src/trace/ndjson.js';

const MAKER: TraceMaker = {
  program: 'loopscope',
  profile: 'rfc6455',
  clock: 'real',
  recorder: 'serve',
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopscope-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function recv(seq: number, length: number): TraceEvent {
  return { v: 1, seq, turn: 1, t: 0, step: 'recv', fd: 4, bytes: new Uint8Array(length) };
}

describe('a trace file', () => {
  it('says at its end what made it, where only then that is known', async () => {
    const path = join(folder, 'trace.ndjson');
    const maker = { ...MAKER, loop: 1 };
    const file = TraceFile.open(path, { maker, madeAtEnd: true });
    file.tell(recv(0, 3));
    await file.close({ ...maker, loops: 256 });
    const trace = readTrace(readFileSync(path, 'utf8'));
    expect(trace).toMatchObject({ maker: { loop: 1, loops: 256 }, error: null });
    expect(trace.events).toHaveLength(1);
  });

  it('makes its writer wait before two MiB are gathered, and holds every event in order', async () => {
    const path = join(folder, 'trace.ndjson');
    const file = TraceFile.open(path, { maker: MAKER });
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
    const lines = [formatMaker(MAKER), ...[...events, last].map(formatEvent)];
    expect(readFileSync(path, 'utf8') === lines.map((line) => `${line}\n`).join('')).toBe(true);
  });

  it('ends at its limit, with a last line that says so, and tells it once', async () => {
    const path = join(folder, 'trace.ndjson');
    const told: string[] = [];
    const line = formatEvent(recv(0, 100)).length + 1;
    const file = TraceFile.open(path, {
      maker: MAKER,
      limit: 2 * line,
      onEnd: (why) => told.push(why),
    });
    for (let seq = 0; seq < 5; seq++) file.tell(recv(seq, 100));
    expect(await file.close()).toBe(true);
    const { maker, events, error } = readTrace(readFileSync(path, 'utf8'));
    expect(error).toBeNull();
    expect(maker).toEqual(MAKER);
    expect(events.map(({ step, seq }) => `${step} ${seq}`)).toEqual([
      'recv 0',
      'recv 1',
      'error 2',
    ]);
    expect(events[2]).toMatchObject({
      code: 'trace-full',
      message: expect.stringMatching(
        /^the trace ends here: with the next step it would have more than .* MiB, its limit/,
      ),
    });
    expect(told).toEqual([expect.stringContaining('--trace-limit')]);
  });

  it('does not begin where a file holds something', () => {
    const path = join(folder, 'mine.txt');
    writeFileSync(path, 'kept');
    expect(() => TraceFile.open(path, { maker: MAKER })).toThrow('is there already');
    expect(readFileSync(path, 'utf8')).toBe('kept');
  });

  it('does not begin behind a link to nothing, unless that is asked for', async () => {
    const [link, behind] = [join(folder, 'link'), join(folder, 'behind.ndjson')];
    symlinkSync(behind, link);
    expect(() => TraceFile.open(link, { maker: MAKER })).toThrow(
      /link is a link to what is not there; .*--force/,
    );
    expect(existsSync(behind)).toBe(false);
    await TraceFile.open(link, { maker: MAKER, force: true }).close();
    expect(existsSync(behind)).toBe(true);
  });

  it('begins where a file is empty', async () => {
    const path = join(folder, 'empty.txt');
    writeFileSync(path, '');
    const file = TraceFile.open(path, { maker: MAKER });
    file.tell(recv(0, 1));
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe(`${formatMaker(MAKER)}\n${formatEvent(recv(0, 1))}\n`);
  });
});
