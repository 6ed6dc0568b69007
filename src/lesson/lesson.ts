/**
 * A lesson as it lies in its folder: `lesson.md` with its front matter and its question, `demo.ts`,
 * and where it has an exercise, what belongs to that. Reads them; runs nothing. In another language
 * than English there may stand `lesson.zh.md`, `demo.zh.ts` and `exercise.zh.ts` beside them; what does
 * not is English.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, parse as parsePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { stretched } from '../texts/say.js';
import { headingOf } from './parts.js';
import type { LessonTexts } from './texts.js';

/** A question that is asked before the demo shows the answer. */
export interface Prediction {
  /** The question, in one line. */
  question: string;
  /** The choices by their letters. */
  choices: Map<string, string>;
  /** The letter of the right one. */
  answer: string;
  /** Why it is right. */
  because: string;
}

/** What a lesson's front matter and folder say. */
export interface Lesson {
  /** 0 for the first. */
  number: number;
  /** The folder's name, `00-hello-trace`. */
  name: string;
  /** The path of the folder. */
  folder: string;
  /** What its text is written in: English, where there is none in the language asked for. */
  language: Language;
  /** What it is called. */
  title: string;
  /** How long it takes. */
  minutes: number;
  /** The numbers of the lessons that it builds on. */
  needs: readonly number[];
  /** The ideas that it introduces. */
  ideas: readonly string[];
  /** What was learnt in it, in one sentence. */
  learnt: string;
  /** Where its demo can play; the first is where it does unless asked otherwise. */
  networks: readonly ('sim' | 'real')[];
  /** Why the other network cannot show it; null where both can. */
  why: string | null;
  /** The question to begin with. */
  prediction: Prediction;
  /** The path of the text. */
  text: string;
  /** The path of the demo. */
  demo: string;
  /** The path of the exercise as it is handed out; null where there is none yet. */
  exercise: string | null;
  /** The path of the check; null where there is no exercise yet. */
  check: string | null;
  /** The path of the solution; null where there is none. */
  solution: string | null;
  /** The paths of the usual mistakes, in order. */
  wrong: readonly string[];
  /** The path of what computes the numbers of the prose; null where it has none. */
  numbers: string | null;
  /** The texts of its check by key. Empty where there are none. */
  messages(language?: Language): LessonTexts;
}

const LESSONS = fileURLToPath(new URL('../../lessons', import.meta.url));

/** All lessons, in order. */
export function allLessons(language: Language = DEFAULT_LANGUAGE): Lesson[] {
  return lessonFolders().map((folder) => readLesson(folder, language));
}

/** The numbers that are lessons, in order. */
export function lessonNumbers(): number[] {
  return lessonFolders().map((folder) => numberOf(basename(folder)));
}

/** A lesson by its number; undefined when there is none. The others are not read. */
export function findLesson(
  number: number,
  language: Language = DEFAULT_LANGUAGE,
): Lesson | undefined {
  const folder = lessonFolders().find((path) => numberOf(basename(path)) === number);
  return folder === undefined ? undefined : readLesson(folder, language);
}

/** A folder is a lesson once it has a text and a demo. */
function lessonFolders(): string[] {
  return readdirSync(LESSONS)
    .filter((name) => /^\d\d-/.test(name))
    .sort()
    .map((name) => join(LESSONS, name))
    .filter((folder) => ['lesson.md', 'demo.ts'].every((file) => existsSync(join(folder, file))));
}

function numberOf(name: string): number {
  return Number(name.slice(0, 2));
}

/** What front matter may say. */
interface FrontMatter {
  title: string;
  minutes: number;
  needs?: number[];
  ideas?: string[];
  learnt: string;
  networks?: ('sim' | 'real')[];
  why?: string;
}

