import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RECORDED } from '../../lessons/13-broadcast/recorded.js';
import { SCENARIO } from '../../lessons/13-broadcast/scenario.js';
import { findPhp } from '../../src/php/server.js';
import { sideOf, TWIN } from '../../src/php/sides.js';
import { diffTraces, tracesEqual } from '../../src/trace/diff.js';
import { readTrace } from '../../src/trace/ndjson.js';

const php = await findPhp();
const hasPhp = php?.sockets === true;
if (!hasPhp) process.stderr.write('Without PHP the recording of lesson 13 is not compared.\n');

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

describe('what the lessons keep of PHP', () => {
  test('lesson 4 has the calls that are held against our socket_select', () => {
    const ofLesson = JSON.parse(read('lessons/04-select-promises/recorded.json'));
    expect(ofLesson).toEqual(JSON.parse(read('test/recordings/socket-select.json')));
  });

  test.skipIf(!hasPhp)(
    'lesson 13 has what PHP does when its scenario is played',
    async () => {
      const { events } = readTrace(RECORDED);
      const { trace } = await sideOf(`php:${TWIN}`, {})(SCENARIO);
      expect(events.length).toBeGreaterThan(100);
      expect(trace).toHaveLength(events.length);
      expect(tracesEqual(diffTraces(events, trace ?? []))).toBe(true);
    },
    30_000,
  );
});
