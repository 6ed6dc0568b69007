/**
 * Says the texts of the page, in the language that is chosen. Each view has a table of its own in its
 * folder, and is entered here; a further language is one table more a folder, and one list more here.
 * What the core says, such as what a step did, is said with the same `language.value`. A number is written
 * as the language has it; one that is a name, of a descriptor or a code, is handed on as text.
 * @module
 */

import { betweenSentences, betweenThings, type Language, tagOf } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { bytes } from './bytes/texts.en.js';
import { bytes as bytesZh } from './bytes/texts.zh.js';
import { chat } from './chat/texts.en.js';
import { chat as chatZh } from './chat/texts.zh.js';
import { classroom } from './class/texts.en.js';
import { classroom as classroomZh } from './class/texts.zh.js';
import { compare } from './compare/texts.en.js';
import { compare as compareZh } from './compare/texts.zh.js';
import { cuts } from './cuts/texts.en.js';
import { cuts as cutsZh } from './cuts/texts.zh.js';
import { fork } from './fork/texts.en.js';
import { fork as forkZh } from './fork/texts.zh.js';
import { language } from './language.js';
import { lessons } from './lessons/texts.en.js';
import { lessons as lessonsZh } from './lessons/texts.zh.js';
import { live } from './live/texts.en.js';
import { live as liveZh } from './live/texts.zh.js';
import { loop } from './loop/texts.en.js';
import { loop as loopZh } from './loop/texts.zh.js';
import { mine } from './mine/texts.en.js';
import { mine as mineZh } from './mine/texts.zh.js';
import { play } from './play/texts.en.js';
import { play as playZh } from './play/texts.zh.js';
import { predict } from './predict/texts.en.js';
import { predict as predictZh } from './predict/texts.zh.js';
import { shared } from './shared/texts.en.js';
import { shared as sharedZh } from './shared/texts.zh.js';
import { shell } from './shell/texts.en.js';
import { shell as shellZh } from './shell/texts.zh.js';
import { stage } from './stage/texts.en.js';
import { stage as stageZh } from './stage/texts.zh.js';
import { timeline } from './timeline/texts.en.js';
import { timeline as timelineZh } from './timeline/texts.zh.js';
import { walk } from './walk/texts.en.js';
import { walk as walkZh } from './walk/texts.zh.js';
import { watching } from './watch/texts.en.js';
import { watching as watchingZh } from './watch/texts.zh.js';

/** All texts in English. */
export const TEXTS = {
  ...shared,
  ...shell,
  ...walk,
  ...loop,
  ...stage,
  ...fork,
  ...timeline,
  ...bytes,
  ...cuts,
  ...compare,
  ...mine,
  ...play,
  ...predict,
  ...lessons,
  ...live,
  ...chat,
  ...classroom,
  ...watching,
} as const;

/** The key of a text. */
export type TextKey = keyof typeof TEXTS;

/** Those that are there in Chinese; empty before their script has come. */
const zh = () => ({
  ...sharedZh,
  ...shellZh,
  ...walkZh,
  ...loopZh,
  ...stageZh,
  ...timelineZh,
  ...forkZh,
  ...bytesZh,
  ...cutsZh,
  ...compareZh,
  ...mineZh,
  ...playZh,
  ...predictZh,
  ...lessonsZh,
  ...liveZh,
  ...chatZh,
  ...classroomZh,
  ...watchingZh,
});

const voices = new Map<Language, Say<TextKey>>();

/** Says a text in the language that the page speaks; who draws it draws it anew in another. */
export const say: Say<TextKey> = (key, values) => {
  let voice = voices.get(language.value);
  if (voice === undefined) {
    voice = speaker({ en: TEXTS, zh: zh() }, language.value);
    voices.set(language.value, voice);
  }
  return voice(key, values);
};

/** What stands between the things of a list. */
export const comma = (): string => betweenThings(language.value);

/** What stands between two sentences. */
export const gap = (): string => betweenSentences(language.value);

/** A time as people say it: 12.34 ms, 3.20 s, 4 min 35 s, 2 h 10 min. */
export function timeOf(ms: number): string {
  if (ms < 1_000) return say('time.ms', { t: twoPlaces(ms) });
  if (ms < 60_000) return say('time.s', { t: twoPlaces(ms / 1_000) });
  const seconds = Math.floor(ms / 1_000);
  const min = Math.floor(seconds / 60);
  if (min < 60) return say('time.min', { min, s: seconds % 60 });
  return say('time.h', { h: Math.floor(min / 60), min: min % 60 });
}

/** By language: to make one takes longer than all else that is said at a step. */
const formats = new Map<Language, Intl.NumberFormat>();

/** A number with two places, which stand below each other. */
export function twoPlaces(n: number): string {
  let format = formats.get(language.value);
  if (format === undefined) {
    const form = { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: false };
    format = new Intl.NumberFormat(tagOf(language.value), form);
    formats.set(language.value, format);
  }
  return format.format(n);
}
