/**
 * `npm run slides`: a deck for each route into `dist/slides`, and beside them the page of one file, which is
 * the live demo in them. Made of the lessons: what they compute stays computed. A lesson has its bridge, its
 * question, its demo, the answer with the picture for the board, its exercise, and what was learnt; what
 * students may believe stands in the notes.
 * @module
 */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { allLessons, type Lesson } from '../src/lesson/lesson.js';
import { minutesOf, ROUTES, type Route, type Stop } from '../src/lesson/routes.js';
import { fill, speak, textOf } from '../src/lesson/texts.js';
import { SCENARIOS } from '../src/scenario/shipped.js';
import { simulate } from '../src/scenario/simulate.js';
import type { Language } from '../src/texts/language.js';
import { type Say, speaker } from '../src/texts/say.js';
import type { TraceEvent } from '../src/trace/event.js';
import { inColumns } from './columns.js';
import { slidesTexts } from './slides-texts.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** What stands in the names of a language's files. */
const endingOf = (language: Language): string => (language === 'zh' ? '.zh' : '');

/** What the Scope opens with in each lesson: a scenario, and the step at which something is to be seen. */
const SCENES: readonly (readonly [scenario: string, step: TraceEvent['step']])[] = [
  ['two-clients', 'deal'],
  ['two-clients', 'broadcast'],
  ['one-client', 'listen'],
  ['silent-socket', 'select'],
  ['three-clients', 'select'],
  ['three-clients', 'accept'],
  ['half-close', 'disconnect'],
  ['split-frame', 'recv'],
  ['long-request', 'recv'],
  ['one-client', 'handshake'],
  ['two-frames', 'parse'],
  ['large-message', 'parse'],
  ['unmasked', 'error'],
  ['three-clients', 'deal'],
  ['login-order', 'deal'],
  ['ping', 'parse'],
  ['fragments', 'parse'],
  ['slow-reader', 'send'],
  ['paused', 'select'],
  ['eight-bytes', 'recv'],
  ['three-clients', 'select'],
  ['rename', 'deal'],
  ['two-clients', 'deal'],
  ['paused', 'select'],
  ['slow-reader', 'send'],
  ['three-clients', 'broadcast'],
];

/** Which lessons draw a frame on the board. */
const OF_FRAMES = [10, 11, 12];

/** Writes all decks. @param to the folder @returns their names */
export async function makeSlides(to: string): Promise<string[]> {
  mkdirSync(to, { recursive: true });
  const names: string[] = [];
  for (const language of ['en', 'zh'] as const) {
    copyFileSync(
      join(ROOT, `dist/loopscope.${language}.html`),
      join(to, `loopscope.${language}.html`),
    );
    const lessons = allLessons(language);
    for (const route of ROUTES.values()) {
      // in Chinese there is a deck where each of its lessons is
      if (!route.stops.every(({ lesson }) => lessons[lesson]?.language === language)) continue;
      const name = `slides-${route.name}.${language}.html`;
      writeFileSync(join(to, name), await deckOf(route, lessons, language));
      names.push(name);
    }
  }
  return names;
}

