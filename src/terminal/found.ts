/**
 * A conversation that parts two servers, as `loopscope fuzz` prints it: what the clients do, where the
 * two part, and how to go on with it.
 * @module
 */

import { toUtf8 } from '../bytes.js';
import type { Comparison } from '../scenario/compare.js';
import type { Action, Scenario } from '../scenario/scenario.js';
import { fuzz as texts } from '../texts/fuzz.en.js';
import { fuzz as textsZh } from '../texts/fuzz.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { printable } from '../trace/text.js';
import { wireLines } from './comparison.js';
import { sentence } from './wrap.js';

/** What was found. */
export interface FoundConversation {
  /** Its number in the run, from 0. */
  number: number;
  scenario: Scenario;
  comparison: Comparison;
  /** Why a side went no further. */
  ended: readonly string[];
  needsOthers: boolean;
}

/** Bytes that are shown of one act. */
const MOST = 60;

/** Says it. */
export function foundLines(
  { number, scenario, comparison, ended, needsOthers }: FoundConversation,
  language: Language = DEFAULT_LANGUAGE,
): string[] {
  const say = speaker({ en: texts, zh: textsZh }, language, { grouping: false });
  const acts = scenario.steps.flat();
  const clients = acts.filter((action) => action.do === 'connect').length;
  const bytes = acts.reduce((sum, action) => sum + lengthOf(action), 0);
  return [
    ...sentence(say('fuzz.found', { number, clients, acts: acts.length, bytes })),
    ...scenario.steps.flatMap((actions, step) =>
      actions.map((action) => actLine(action, step, say)),
    ),
    ...ended.flatMap((why) => sentence(say('fuzz.ended', { why: printable(why) }))),
    ...(needsOthers ? sentence(say('fuzz.needsOthers')) : []),
    ...comparison.wire.flatMap((one) =>
      wireLines(one, comparison.left, comparison.right, language),
    ),
  ];
}

/** Says how to go on. @param path where it is kept @param sides as they were written on the command line */
export function keptLines(
  path: string,
  sides: { left: string; right: string },
  language: Language = DEFAULT_LANGUAGE,
): string[] {
  const say = speaker({ en: texts, zh: textsZh }, language, { grouping: false });
  const quoted = (side: string): string => (/^[\w:./-]+$/.test(side) ? side : `"${side}"`);
  const [left, right] = [quoted(sides.left), quoted(sides.right)];
  const hasMirror = sides.left === 'original' || sides.right === 'original';
  return [
    say('fuzz.kept', { path }),
    say(hasMirror ? 'fuzz.why' : 'fuzz.compare', { path, left, right }),
    say('fuzz.step', { path }),
  ];
}

function actLine(action: Action, step: number, say: Say<keyof typeof texts>): string {
  const client = 'client' in action ? action.client : '';
  return say('fuzz.act', { step, client, act: actText(action, say) });
}

function actText(action: Action, say: Say<keyof typeof texts>): string {
  switch (action.do) {
    case 'text':
      return say('fuzz.act.text', { text: shortened(printable(action.text)) });
    case 'send':
      return say('fuzz.act.send', { bytes: shortened(action.hex) });
    case 'pieces': {
      const { pieces } = action;
      const bytes = shortened(pieces.join(' | '));
      return say('fuzz.act.pieces', { n: pieces.length, bytes });
    }
    case 'connect':
    case 'handshake':
    case 'close':
    case 'shutdown':
    case 'reset':
      return say(`fuzz.act.${action.do}`);
    default:
      return action.do; // none of these is drawn
  }
}

function shortened(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST)}…`;
}

/** Bytes that an act was written with. */
function lengthOf(action: Action): number {
  switch (action.do) {
    case 'text':
      return toUtf8(action.text).length;
    case 'send':
      return action.hex.length / 2;
    case 'pieces':
      return action.pieces.join('').length / 2;
    default:
      return 0;
  }
}
