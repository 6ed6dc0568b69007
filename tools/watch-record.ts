/**
 * Records the gallery anew: `examples/servers/recordings/NAME.txt` for each of src/watch/gallery.ts, as strace
 * wrote it, less what is of this machine. A server that this machine cannot run keeps its old recording.
 * Linux, with strace.
 *
 *     npx tsx tools/watch-record.ts
 *     npx tsx tools/watch-record.ts epoll redis
 * @module
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { GALLERY, type GalleryVariant } from '../src/watch/gallery.js';
import { recordCalls } from './gallery/conversation.js';
import { programFor, SERVERS } from './gallery/servers.js';
import { type Keeping, tidy } from './gallery/tidy.js';

const FOLDER = new URL('../examples/servers/recordings/', import.meta.url);

/** What is kept of each: of a client that does not read, the lengths tell; of a loop that turns in vain, a few turns. */
const KEPT: Record<GalleryVariant, Keeping> = {
  chat: { bytes: 160, characters: 96_000 },
  'slow-reader': { bytes: 8, characters: 96_000 },
  'no-descriptors': { bytes: 8, characters: 30_000 },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => GALLERY.every((entry) => entry.name !== name));
if (unknown.length > 0) {
  console.error(`watch-record: there is no recording called ${unknown.join(', ')}`);
  process.exit(2);
}
mkdirSync(FOLDER, { recursive: true });
for (const { name, variant } of GALLERY) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const server = SERVERS.find((one) => one.name === name.replace(`-${variant}`, ''));
  if (server === undefined) throw new Error(`bug: nothing runs ${name}`);
  const program = programFor(server);
  if (program === null) {
    console.error(`${name}: there is no ${server.needs[0]?.[0]} here`);
    continue;
  }
  const { calls } = await recordCalls(server, program, variant);
  const text = tidy(calls, KEPT[variant]);
  writeFileSync(new URL(`${name}.txt`, FOLDER), text);
  console.log(`${name}: ${text.split('\n').length - 1} lines`);
}
