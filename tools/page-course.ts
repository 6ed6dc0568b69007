/**
 * Plugins for Vite: the course's script, `course.en.js`, which the page loads when the course opens. In it
 * are the lessons, read out of their folders, and as a text the script of the worker in which their checks
 * and demos run.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { allLessons, type Lesson } from '../src/lesson/lesson.js';
import { headingOf, PARTS, type Part } from '../src/lesson/parts.js';
import { type Block, sectionsOf, wordsOf } from '../src/lesson/text.js';
import type { LessonData } from '../src/page/course/course.js';
import { veiled } from '../src/page/course/veil.js';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../src/texts/language.js';
import { bundle, virtual } from './page-bundle.js';
import { type Highlight, withHighlight } from './page-sources.js';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Emits the course's script beside the page's, one a language. */
export function pageCourse(): Plugin {
  return {
    name: 'loopscope-course-script',
    apply: 'build',
    async generateBundle() {
      for (const language of LANGUAGES) {
        const plugins = [onlyIn(language), withoutUnasked(), ...coursePlugins(language)];
        const source = await bundle(path('src/page/course/main.ts'), plugins);
        this.emitFile({ type: 'asset', fileName: `course.${language}.js`, source });
      }
    },
  };
}

/** What the course's script and, while one edits, the page are made of. */
export function coursePlugins(language: Language = DEFAULT_LANGUAGE): Plugin[] {
  return [
    virtual('virtual:course', async () => {
      const lessons = await withHighlight((highlight) => readCourse(highlight, language));
      const course = { language, lessons };
      return `export default ${JSON.stringify(course)};`;
    }),
    virtual('virtual:course-worker', async () => {
      const script = await bundle(path('src/page/course/worker.ts'), [
        onlyIn(language),
        withoutInflating(),
        virtual('virtual:course-modules', () => modulesOf(allLessons(language))),
        virtual('virtual:loopscope', () => `export { ${namesOf('loopscope')} } from 'loopscope';`),
      ]);
      return `export default ${JSON.stringify(script)};`;
    }),
  ];
}

/** The tables that a course says something of; from the others it takes English, for messages of errors. */
const SAID = /\/texts\/(lesson|problems|rig|room|steps)\.[a-z]{2}\.ts$/;

/** A table of which a course needs the keys alone: what one sees in each scenario. */
const UNSAID = /\/texts\/scenarios\.[a-z]{2}\.ts$/;

