/**
 * Notices a student who has edited the exercise in the package instead of the copy that is checked.
 * What was handed out is known by its digest, which the build notes in dist/exercises.json.
 * @module
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const NOTED = fileURLToPath(new URL('../../dist/exercises.json', import.meta.url));

/**
 * Whether the copy is still what was handed out, and the original is not any more.
 *
 * @param name of the lesson's folder
 * @param noted the path of the digests by that name; without it nothing is known
 */
export function isOriginalEdited(
  name: string,
  { copy, original }: { copy: string; original: string },
  noted = NOTED,
): boolean {
  if (![copy, original, noted].every((path) => existsSync(path))) return false;
  const digests: Record<string, string> = JSON.parse(readFileSync(noted, 'utf8'));
  // the one of another language than English is noted with its file's name
  const file = basename(original);
  const handedOut = digests[/\.[\w-]+\.ts$/.test(file) ? `${name}/${file}` : name];
  return digestOf(copy) === handedOut && digestOf(original) !== handedOut;
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
