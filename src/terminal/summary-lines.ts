/**
 * A loop's figures and findings as lines for a terminal.
 * @module
 */

import stringWidth from 'string-width';
import type { Language } from '../texts/language.js';
import { pad } from '../trace/columns.js';
import type { Summary } from '../watch/summary.js';
import { describeFigures, describeFinding, watchSpeaker } from '../watch/words.js';
import { pc } from './colours.js';
import { wrap } from './wrap.js';

/** The figures, one a line, then the findings. @param width columns */
export function summaryLines(summary: Summary, width: number, language: Language): string[] {
  const say = watchSpeaker(language);
  const rows = describeFigures(summary, language);
  const column = Math.max(...rows.map(([name]) => stringWidth(name)));
  const figures = rows.map(([name, value]) => `  ${pc.dim(pad(name, column))}  ${value}`);
  if (summary.findings.length === 0) return [...figures, '', say('findings.none')];
  const found = summary.findings.flatMap((finding) => {
    const [first = '', ...rest] = wrap(describeFinding(finding, language), width - 2);
    return [`! ${first}`, ...rest.map((line) => `  ${line}`)];
  });
  return [...figures, '', say('findings'), ...found];
}
