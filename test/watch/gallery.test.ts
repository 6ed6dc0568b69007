/**
 * The recordings of the gallery, told again: what was told of them once is kept in `golden`, so that any
 * change in what is told of a loop is seen. `npx vitest run test/watch/gallery.test.ts -u` writes it anew.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gallery } from '../../src/texts/gallery.en.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { CallReader } from '../../src/watch/calls.js';
import { GALLERY, type GalleryEntry, IN_ONE_FILE } from '../../src/watch/gallery.js';
import { Loops } from '../../src/watch/loops.js';
import { Summing } from '../../src/watch/summary.js';

const FOLDER = new URL('../../examples/servers/recordings/', import.meta.url);
const read = ({ name }: GalleryEntry) => readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8');
const textOf = (entry: GalleryEntry) => read(entry).replaceAll('\r\n', '\n');

/** Steps that are kept whole; of a longer trace its beginning and its end. */
const [BEGIN, END] = [60, 60];

/** The loops of a recording. */
function told(text: string): { unread: number; loops: Map<number, TraceEvent[]> } {
  const reader = new CallReader();
  const all = new Loops();
  const loops = new Map<number, TraceEvent[]>();
  for (const one of [...reader.push(text), ...reader.end()]) {
    for (const { pid, event } of all.take(one)) loops.set(pid, [...(loops.get(pid) ?? []), event]);
  }
  return { unread: reader.unread, loops };
}

/** A loop as lines: its figures, a finding a line, a step a line. */
function linesOf(events: readonly TraceEvent[]): string[] {
  const summing = new Summing();
  for (const event of events) summing.fold(event);
  const { findings, ...figures } = summing.summary();
  const steps = events.map(formatEvent);
  const left = steps.length - BEGIN - END;
  const kept =
    left <= 0 ? steps : [...steps.slice(0, BEGIN), `… ${left} steps`, ...steps.slice(-END)];
  return [JSON.stringify(figures), ...findings.map((one) => JSON.stringify(one)), ...kept, ''];
}

describe('a recording of the gallery', () => {
  test.each(GALLERY)('is told as ever: $name', async (entry) => {
    const { unread, loops } = told(textOf(entry));
    expect(unread).toBe(0);
    expect(loops.size).toBeGreaterThan(0);
    const lines = [...loops.values()].flatMap(linesOf);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${entry.name}.ndjson`);
  });

  test.each(GALLERY)('is small, and has nothing of the machine it was made on: $name', (entry) => {
    const text = textOf(entry);
    expect(text.length).toBeLessThan(100_000);
    expect(text).not.toMatch(/execve|open(?:at)?\(|<(?:\/|\\x2f)|"\/(?:tmp|root|home|usr)/);
  });

  test('has a text each, and each file is one of them', () => {
    expect(GALLERY.map(({ name }) => name).sort()).toEqual(Object.keys(gallery).sort());
    const files = readdirSync(FOLDER).map((file) => file.replace(/\.txt$/, ''));
    expect(files.sort()).toEqual(GALLERY.map(({ name }) => name).sort());
    expect(GALLERY.map(({ name }) => name)).toEqual(expect.arrayContaining([...IN_ONE_FILE]));
  });
});
