/**
 * The files of a lesson's folder.
 * @module
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { DEFAULT_LANGUAGE, type Language, readLanguage } from '../../../src/texts/language.js';
import { ROOT } from './run.js';

/** The languages that people are taught in, but for English. */
export const OTHER_LANGUAGES: readonly Language[] = ['zh'];

/** The names of all lessons' folders, in order. */
export function lessonNames(): string[] {
  return readdirSync(join(ROOT, 'lessons'))
    .filter((name) => /^\d\d-/.test(name))
    .sort();
}

/** The path of a lesson's folder. */
export function folderOf(name: string): string {
  return join(ROOT, 'lessons', name);
}

/** The language of a file, by its name: `lesson.zh.md`. */
export function languageOf(path: string): Language {
  return readLanguage(/\.([\w-]+)\.\w+$/.exec(basename(path))?.[1] ?? '') ?? DEFAULT_LANGUAGE;
}

/** The file of a language beside an English one: `lesson.zh.md` for `lesson.md`. */
export function fileIn(path: string, language: Language): string {
  return path.replace(/(\.en)?(\.\w+)$/, `.${language}$2`);
}

/** The languages beside English in which a file is there too. */
export function othersOf(path: string): Language[] {
  return OTHER_LANGUAGES.filter((language) => existsSync(fileIn(path, language)));
}

/** The wrong answers of a lesson, as paths in its folder. */
export function wrongAnswersIn(folder: string): string[] {
  return sourcesIn(folder, 'wrong');
}

/** The right answers of a lesson beside its solution, as paths in its folder. */
export function rightAnswersIn(folder: string): string[] {
  return sourcesIn(folder, 'right');
}

/** Everything that can be held against a lesson's check, as paths in its folder. */
export function answersIn(folder: string): string[] {
  return ['exercise.ts', 'solution.ts', ...rightAnswersIn(folder), ...wrongAnswersIn(folder)];
}

function sourcesIn(folder: string, kind: 'right' | 'wrong'): string[] {
  if (!existsSync(join(folder, kind))) return [];
  const names = readdirSync(join(folder, kind)).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => `${kind}/${name}`);
}

/** A file of a lesson; empty where there is none. */
export function readIn(folder: string, path: string): string {
  const file = join(folder, path);
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '';
}

/** The front matter of a lesson's text; null where there is none that can be read. */
export function frontMatterOf(folder: string): Record<string, unknown> | null {
  const [, yaml] = /^---\n(.*?)\n---\n/s.exec(readIn(folder, 'lesson.md')) ?? [];
  return yaml === undefined ? null : yamlOf(yaml);
}

/** The texts of a lesson's check, by key; what is no text is among them. @throws Error for no YAML */
export function messagesOf(
  folder: string,
  language: Language = DEFAULT_LANGUAGE,
): Record<string, unknown> {
  const name = `messages.${language}.yaml`;
  const messages = yamlOf(readIn(folder, name) || '{}');
  if (messages === null) throw new Error(`${name} is no YAML with keys`);
  return messages;
}

function yamlOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = parseYaml(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
