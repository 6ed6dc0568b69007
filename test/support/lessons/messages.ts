/**
 * Whether a check and its messages fit: every key that the check uses has a text, and every text is
 * used. Reads the check's source, and that of the files beside it that it imports.
 * @module
 */

import { join } from 'node:path';
import ts from 'typescript';
import { messagesOf, readIn, wrongAnswersIn } from './files.js';

/** Texts that every lesson has. */
const ALWAYS = ['task', 'hint.1', 'hint.2', 'hint.3'];

/** What is wrong with a lesson's messages, one sentence each. */
export function messageProblems(folder: string): string[] {
  const messages = messagesOf(folder);
  const { keys, beginnings } = keysIn(folder, 'check.ts');
  for (const answer of wrongAnswersIn(folder)) {
    const refused = /^\/\/ refused: (\S+)/.exec(readIn(folder, answer))?.[1];
    if (refused !== undefined) keys.add(refused);
  }
  const isUsed = (key: string): boolean =>
    keys.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning));
  return [
    ...[...ALWAYS, ...keys]
      .filter((key) => !(key in messages))
      .map((key) => `messages.en.yaml has no ${key}`),
    ...Object.keys(messages)
      .filter((key) => key !== 'not-shown' && !ALWAYS.includes(key) && !isUsed(key))
      .map((key) => `the check never uses ${key}`),
    ...Object.entries(messages)
      .filter(([key, text]) => key !== 'not-shown' && (typeof text !== 'string' || text === ''))
      .map(([key]) => `${key} is no text`),
  ];
}

/** The keys of a source: its texts that begin as keys do. */
function keysIn(
  folder: string,
  path: string,
  seen = new Set<string>(),
): { keys: Set<string>; beginnings: Set<string> } {
  const keys = new Set<string>();
  const beginnings = new Set<string>();
  const source = readIn(folder, path);
  seen.add(path);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && /^(step|wrong)\.[\w.-]+$/.test(node.text)) {
      keys.add(node.text);
    }
    if (ts.isTemplateHead(node) && /^(step|wrong)\./.test(node.text)) beginnings.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest));
  for (const { fileName } of ts.preProcessFile(source).importedFiles) {
    if (!fileName.startsWith('./') || fileName === './exercise.js') continue;
    const next = join(fileName).replace(/\.js$/, '.ts');
    if (seen.has(next)) continue;
    const more = keysIn(folder, next, seen);
    for (const key of more.keys) keys.add(key);
    for (const beginning of more.beginnings) beginnings.add(beginning);
  }
  return { keys, beginnings };
}