/** Leaves the tables of other languages empty, for a course is in one, and out of others what it never says. */
export function onlyIn(language: Language): Plugin {
  return {
    name: 'loopscope-one-language',
    enforce: 'pre',
    transform(code, id) {
      if (UNSAID.test(id.replaceAll('\\', '/'))) {
        const keys = [...code.matchAll(/^ {2}'?([\w-]+)'?:/gm)].map(([, key]) => [key, '']);
        return `export const scenarios = ${JSON.stringify(Object.fromEntries(keys))};`;
      }
      const [, other] = /\.([a-z]{2})\.ts$/.exec(id) ?? [];
      if (other === undefined || other === DEFAULT_LANGUAGE) return;
      if (other === language && SAID.test(id.replaceAll('\\', '/'))) return;
      const names = [...code.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
      return names.map((name) => `export const ${name} = {};`).join('\n');
    },
  };
}

/** What sucrase has beside TypeScript, and is asked for by none of ours. */
const UNASKED =
  /sucrase\/dist\/esm\/(Options|CJSImportProcessor|parser\/plugins\/(flow|jsx\/index)|transformers\/(CJSImport|Flow|JSX|JestHoist|ReactDisplayName|ReactHotLoader)\w*)\.js$/;

/** Leaves that out, a third of it: other languages, other kinds of modules, a check of options. */
function withoutUnasked(): Plugin {
  return {
    name: 'loopscope-sucrase',
    enforce: 'pre',
    transform(code, id) {
      if (!UNASKED.test(id.replaceAll('\\', '/'))) return;
      const names = [...code.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
      return `${names.map((name) => `export function ${name}() {}`).join('\n')}
        export default class {}`;
    },
  };
}

/** What is said of that: each of these takes one line of a table, or two. */
const OF_INFLATING =
  /^ {2}'?(inflated(\.last|Bad|Limit|Guess|Begins|TextBegins)?|beyondWindow)'?:(?: .*|\n {4}.*)\n/gm;

/** Leaves out what inflates messages for the inspector: nothing that is inspected in a course is compressed. */
function withoutInflating(): Plugin {
  return {
    name: 'loopscope-inflating',
    enforce: 'pre',
    transform(code, id) {
      const file = id.replaceAll('\\', '/');
      if (/\/texts\/meanings\.[a-z]{2}\.ts$/.test(file)) return code.replace(OF_INFLATING, '');
      if (!/\/inspect\/inflating\.ts$/.test(file)) return;
      if (!['class Inflating', 'function guessInflated'].every((name) => code.includes(name))) {
        throw new Error('bug: what is left out has another name');
      }
      return `export class Inflating {
        message(pieces, { length, isText }) {
          return { length, isText, badAt: -1, whole: 0, bytes: 'unknown' };
        }
      }
      export function guessInflated() { return null; }`;
    },
  };
}

/** Reads the lessons. */
function readCourse(highlight: Highlight, language: Language): LessonData[] {
  return allLessons(language)
    .filter(({ exercise, solution }) => exercise !== null && solution !== null)
    .map((lesson) => lessonData(lesson, highlight, language));
}

function lessonData(lesson: Lesson, highlight: Highlight, language: Language): LessonData {
  const { number, name, title, minutes, needs, ideas, learnt, prediction } = lesson;
  const { question, choices, answer, because } = prediction;
  if (!lesson.networks.includes('sim')) {
    throw new Error(`bug: the demo of lesson ${number} needs real sockets, which no page has`);
  }
  const textOf = (file: string | null): string => {
    return readFileSync(file ?? '', 'utf8').replaceAll('\r\n', '\n');
  };
  const texts = Object.entries(lesson.messages(language)).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  const messages = Object.fromEntries(texts.map(([key, text]) => [key, text.trim()]));
  const sections = sectionsOf(textOf(lesson.text), 'page');
  return {
    number,
    id: name,
    language: lesson.language,
    title,
    minutes,
    needs,
    ideas,
    sections: sections
      .map(({ heading, blocks }) => ({
        heading,
        part: partOf(heading, language),
        blocks: blocks.map((one) => drawn(one, lesson.folder, highlight)),
      }))
      .filter(({ part }) => part !== 'Predict'),
    question: {
      words: wordsOf(question),
      choices: [...choices].map(([letter, text]) => [letter, wordsOf(text)] as const),
    },
    answer: { letter: answer, because: wordsOf(because) },
    idea: wordsOf(learnt),
    demo: textOf(lesson.demo),
    exercise: textOf(lesson.exercise),
    solution: veiled(textOf(lesson.solution), textOf(lesson.exercise)),
    messages,
  };
}

/** Which part has this heading; a text that a language lacks is the English one. */
function partOf(heading: string, language: Language): Part | null {
  const has = (part: Part): boolean =>
    [language, DEFAULT_LANGUAGE].some((one) => headingOf(part, one) === heading);
  return PARTS.find(has) ?? null;
}

/** A block with what a page cannot work out: the colours of a program, and what is in a picture. */
function drawn(block: Block, folder: string, highlight: Highlight): Block {
  if (block.kind === 'picture') {
    return { ...block, svg: readFileSync(join(folder, block.path), 'utf8') };
  }
  if (block.kind !== 'code' || block.language === 'text') return block;
  const lines = highlight(block.text, block.language === 'php' ? 'php' : 'typescript');
  return { ...block, text: '', lines };
}

/** A module whose exports load what the lessons' files import, each when it is asked for. */
function modulesOf(lessons: readonly Lesson[]): string {
  const loading = (file: string): string => `() => import(${JSON.stringify(file)})`;
  const checks = lessons.flatMap(({ name, check, exercise }) => {
    if (check === null || exercise === null) return [];
    const exported = JSON.stringify(kindsOf(readFileSync(exercise, 'utf8')));
    return `${JSON.stringify(name)}: { check: ${loading(check)}, exported: ${exported} }`;
  });
  const files = lessons.flatMap(({ name, folder, demo }) => {
    return importedBy(demo).map((specifier) => {
      const file = join(folder, specifier.replace(/\.js$/, '.ts'));
      if (!existsSync(file)) throw new Error(`bug: ${name}/demo.ts imports ${specifier}`);
      const key = new URL(specifier, `file:///${name}/`).pathname.slice(1).replace(/\.js$/, '.ts');
      return `${JSON.stringify(key)}: ${loading(file)}`;
    });
  });
  const ours = [
    `loopscope: ${loading('virtual:loopscope')}`,
    `'loopscope/lesson': ${loading('loopscope/lesson')}`,
  ];
  return `export const lessons = { ${checks.join(', ')} };
    export const files = { ${[...ours, ...files].join(', ')} };`;
}

/** What a student's file has to export: the names, and whether each is a function. */
function kindsOf(source: string): Record<string, string> {
  const exported = source.matchAll(
    /^export (?:async )?(function|const|class)\*? (\w+)(?: = (async|\())?/gm,
  );
  return Object.fromEntries(
    [...exported].map(([, kind, name = '', called]) => {
      return [name, kind === 'const' && called === undefined ? 'value' : 'function'];
    }),
  );
}

/**
 * What the files of the lessons, answers too, take of a package: the whole of it would be a third more.
 *
 * @param isAsked whether a file is asked, by its path under the lessons
 */
export function namesOf(from: string, isAsked: (file: string) => boolean = () => true): string {
  const names = new Set<string>();
  const imports = new RegExp(`^import \\{([^}]*)\\} from '${from}';`, 'gm');
  for (const file of readdirSync(path('lessons'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || !isAsked(file.replaceAll('\\', '/'))) continue;
    const source = readFileSync(join(path('lessons'), file), 'utf8');
    for (const [, list = ''] of source.matchAll(imports)) {
      for (const one of list.split(',').map((name) => name.trim())) {
        const [name = ''] = one.split(' as ');
        if (name !== '' && !name.startsWith('type ')) names.add(name);
      }
    }
  }
  return [...names].sort().join(', ');
}

/** What a file imports of the lessons, types left out. */
function importedBy(file: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(
    /^import (?!type\b)[^;]*?from '(\.{1,2}\/[^']+)'/gm,
  );
  return [...new Set([...imports].map(([, specifier = '']) => specifier))];
}
