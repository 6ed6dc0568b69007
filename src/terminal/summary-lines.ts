/**
 * A loop's figures and findings as lines for a terminal.
 * @module
 */

import stringWidth from 'string-width';
import type { Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { watch } from '../texts/watch.en.js';
import { watch as watchZh } from '../texts/watch.zh.js';
import { pad } from '../trace/columns.js';
import type { Finding, Summary } from '../watch/summary.js';
import { pc } from './colours.js';
import { wrap } from './wrap.js';

/** Says what watch says. */
export type WatchSay = Say<keyof typeof watch>;

/** Its texts; numbers of steps and of descriptors may be looked for, so thousands are not set apart. */
export function watchSpeaker(language: Language): WatchSay {
  return speaker({ en: watch, zh: watchZh }, language, { grouping: false });
}

/** The figures, one a line, then the findings. @param width columns */
export function summaryLines(summary: Summary, width: number, language: Language): string[] {
  const say = watchSpeaker(language);
  const rows = rowsOf(summary, say);
  const column = Math.max(...rows.map(([name]) => stringWidth(name)));
  const figures = rows.map(([name, value]) => `  ${pc.dim(pad(name, column))}  ${value}`);
  if (summary.findings.length === 0) return [...figures, '', say('findings.none')];
  const found = summary.findings.flatMap((finding) => {
    const [first = '', ...rest] = wrap(findingText(finding, say), width - 2);
    return [`! ${first}`, ...rest.map((line) => `  ${line}`)];
  });
  return [...figures, '', say('findings'), ...found];
}

/** A finding in words. */
function findingText({ code, values, seq, inferred }: Finding, say: WatchSay): string {
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

function rowsOf(summary: Summary, say: WatchSay): [string, string][] {
  const { call, timeouts, turns, clients, messages, waits, empty, calls } = summary;
  const each = (count: number) =>
    messages === 0 ? say('unknown') : (Math.round((10 * count) / messages) / 10).toFixed(1);
  const asked = timeouts.map((ms) =>
    ms === null ? say('timeout.none') : say('timeout.ms', { ms: rounded(ms) }),
  );
  return [
    [say('row.call'), call ?? say('unknown')],
    [say('row.timeouts'), asked.length === 0 ? say('unknown') : asked.join(', ')],
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