/** One deck, as a page. */
export async function deckOf(
  route: Route,
  lessons: readonly Lesson[],
  language: Language,
): Promise<string> {
  const say = speaker(slidesTexts, language);
  const title = `${say('first.title')} (${route.name})`;
  const parts = [first(route, language, say)];
  for (const stop of route.stops) {
    const lesson = lessons.find(({ number }) => number === stop.lesson);
    if (lesson === undefined) throw new Error(`bug: no lesson ${stop.lesson}`);
    parts.push(...(await slidesOf(stop, lesson, language, say)));
  }
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${read('tools/slides/deck.css')}</style>
${parts.join('\n')}
<nav><button class="back" type="button">‹</button><button class="on" type="button">›</button>
<output></output><button class="notes" type="button">${say('notes')}</button><span class="keys">${say('keys')}</span></nav>
<script>${read('tools/slides/deck.js')}</script>
</html>
`;
}

function first(
  { name, stops }: Route,
  language: Language,
  say: Say<keyof typeof slidesTexts.en>,
): string {
  return slide('first', [
    `<h1>${say('first.title')}</h1>`,
    `<p class="large">${html(say('first.of', { route: name, n: stops.length }))}</p>`,
    picture('loop', language),
  ]);
}

async function slidesOf(
  stop: Stop,
  lesson: Lesson,
  language: Language,
  say: Say<keyof typeof slidesTexts.en>,
): Promise<string[]> {
  const { number, title, prediction } = lesson;
  const messages = lesson.messages(language);
  const { board, mistakes } = taught(number, language);
  const address = await addressOf(number, language);
  const letters = [...prediction.choices.values()].map((choice) => `<li>${inline(choice)}</li>`);
  const expect = mistakes.map((key) =>
    say('notes.expect', { text: general(textOf(messages, key)) }),
  );
  const command = `npx loopscope check ${number}`;
  const made = [
    slide('', [
      `<h2>${html(say('question', { number, title }))}</h2>`,
      `<p class="large">${inline(prediction.question)}</p>`,
      `<ol class="choices">${letters.join('')}</ol>`,
      `<p class="small">${say('vote')}</p>`,
      notes([say('notes.minutes', { n: minutesOf(stop, lesson) }), say('notes.vote')]),
    ]),
    slide('demo', [
      `<h2>${html(say('demo', { number }))}</h2>`,
      `<iframe data-src="${html(address)}" title="${html(say('demo', { number }))}"></iframe>`,
      `<p class="link">${html(say('demo.link', { address }))}</p>`,
      notes([say('notes.demo')]),
    ]),
    slide('', [
      `<h2>${html(say('answer', { letter: prediction.answer.toUpperCase() }))}</h2>`,
      `<p class="answer">${inline(prediction.because)}</p>`,
      OF_FRAMES.includes(number) ? picture('frame', language) : '',
      `<pre>${inColumns(html(board))}</pre>`,
      notes(expect),
    ]),
    slide('', [
      `<h2>${html(say(stop.exercise ? 'exercise' : 'exercise.home', { number }))}</h2>`,
      `<p class="large">${inline(textOf(messages, 'task'))}</p>`,
      `<p class="small">${html(say('exercise.how', { number, command }))}</p>`,
      `<h2>${say('idea')}</h2>`,
      `<p class="large">${inline(lesson.learnt)}</p>`,
      notes(expect),
    ]),
  ];
  if (stop.bridge === null) return made;
  const text = speak(language)(stop.bridge);
  return [slide('', [`<h2>${say('bridge')}</h2>`, `<p>${inline(text)}</p>`]), ...made];
}

/** Of the guide for the teacher: the picture for the board, and the keys of the mistakes to expect. */
function taught(number: number, language: Language): { board: string; mistakes: string[] } {
  const guide = `docs/teaching/lesson-by-lesson${endingOf(language)}.md`;
  const [, behind = ''] = read(guide).split(`\n## ${number}. `);
  const [part = ''] = behind.split('\n## ');
  const [board = ''] = /^(?: {4}.*\n|\n(?= {4}))+/m.exec(part) ?? [];
  const mistakes = [...part.matchAll(/`(wrong\.[a-z-]+)`/g)].map(([, key = '']) => key);
  return { board: board.replace(/^ {4}/gm, '').trim(), mistakes };
}

/** Where the page beside the deck shows the scene of a lesson. */
async function addressOf(number: number, language: Language): Promise<string> {
  const [name, step] = SCENES[number] ?? [];
  const scenario = SCENARIOS.get(name ?? '');
  if (scenario === undefined) throw new Error(`bug: no scene for lesson ${number}`);
  const { events } = await simulate(scenario);
  const steps = events.flatMap((event, i) => (event.step === step ? [i + 1] : []));
  // of what happens again and again, one in the middle: all have come, and nobody has left
  const at = steps[Math.floor(steps.length / 2)];
  if (at === undefined) throw new Error(`bug: ${name} has no ${step}`);
  return `loopscope.${language}.html#view=loop&scenario=${name}&step=${at}&presenter=20`;
}

const html = (text: string): string => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** A text with its code set apart. */
const inline = (text: string): string => html(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** A message with what differs from answer to answer left open. */
const general = (text: string): string => fill(text.trim(), {}).replace(/\{\w+\}/g, '…');

const notes = (lines: readonly string[]): string =>
  `<aside>${lines.map((line) => `<p>${html(line)}</p>`).join('')}</aside>`;

const picture = (name: string, language: Language): string => {
  const file = `docs/pictures/${name}${endingOf(language)}.svg`;
  const svg = Buffer.from(read(file)).toString('base64');
  return `<img alt="" src="data:image/svg+xml;base64,${svg}">`;
};

const slide = (name: string, parts: readonly string[]): string =>
  `<section class="${name}">${parts.join('\n')}</section>`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = await makeSlides(join(ROOT, 'dist/slides'));
  for (const name of names) console.log(`dist/slides/${name}`);
}
