/**
 * What a loop is like in words: its figures by name, its findings as sentences. Layout is the viewer's.
 * @module
 */

import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type Say, speakers } from '../texts/say.js';
import { watch } from '../texts/watch.en.js';
import { watch as watchZh } from '../texts/watch.zh.js';
import type { Finding } from './findings.js';
import type { Summary } from './summary.js';

/** Says what is said of loops. */
export type WatchSay = Say<keyof typeof watch>;

/** Numbers of steps and of descriptors may be looked for, so thousands are not set apart. */
const sayIn = speakers({ en: watch, zh: watchZh }, { grouping: false });

/** The texts in a language. */
export function watchSpeaker(language: Language = DEFAULT_LANGUAGE): WatchSay {
  return sayIn(language);
}

/** A finding as a sentence, which says its step. */
export function describeFinding(finding: Finding, language?: Language): string {
  const { code, values, seq, inferred } = finding;
  const say = watchSpeaker(language);
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' && name === 'ms' ? rounded(value) : value,
    ]),
  );
  // as step and the page count them
  const step = seq + 1;
  return say(inferred ? 'finding.guess' : 'finding', { step, says: say(`found.${code}`, shown) });
}

/** The figures: the name of each, and what it is. */
export function describeFigures(summary: Summary, language?: Language): [string, string][] {
  const say = watchSpeaker(language);
  const { call, timeouts, turns, clients, messages, waits, empty, calls } = summary;
  const each = (count: number) =>
    messages === 0 ? say('unknown') : (Math.round((10 * count) / messages) / 10).toFixed(1);
  const asked = timeouts.map((ms) =>
    ms === null ? say('timeout.none') : say('timeout.ms', { ms: rounded(ms) }),
  );
  return [
    [say('row.call'), call ?? say('unknown')],
    [say('row.timeouts'), asked.length === 0 ? say('unknown') : say('timeouts', { asked })],
    [say('row.turns'), String(turns)],
    [say('row.clients'), String(clients)],
    [say('row.messages'), String(messages)],
    [say('row.waits'), each(waits)],
    [say('row.empty'), String(empty)],
    [say('row.calls'), each(calls)],
    [say('row.accept'), say(`accept.${summary.accept}`)],
    [say('row.stood'), say('ms', { ms: rounded(summary.stood) })],
    [say('row.lost'), say('bytes', { bytes: summary.lost })],
  ];
}

function rounded(ms: number): number {
  return ms >= 100 ? Math.round(ms) : Math.round(ms * 10) / 10;
}
