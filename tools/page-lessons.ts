/**
 * A plugin for Vite: what the page shows of the lessons, read out of their folders while it is
 * built, so that no text of a lesson is written twice.
 * @module
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { findLesson, type Lesson } from '../src/lesson/lesson.js';
import { minutesOf, ROUTES } from '../src/lesson/routes.js';
import type { Block, Inline, PageLesson, Route, SelectCall } from '../src/page/lessons/route.js';

/** The stops of the route of 45 minutes. */
const STOPS = ROUTES.get('45')?.stops ?? [];

const MODULE = 'virtual:lessons';

/** Offers `virtual:lessons`, whose default export is a `Route`. */
export function pageLessons(): Plugin {
  return {
    name: 'loopscope-lessons',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      for (const { text } of lessons()) this.addWatchFile(text);
      return `export default ${JSON.stringify(readRoute())};`;
    },
  };
}

/** Reads the route. */
export function readRoute(): Route {
  const [, select] = lessons();
  if (select === undefined) throw new Error('bug: lesson 4 is missing');
  const pages = lessons().map((lesson, at) => {
    const stop = STOPS[at];
    if (stop === undefined) throw new Error('bug: more lessons than stops');
    return pageLesson(lesson, minutesOf(stop, lesson));
  });
  return { lessons: pages, ...readCalls(select) };
}

function lessons(): Lesson[] {
  return STOPS.map(({ lesson: number }) => {
    const lesson = findLesson(number);
    if (lesson === undefined) throw new Error(`bug: lesson ${number} is missing`);
    return lesson;
  });
}

/** @param minutes that the route has for it */
function pageLesson(lesson: Lesson, minutes: number): PageLesson {
  const { number, title, prediction } = lesson;
  const text = readFileSync(lesson.text, 'utf8').replaceAll('\r\n', '\n');
  const section = (heading: RegExp): Block[] =>
    blocksOf(new RegExp(`${heading.source}\\n(.*?)(?=^## )`, 'ms').exec(text)?.[1] ?? '');
  const texts = Object.entries(lesson.messages()).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return {
    number,
    title,
    minutes,
    intro: section(/^# [^\n]*/),
    prediction: {
      question: wordsOf(prediction.question),
      choices: [...prediction.choices].map(([letter, text]) => [letter, wordsOf(text)]),
      answer: prediction.answer,
      because: prediction.because.replaceAll('`', ''),
    },
    investigate: section(/^## Investigate/),
    task: Object.fromEntries(texts).task ?? '',
    texts: Object.fromEntries(texts.map(([key, text]) => [key, text.trim()])),
  };
}

/** What is so in the terminal only stands between these two marks. */
const IN_TERMINAL = /<!-- in the terminal -->.*?<!-- everywhere -->/gs;

/**
 * The paragraphs, tables and programs of a piece of Markdown. A command of the terminal, which is
 * indented, and the paragraph that leads to it are left out: a page runs no command.
 */
export function blocksOf(markdown: string): Block[] {
  const here = markdown.replace(IN_TERMINAL, '').replace(/<!--(?!=).*?-->/gs, '');
  const parts = here.split(/\n{2,}(?!\n)/);
  const blocks: Block[] = [];
  for (const part of parts.filter((one) => one.trim() !== '')) {
    if (/^\n* {4}/.test(part)) blocks.pop();
    else blocks.push(blockOf(part.trim()));
  }
  return blocks;
}

function blockOf(part: string): Block {
  const fence = /^```\w*\n(.*?)\n?```$/s.exec(part);
  if (fence !== null) return { kind: 'code', text: fence[1] ?? '' };
  if (!part.startsWith('|')) return { kind: 'paragraph', words: wordsOf(part) };
  const lines = part.split('\n').filter((line) => !/^[|\s:-]+$/.test(line));
  const rows = lines.map((line) => line.split('|').slice(1, -1).map(wordsOf));
  return { kind: 'table', rows };
}

/** Words in backticks, in two stars, and plain ones; a number, `7<!--= turns -->`; of a link, its words. */
function wordsOf(text: string): Inline[] {
  const line = text.replace(/\s+/g, ' ').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
  const word = /`([^`]+)`|\*\*([^*]+)\*\*|([\d.,]*\d)<!--= (\w+) -->|[^`*\d]+|./g;
  const words: Inline[] = [];
  for (const [all, code, strong, number, name] of line.trim().matchAll(word)) {
    if (code !== undefined) words.push(['code', code]);
    else if (strong !== undefined) words.push(['strong', strong]);
    else if (number !== undefined) words.push([`=${name}`, number]);
    else if (words.at(-1)?.[0] === '') words.push(['', `${words.pop()?.[1]}${all}`]);
    else words.push(['', all]);
  }
  return words;
}

/** The six calls of lesson 4's exercise, with what PHP gave back. */
function readCalls({ folder }: Lesson): Pick<Route, 'calls' | 'php'> {
  const exercise = readFileSync(join(folder, 'exercise.ts'), 'utf8').replace(/^ \* ?/gm, '');
  const recorded = JSON.parse(readFileSync(join(folder, 'recorded.json'), 'utf8'));
  const asked = [...exercise.matchAll(/^\d\. (.*(?:\n {3}.*)*)/gm)].map(([, text = '']) =>
    text.replace(/\s+/g, ' '),
  );
  // PHP was asked more: these are not for the exercise (see its check.ts)
  const calls = [0, 1, 3, 4, 5, 6].map((i) => recorded.calls[i]);
  if (asked.length !== calls.length) throw new Error('bug: lesson 4 asks for other calls');
  return {
    php: recorded.php,
    calls: asked.map((what, i): SelectCall => {
      const { returned, read, write } = calls[i];
      const keys = (list: unknown[] | null): string[] | null => list?.map(String) ?? null;
      const after = { returned, read: keys(read) ?? [], write: keys(write) };
      return {
        what: wordsOf(what),
        read: keysOf('read', what) ?? [],
        write: keysOf('write', what),
        after,
      };
    }),
  };
}

/** The keys of an array as it is written in PHP. */
function keysOf(name: string, text: string): string[] | null {
  const list = new RegExp(`\\$${name} = \\[(.*?)\\]`).exec(text)?.[1];
  return list === undefined ? null : [...list.matchAll(/'?(\w+)'? =>/g)].map(([, key = '']) => key);
}
