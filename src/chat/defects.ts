/**
 * The defects of the PHP original by number: the one table that the mirror's comments, the
 * comparison, the docs and the lessons mean. A number once given keeps its meaning.
 * @module
 */

import { defects, defectsPage } from '../texts/defects.en.js';
import { defectsPage as defectsPageZh, defects as defectsZh } from '../texts/defects.zh.js';
import type { Language } from '../texts/language.js';
import { type Say, speakers } from '../texts/say.js';

/** A defect of the original, or a harmless thing that it does otherwise than the room. */
export interface Defect {
  /** D01 and so on. */
  readonly number: string;
  /** What it is, in one clause. */
  readonly title: string;
  /** What one sees. */
  readonly sees: string;
  /** An example from the wire, with bytes or texts in backticks. */
  readonly bytes: string;
  /** The sections of the RFCs that say otherwise; '' where no RFC speaks. */
  readonly section: string;
  /** The scenario that shows it; null where scripted clients cannot. */
  readonly scenario: string | null;
  /** Why there is no scenario. */
  readonly noScenario?: string;
  /** The lesson that mends it; null where none does. */
  readonly lesson: number | null;
  /** Allowed by every RFC, and yet other bytes than the room's. */
  readonly harmless?: true;
}

/** The numbers under which two servers mean the same and write it in another form. */
export const HARMLESS = {
  /** The head of the answer to a handshake. */
  head: 'D32',
  /** The text of the same JSON. */
  json: 'D33',
} as const;

/** What a number means beside its words. */
type Facts = Omit<Defect, 'title' | 'sees' | 'bytes' | 'noScenario'> & { number: DefectNumber };

/** D01 and so on. */
type DefectNumber = keyof typeof defects extends infer Key
  ? Key extends `${infer Number}.title`
    ? Number
    : never
  : never;

const FACTS: readonly Facts[] = [
  { number: 'D01', section: 'RFC 6455 5.2, 5.5.1', scenario: 'eight-bytes', lesson: 15 },
  { number: 'D02', section: 'RFC 6455 5.5.1, 7.1.5', scenario: 'eight-bytes', lesson: 15 },
  { number: 'D03', section: 'RFC 6455 6.2, RFC 9293 2.2', scenario: 'two-frames', lesson: 7 },
  { number: 'D04', section: 'RFC 6455 6.2, RFC 9293 2.2', scenario: 'split-frame', lesson: 7 },
  { number: 'D05', section: 'RFC 6455 5.2, 10.4', scenario: 'large-message', lesson: 7 },
  { number: 'D06', section: 'RFC 6455 5.5.2', scenario: 'ping', lesson: 15 },
  { number: 'D07', section: 'RFC 6455 5.4', scenario: 'fragments', lesson: 16 },
  { number: 'D08', section: 'RFC 6455 4.2.1, 4.2.2', scenario: 'plain-get', lesson: 8 },
  {
    number: 'D09',
    section: 'RFC 9112 2.2, RFC 6455 4.2.1',
    scenario: 'split-handshake',
    lesson: 8,
  },
  { number: 'D10', section: 'RFC 6455 4.1, RFC 9293 2.2', scenario: 'glued-handshake', lesson: 14 },
  { number: 'D11', section: 'RFC 6455 5.2, 5.6', scenario: 'binary', lesson: 10 },
  { number: 'D12', section: 'RFC 6455 5.1', scenario: 'unmasked', lesson: 12 },
  { number: 'D13', section: 'RFC 6455 5.2', scenario: 'lying-length', lesson: 11 },
  { number: 'D14', section: '', scenario: 'not-json', lesson: 19 },
  { number: 'D15', section: 'RFC 6455 4.2.2', scenario: 'silent-socket', lesson: 14 },
  { number: 'D16', section: '', scenario: 'nameless', lesson: 14 },
  { number: 'D17', section: '', scenario: 'loose-type', lesson: 19 },
  { number: 'D18', section: '', scenario: 'odd-types', lesson: 19 },
  { number: 'D19', section: '', scenario: 'rename', lesson: 21 },
  { number: 'D20', section: '', scenario: 'forged-logout', lesson: 19 },
  { number: 'D21', section: '', scenario: null, lesson: 20 },
  { number: 'D22', section: '', scenario: null, lesson: 18 },
  { number: 'D23', section: '', scenario: null, lesson: 2 },
  { number: 'D24', section: 'RFC 6455 5.2', scenario: 'length-65025', lesson: 11 },
  { number: 'D25', section: 'RFC 9110 5.1, RFC 6455 4.2.1', scenario: 'lower-case-key', lesson: 8 },
  { number: 'D26', section: '', scenario: 'slow-reader', lesson: 17 },
  { number: 'D27', section: 'RFC 8259 6', scenario: 'infinite-name', lesson: 19 },
  { number: 'D28', section: '', scenario: null, lesson: 2 },
  { number: 'D29', section: '', scenario: null, lesson: 19 },
  { number: 'D30', section: 'RFC 6455 5.5.1', scenario: 'close-with-reason', lesson: 15 },
  { number: 'D31', section: '', scenario: 'html', lesson: 21 },
  {
    number: 'D32',
    section: 'RFC 9112 5, RFC 6455 11.3.5',
    scenario: 'one-client',
    lesson: 8,
    harmless: true,
  },
  { number: 'D33', section: 'RFC 8259 7', scenario: 'any-text', lesson: 11, harmless: true },
  { number: 'D34', section: '', scenario: 'login-order', lesson: 13, harmless: true },
  { number: 'D35', section: '', scenario: null, lesson: null },
  { number: 'D36', section: 'RFC 6455 8.1', scenario: 'bad-utf8', lesson: 16 },
];

const sayIn = speakers({ en: defects, zh: defectsZh });
const sayPageIn = speakers({ en: defectsPage, zh: defectsPageZh });

/** All of them, in order of number, in English. */
export const DEFECTS: readonly Defect[] = defectsIn();

/** All of them in a language. */
export function defectsIn(language?: Language): readonly Defect[] {
  const say = sayIn(language);
  return FACTS.map(({ number, ...facts }) => {
    const why = `${number}.no-scenario`;
    return {
      number,
      title: say(`${number}.title`),
      sees: say(`${number}.sees`),
      bytes: say(`${number}.bytes`),
      ...facts,
      ...(isText(why) ? { noScenario: say(why) } : {}),
    };
  });
}

/** One of them in a language; null for a number that is none. */
export function describeDefect(number: string, language?: Language): Defect | null {
  const at = FACTS.findIndex((facts) => facts.number === number);
  return at === -1 ? null : (defectsIn(language)[at] ?? null);
}

function isText(key: string): key is keyof typeof defects {
  return Object.hasOwn(defects, key);
}

/** Writes the table as docs/defects.md has it, or docs/defects.zh.md. */
export function defectsMarkdown(language?: Language): string {
  const say = sayPageIn(language);
  const all = defectsIn(language);
  const faults = all.filter(({ harmless }) => harmless !== true);
  const harmless = all.filter((defect) => defect.harmless === true);
  return say('page', { all: table(faults, say), harmless: table(harmless, say) });
}

function table(some: readonly Defect[], say: Say<keyof typeof defectsPage>): string {
  const rows = some.map((defect) => [
    defect.number,
    say('what', { title: defect.title, sees: defect.sees }),
    defect.bytes,
    defect.section,
    defect.scenario === null
      ? say('none', { why: defect.noScenario ?? '' })
      : `\`${defect.scenario}\``,
    String(defect.lesson ?? ''),
  ]);
  const head = say('head').split('|');
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
