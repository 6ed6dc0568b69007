/**
 * Lists every text that people read, in each language, with the date of its last commit: which is missing,
 * and which is older than its twin.
 *
 *     npm run texts
 *
 * The changelog is none of them: it is the package's record, for whoever keeps it up to date. Ends with 1
 * where a text is missing.
 * @module
 */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../src/texts/language.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A text in English, and where it stands in another language. Paths have slashes. */
export interface Twins {
  readonly english: string;
  readonly own: string;
  readonly isThere: boolean;
}

/** When each file was committed last, in seconds since 1970. */
export type Dates = ReadonlyMap<string, number>;

/** What is read as a page, and what is said in a lesson, on the page or in a terminal. */
const ENGLISH: readonly RegExp[] = [
  /^(?!CHANGELOG)[^/]+\.md$/,
  /^(docs|examples)\/(?!api\/).*\.md$/,
  /^examples\/[\w-]+\.ts$/,
  /^docs\/teaching\/[\w-]+\.html$/,
  /^docs\/(pictures\/)?[\w-]+\.svg$/,
  /^lessons\/\d\d-[\w-]+\/(lesson\.md|messages\.en\.yaml|demo\.ts|exercise\.ts)$/,
  /^src\/.*\.en\.ts$/,
];

/** Of a text in another language: `lesson.zh.md`. */
const OTHER = new RegExp(
  `\\.(${LANGUAGES.filter((one) => one !== DEFAULT_LANGUAGE).join('|')})\\.\\w+$`,
);

/** The texts among some files, each with its twin in a language. */
export function twinsAmong(files: readonly string[], language: Language): Twins[] {
  const all = new Set(files);
  const english = files.filter((path) => ENGLISH.some((one) => one.test(path)));
  return english
    .filter((path) => !OTHER.test(path))
    .map((path) => {
      const own = path.replace(/(\.en)?(\.\w+)$/, `.${language}$2`);
      return { english: path, own, isThere: all.has(own) };
    });
}

/** The texts of the repository, each with its twin in a language. */
export function twins(language: Language): Twins[] {
  const below = ['docs', 'examples', 'lessons', 'src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  );
  return twinsAmong([...readdirSync(ROOT), ...below].sort(), language);
}

/** A line of the list: both dates, the text, and which of the two is the older one. */
export function lineOf({ english, own, isThere }: Twins, dates: Dates): string {
  const [first, second] = [dates.get(english), dates.get(own)];
  const days = [dayOf(first), isThere ? dayOf(second) : 'missing'];
  return [...days.map((day) => day.padEnd(12)), older(first, second).padEnd(7), english].join('');
}

function older(english: number | undefined, own: number | undefined): 'en' | 'twin' | '' {
  if (english === undefined || own === undefined || english === own) return '';
  return english > own ? 'twin' : 'en';
}

const dayOf = (seconds: number | undefined): string =>
  seconds === undefined ? 'new' : new Date(seconds * 1_000).toISOString().slice(0, 10);

/** The dates that git knows; none where there is no git. */
function datesOfCommits(): Dates {
  const dates = new Map<string, number>();
  if (!existsSync(join(ROOT, '.git'))) return dates;
  const args = ['-c', 'core.quotepath=off', 'log', '--format=%x00%ct', '--name-only'];
  const log = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 });
  for (const commit of log.split('\0')) {
    const [seconds, ...paths] = commit.split('\n');
    // the latest come first
    for (const path of paths) if (!dates.has(path)) dates.set(path, Number(seconds));
  }
  return dates;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const dates = datesOfCommits();
  for (const language of LANGUAGES.filter((one) => one !== DEFAULT_LANGUAGE)) {
    const all = twins(language);
    const missing = all.filter(({ isThere }) => !isThere).length;
    console.log(`${'en'.padEnd(12)}${language.padEnd(12)}older  text`);
    for (const one of all) console.log(lineOf(one, dates));
    console.log(`${all.length} texts, ${missing} of them missing in ${language}`);
    if (missing > 0) process.exitCode = 1;
  }
}
