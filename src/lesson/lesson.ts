/**
 * A lesson as it lies in its folder: `lesson.md` with its front matter and its question, `demo.ts`
 * beside it. Reads them; runs nothing.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';

/** A question that is asked before the demo shows the answer. */
export interface Prediction {
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
  number: number;
  /** The folder's name, `00-hello-trace`. */
  name: string;
  folder: string;
  title: string;
  minutes: number;
  prediction: Prediction;
  /** The path of the text. */
  text: string;
  /** The path of the demo. */
  demo: string;
}

const LESSONS = fileURLToPath(new URL('../../lessons', import.meta.url));

/** All lessons, in order. */
export function allLessons(): Lesson[] {
  const names = readdirSync(LESSONS).filter((name) => /^\d\d-/.test(name));
  return names.sort().map(readLesson);
}

function readLesson(name: string): Lesson {
  const folder = join(LESSONS, name);
  const text = join(folder, 'lesson.md');
  const demo = join(folder, 'demo.ts');
  if (!existsSync(demo)) throw new Error(`bug: the lesson ${name} has no demo.ts`);
  const match = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(text, 'utf8'));
  if (match === null) throw new Error(`bug: ${name}/lesson.md has no front matter`);
  const [, frontMatter = '', body = ''] = match;
  const { title, minutes } = parseYaml(frontMatter) as { title: string; minutes: number };
  const number = Number(name.slice(0, 2));
  return {
    number,
    name,
    folder,
    title,
    minutes,
    prediction: readPrediction(name, body),
    text,
    demo,
  };
}

/**
 * Reads the section `## Predict`: a question, choices as `- a) ...`, and the answer in a comment
 * that a reader of the page does not see, `<!-- answer: b, because ... -->`.
 */
function readPrediction(name: string, body: string): Prediction {
  const section = /^## Predict\n(.*?)(?=^## )/ms.exec(body)?.[1];
  const found = /^(.*?)\n\n((?:- \w\) .*\n)+).*?<!-- answer: (\w), because (.*?) -->/s.exec(
    section?.trim() ?? '',
  );
  if (found === null) throw new Error(`bug: ${name}/lesson.md has no question under "## Predict"`);
  const [, question = '', list = '', answer = '', because = ''] = found;
  const choices = new Map<string, string>();
  for (const [, letter = '', choice = ''] of list.matchAll(/^- (\w)\) (.*)$/gm)) {
    choices.set(letter, choice);
  }
  return { question: unwrap(question), choices, answer, because: unwrap(because) };
}

/** A paragraph as one line. */
function unwrap(paragraph: string): string {
  return paragraph.replace(/\s*\n\s*/g, ' ').trim();
}
