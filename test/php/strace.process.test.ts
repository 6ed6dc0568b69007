/** The twin under strace: two ways to one trace. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NodeNet } from '../../src/net/node.js';
import { findPhp, startPhp } from '../../src/php/server.js';
import { play } from '../../src/scenario/play.js';
import { checkScenario } from '../../src/scenario/scenario.js';
import { diffTraces, tracesEqual } from '../../src/trace/diff.js';
import { parseEvent } from '../../src/trace/ndjson.js';

const TWIN = fileURLToPath(new URL('../../examples/php/server.php', import.meta.url));
const php = await findPhp();
const canStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

const scenario = checkScenario({
  name: 'all-ends',
  description: 'Two clients come, talk, and leave in each way.',
  steps: [
    [{ do: 'connect', client: 'A' }],
    [{ do: 'handshake', client: 'A' }],
    [{ do: 'connect', client: 'B' }],
    [{ do: 'handshake', client: 'B' }],
    [{ do: 'text', client: 'A', text: '{"type":"login","content":"Ada"}' }],
    [{ do: 'text', client: 'B', text: 'not json' }],
    [{ do: 'pause' }],
    [{ do: 'connect', client: 'C' }],
    [{ do: 'text', client: 'A', text: '{"type":"user","content":"小明"}' }],
    [{ do: 'resume' }],
    [{ do: 'reset', client: 'B' }],
    [{ do: 'send', client: 'C', hex: '8880 37fa213d' }],
    [{ do: 'close', client: 'A' }],
  ],
});

test.skipIf(php === null || php.versionId < 80_100 || !canStrace)(
  'the twin writes the same trace as its system calls make (needs PHP 8.1 and strace)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loopscope-test-'));
    const traceFile = join(folder, 'trace');
    const server = await startPhp(TWIN, { strace: true, traceFile });
    const net = new NodeNet();
    try {
      await play(scenario, net, server);
      await server.stop();
      const written = readFileSync(traceFile, 'utf8').split('\n').slice(0, -1).map(parseEvent);
      const rows = diffTraces(written, await server.events());
      expect(rows.filter(({ left, right }) => left === null || right === null)).toEqual([]);
      expect(tracesEqual(rows)).toBe(true);
      expect(rows.length).toBeGreaterThan(30);
    } finally {
      net.closeAll();
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  },
);
