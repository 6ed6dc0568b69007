/**
 * `loopscope fuzz`: holds a server against another in conversations by chance, and keeps the smallest
 * that parts them.
 * @module
 */

import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Found, fuzz } from '../php/fuzz.js';
import { type Lasting, lastingSide } from '../php/lasting.js';
import { foundLines, keptLines } from '../terminal/found.js';
import { writeNew } from '../terminal/new-file.js';
import { writeText } from '../terminal/print.js';
import { fuzz as texts } from '../texts/fuzz.en.js';
import type { Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';

/** What `loopscope fuzz` takes. */
export interface FuzzOptions {
  left: string;
  right: string;
  seed?: number;
  conversations: number;
  php8?: boolean;
  language?: Language;
}

/**
 * Plays, and sets exit code 1 when a conversation parts the two.
 *
 * @throws Failure (2) for what could not be run
 */
export async function fuzzCommand(options: FuzzOptions): Promise<void> {
  const { conversations, language, seed = randomInt(1_000_000_000) } = options;
  const left = lastingSide(options.left, options);
  const right = lastingSide(options.right, options);
  const say = speaker({ en: texts }, language);
  const plain = speaker({ en: texts }, language, { grouping: false }); // a seed is to be copied
  writeText(`${plain('fuzz.begins', { seed, left: left.name, right: right.name })}\n`);
  const begun = performance.now();
  try {
    const { played, found } = await fuzz(left, right, { seed, conversations });
    const rate = Math.round((played * 1_000) / Math.max(1, performance.now() - begun));
    if (found === null) {
      writeText(`${say('fuzz.equal', { played, rate })}\n`);
      return;
    }
    process.exitCode = 1;
    // before it is kept: a folder that cannot be written must not cost what took minutes to find
    writeText(`${foundLines(found, language).join('\n')}\n`);
    writeText(`${keptLines(keep(found), options, language).join('\n')}\n`);
  } finally {
    await Promise.all([left, right].map((side: Lasting) => side.renew()));
  }
}

/** The first name that is free; what is there already may be of another server. */
function keep({ scenario }: Found): string {
  let path = `${scenario.name}.json`;
  for (let i = 2; existsSync(path); i++) path = `${scenario.name}-${i}.json`;
  writeNew(path, 'conversation', `${JSON.stringify(scenario, null, 2)}\n`);
  return path;
}
