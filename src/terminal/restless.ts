/**
 * Says which side of a comparison does not wait: its bytes are those of one that does.
 * @module
 */

import type { Comparison } from '../scenario/compare.js';
import { compare as texts } from '../texts/compare.en.js';
import { compare as textsZh } from '../texts/compare.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { printable } from '../trace/text.js';

/** A line a side. @param form `equal` says it as the verdict; `short` is a part of a line */
export function restlessLines(
  { restless }: Comparison,
  form: 'short' | 'whole' | 'equal',
  language: Language = DEFAULT_LANGUAGE,
): string[] {
  const say = speaker({ en: texts, zh: textsZh }, language);
  return restless.map(({ side, wakeUps, processorMs }) => {
    const kind = wakeUps > 0 ? 'spins' : 'burns';
    const key = form === 'whole' ? kind : (`${kind}.${form}` as const);
    return say(key, { side: printable(side), n: wakeUps, ms: processorMs });
  });
}