/** Reads the lesson of a folder, `…/07-a-stream`. */
export function readLesson(folder: string, language: Language = DEFAULT_LANGUAGE): Lesson {
  const name = basename(folder);
  const text = fileIn(folder, 'lesson.md', language);
  const match = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(readFileSync(text, 'utf8'));
  if (match === null) throw new Error(`bug: ${name}/${basename(text)} has no front matter`);
  const [, frontMatter = '', body = ''] = match;
  const matter = parseYaml(frontMatter) as FrontMatter;
  const { title, minutes, needs = [], ideas = [], learnt } = matter;
  const { networks = ['sim', 'real'], why = null } = matter;
  const file = (path: string): string | null => {
    const found = fileIn(folder, path, language);
    return existsSync(found) ? found : null;
  };
  const say = language === 'xx-test' ? stretched : (text: string): string => text;
  const isOwn = language === 'xx-test' || text !== join(folder, 'lesson.md');
  const written = isOwn ? language : DEFAULT_LANGUAGE;
  const check = file('check.ts');
  return {
    number: numberOf(name),
    name,
    folder,
    language: written,
    title: say(title),
    minutes,
    needs,
    ideas,
    learnt: say(learnt),
    networks,
    why: why === null ? null : say(why),
    prediction: readPrediction(text, written, body.replaceAll('\r\n', '\n'), say),
    text,
    demo: fileIn(folder, 'demo.ts', language),
    exercise: check === null ? null : file('exercise.ts'),
    check,
    solution: file('solution.ts'),
    wrong: wrongAnswers(join(folder, 'wrong')),
    numbers: file('numbers.ts'),
    messages: (language = DEFAULT_LANGUAGE) => readMessages(folder, language),
  };
}

/** The file of a language beside the English one, `lesson.zh.md` beside `lesson.md`; that, where there is none. */
export function fileIn(folder: string, name: string, language: Language): string {
  const { name: stem, ext } = parsePath(name);
  const own = join(folder, `${stem}.${language}${ext}`);
  return language !== DEFAULT_LANGUAGE && existsSync(own) ? own : join(folder, name);
}

function wrongAnswers(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => join(folder, name));
}

/** What a language lacks is said in English. */
function readMessages(folder: string, language: Language): LessonTexts {
  const english = messagesIn(join(folder, `messages.${DEFAULT_LANGUAGE}.yaml`));
  if (language === DEFAULT_LANGUAGE) return english;
  if (language === 'xx-test') {
    const texts = Object.entries(english).map(([key, text]) => [
      key,
      stretched(String(text).trim()),
    ]);
    return Object.fromEntries(texts);
  }
  return { ...english, ...messagesIn(join(folder, `messages.${language}.yaml`)) };
}

function messagesIn(path: string): LessonTexts {
  return existsSync(path) ? ((parseYaml(readFileSync(path, 'utf8')) ?? {}) as LessonTexts) : {};
}

/**
 * Reads the part that asks, a question and choices as `- a) ...`; and the answer, which stands at the
 * end, where nobody sees it who only wants to read the question: `<!-- answer: b, because ... -->`.
 */
function readPrediction(
  path: string,
  language: Language,
  body: string,
  say: (text: string) => string,
): Prediction {
  const file = `${basename(dirname(path))}/${basename(path)}`;
  const heading = `## ${headingOf('Predict', language)}`;
  const section = new RegExp(`^${heading}\\n(.*?)(?=^## )`, 'ms').exec(body)?.[1];
  const asked = /^(.*?)\n\n((?:- \w\) .*\n(?: +.*\n)*)+)/s.exec(section?.trimStart() ?? '');
  const told = /<!-- answer: (\w), because (.*?) -->/s.exec(body);
  if (asked === null) throw new Error(`bug: ${file} has no question under "${heading}"`);
  if (told === null) throw new Error(`bug: ${file} has no answer at its end`);
  const [, question = '', list = ''] = asked;
  const [, answer = '', because = ''] = told;
  const choices = new Map<string, string>();
  for (const [, letter = '', choice = ''] of list.matchAll(/^- (\w)\) (.*(?:\n +.*)*)$/gm)) {
    choices.set(letter, say(unwrap(choice)));
  }
  return { question: say(unwrap(question)), choices, answer, because: say(unwrap(because)) };
}

/** A paragraph as one line of plain text, without the marks of computed numbers and of emphasis. */
function unwrap(paragraph: string): string {
  const plain = paragraph.replace(/<!--=.*?-->/g, '').replaceAll('**', '');
  return plain.replace(/\s*\n\s*/g, ' ').trim();
}
