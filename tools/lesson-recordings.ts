/**
 * Records again what the lessons keep of real PHP: the trace of lesson 13's scenario, and lesson 4's
 * copy of what socket_select leaves in its arrays. Needs PHP 8.1 or later with its sockets extension
 * (LOOPSCOPE_PHP names another than `php`). Lesson 24 gets the traces of seven recordings of the gallery;
 * these are told from examples/servers/recordings, and need nothing.
 *
 *     npx tsx tools/lesson-recordings.ts
 */

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { SCENARIO } from '../lessons/13-broadcast/scenario.js';
import { sideOf, TWIN } from '../src/php/sides.js';
import type { TraceEvent } from '../src/trace/event.js';
import { formatEvent } from '../src/trace/ndjson.js';
import { GALLERY } from '../src/watch/gallery.js';
import { readRecording } from '../src/watch/recording.js';

const ROOT = new URL('../', import.meta.url);

function stop(problem: string, code: 1 | 2): never {
  console.error(`lesson-recordings: ${problem}`);
  process.exit(code);
}

/** The seven of lesson 24. */
const SEVEN = [
  ...['select', 'epoll', 'socket_select', 'io_select', 'asyncio_chat', 'node_net', 'redis'],
];

/** Milliseconds to a tenth, and no port of this machine's: what the lesson shows needs no more. */
function shortened(event: TraceEvent): TraceEvent {
  const rounded = Object.entries(event).map(([key, value]: [string, unknown]) => {
    const isMs = ['t', 'took', 'waited'].includes(key) && typeof value === 'number';
    return [key, isMs ? Math.round(10 * value) / 10 : value];
  });
  return Object.fromEntries(rounded) as TraceEvent;
}

function tellSeven(): void {
  const told = SEVEN.map((name) => {
    const file = new URL(`examples/servers/recordings/${name}.txt`, ROOT);
    const [loop] = readRecording(readFileSync(file, 'utf8'), name).loops;
    if (loop === undefined) throw new Error(`bug: ${name} has no loop`);
    const server = GALLERY.find((one) => one.name === name)?.server ?? name;
    const lines = loop.events.map((event) => `${formatEvent(shortened(event))}\n`);
    return `  '${server}': \`${lines.join('').replace(/[\\`$]/g, '\\$&')}\`,\n`;
  });
  writeFileSync(
    new URL('lessons/24-your-server/recorded.ts', ROOT),
    `/** What seven servers did, a step a line, by their names. Written by tools/lesson-recordings.ts. */
export const RECORDED: Readonly<Record<string, string>> = {\n${told.join('')}};\n`,
  );
  console.log(`lesson 24: ${SEVEN.length} servers`);
}

if (process.argv.length > 2) stop(`${process.argv[2]}: it takes no arguments`, 2);
tellSeven();
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
