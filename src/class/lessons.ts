/**
 * The lessons as a class asks about them, in a language.
 * @module
 */

import { allLessons, type Lesson } from '../lesson/lesson.js';
import { fill, isTextKey, type LessonTexts, speak } from '../lesson/texts.js';
import { choices as choicesEn } from '../texts/choices.en.js';
import { choices as choicesZh } from '../texts/choices.zh.js';
import type { Language } from '../texts/language.js';
import { speakers } from '../texts/say.js';
import type { ClassLesson, ClassLessons } from './question.js';

const sayIn = speakers({ en: choicesEn, zh: choicesZh });

/** All of them, in order. */
export function classLessons(language?: Language): ClassLessons {
  return new Map(allLessons(language).map((lesson) => [lesson.number, ofClass(lesson, language)]));
}

function ofClass(lesson: Lesson, language?: Language): ClassLesson {
  const { number, title, prediction } = lesson;
  const { question, choices, answer, because } = prediction;
  let messages: LessonTexts | undefined;
  return {
    number,
    title,
    question,
    choices: [...choices],
    answer,
    because,
    meanings: meaningsOf(lesson, language),
    reason(key) {
      messages ??= lesson.messages(language);
      return reasonOf(key, messages, language);
    },
  };
}

/** What who chooses a wrong letter takes for true, by letter. */
export function meaningsOf(
  { number, prediction }: Lesson,
  language?: Language,
): Record<string, string> {
  const say = sayIn(language);
  const { choices, answer } = prediction;
  const wrong = [...choices.keys()].filter((letter) => letter !== answer);
  return Object.fromEntries(
    wrong.map((letter) => {
      const key = `choice.${number}.${letter}`;
      return [letter, isChoice(key) ? say(key) : ''];
    }),
  );
}

function isChoice(key: string): key is keyof typeof choicesEn {
  return Object.hasOwn(choicesEn, key);
}

/** What a failed check said; of values, which only the student has, an ellipsis is left. */
function reasonOf(key: string, messages: LessonTexts, language?: Language): string {
  const text = Object.hasOwn(messages, key) ? fill(messages[key] ?? key, {}) : null;
  const said = text ?? (isTextKey(key) ? speak(language)(key) : key);
  return said.replace(/\{\w+\}/g, '…').trim();
}
