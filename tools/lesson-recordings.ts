/**
 * Records again what the lessons keep of real PHP: the trace of lesson 13's scenario, and lesson 4's
 * copy of what socket_select leaves in its arrays. Needs PHP 8.1 or later with its sockets extension
 * (LOOPSCOPE_PHP names another than `php`).
 *
 *     npx tsx tools/lesson-recordings.ts
 */

import { copyFileSync, writeFileSync } from 'node:fs';
import { SCENARIO } from '../lessons/13-broadcast/scenario.js';
import { sideOf, TWIN } from '../src/php/sides.js';
import { formatEvent } from '../src/trace/ndjson.js';

const ROOT = new URL('../', import.meta.url);

function stop(problem: string, code: 1 | 2): never {
  console.error(`lesson-recordings: ${problem}`);
  process.exit(code);
}

if (process.argv.length > 2) stop(`${process.argv[2]}: it takes no arguments`, 2);
const played = await sideOf(`php:${TWIN}`, {})(SCENARIO).catch((error: Error) => error);
if (played instanceof Error) stop(`PHP did not play: ${played.message}`, 1);
const lines = (played.trace ?? []).map((event) => `${formatEvent(event)}\n`);
if (lines.length === 0) stop('PHP left no trace; the old recording stays', 1);
writeFileSync(
  new URL('lessons/13-broadcast/recorded.ts', ROOT),
  `/** The trace that PHP wrote, a step a line; see scenario.ts. Written by tools/lesson-recordings.ts. */
export const RECORDED = String.raw\`${lines.join('')}\`;\n`,
);
console.log(`lesson 13: ${lines.length} events`);

// test/recordings/record-php.ts asks PHP
const select = new URL('test/recordings/socket-select.json', ROOT);
copyFileSync(select, new URL('lessons/04-select-promises/recorded.json', ROOT));
console.log('lesson 4: the calls of test/recordings/socket-select.json');
