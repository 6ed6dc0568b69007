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
import { warn, writeText } from '../terminal/print.js';
import { fuzz as texts } from '../texts/fuzz.en.js';
import { fuzz as textsZh } from '../texts/fuzz.zh.js';
import type { Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';

/** How often a long run says how far it has come. */
const TELL_EVERY_MS = 10_000;

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
  const say = speaker({ en: texts, zh: textsZh }, language);
  const plain = speaker({ en: texts, zh: textsZh }, language, { grouping: false }); // a seed is to be copied
  writeText(`${plain('fuzz.begins', { seed, left: left.name, right: right.name })}\n`);
  const begun = performance.now();
  const rateOf = (played: number): number => (played * 1_000) / (performance.now() - begun + 1);
  let told = begun;
  function onPlayed(played: number): void {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    const minutes = Math.ceil((conversations - played) / rateOf(played) / 60);
    warn(say('fuzz.progress', { played, conversations, minutes }));
  }
  let soon: NodeJS.Timeout | undefined;
  function onParted(number: number): void {
    soon = setTimeout(() => warn(say('fuzz.parted', { number })), TELL_EVERY_MS);
  }
  try {
    const plan = { seed, conversations, onPlayed, onParted };
    const { played, found } = await fuzz(left, right, plan);
    if (found === null) {
      writeText(`${say('fuzz.equal', { played, rate: Math.round(rateOf(played)) })}\n`);
      return;
    }
    process.exitCode = 1;
    // before it is kept: a folder that cannot be written must not cost what took minutes to find
    writeText(`${foundLines(found, language).join('\n')}\n`);
    writeText(`${keptLines(keep(found), options, language).join('\n')}\n`);
  } finally {
    clearTimeout(soon);
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
