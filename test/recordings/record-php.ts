/**
 * Records again what real PHP does: the twin's wire and trace in every scenario that ships, what
 * socket_select leaves in its arrays, and what the socket functions say of failures. Needs PHP 8.1 or
 * later with its sockets extension (LOOPSCOPE_PHP names another than `php`).
 *
 *     npx tsx test/recordings/record-php.ts
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findPhp } from '../../src/php/server.js';
import { sideOf, TWIN } from '../../src/php/sides.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { hasFlood } from '../../src/scenario/wire.js';
import { withoutFlood } from '../../src/trace/diff.js';
import { formatEvent } from '../../src/trace/ndjson.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** The most that a recording may take; above it the steps are left out, and the bytes remain. */
const MOST_BYTES = 400_000;

/** JSON with one entry of each list a line, so that a change is seen in a diff. */
function write(path: string, head: object, lists: Record<string, string[]>): void {
  const parts = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  for (const [key, lines] of Object.entries(lists)) {
    parts.push(`  "${key}": [\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ]`);
  }
  writeFileSync(path, `{\n${parts.join(',\n')}\n}\n`);
}

const php = await findPhp();
if (php === null || !php.sockets) throw new Error('no PHP with its sockets extension here');
mkdirSync(`${FOLDER}twin`, { recursive: true });
const playTwin = sideOf(`php:${TWIN}`, {});

for (const scenario of SCENARIOS.values()) {
  const { wire, trace } = await playTwin(scenario);
  const events = hasFlood(scenario) ? withoutFlood(trace ?? []) : (trace ?? []);
  const head = { scenario, php: php.version, source: 'examples/php/server.php' };
  const lines = {
    wire: wire.map((event) => JSON.stringify(event)),
    trace: events.map(formatEvent),
  };
  const isLarge = lines.wire.join().length + lines.trace.join().length > MOST_BYTES;
  const kept = isLarge ? { wire: lines.wire } : lines;
  write(`${FOLDER}twin/${scenario.name}.json`, head, kept);
  console.log(`${scenario.name}: ${wire.length} entries, ${isLarge ? 'no' : events.length} events`);
}

for (const what of ['select', 'functions']) {
  const printed = execFileSync(php.path, [`${FOLDER}record-${what}.php`], { encoding: 'utf8' });
  writeFileSync(`${FOLDER}socket-${what}.json`, printed);
}
