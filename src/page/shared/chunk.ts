/**
 * Loads a script of the page that is not needed by everyone. A classic script: from a disk no module loads.
 * @module
 */

import { FILE_LANGUAGE } from './one-file.js';

/**
 * Loads it, unless the page is one file, which has it already.
 *
 * @param file its name, beside the page
 * @param name what it leaves behind
 * @throws Error with its address, where it is missing
 */
export async function loadChunk<Script>(file: string, name: string): Promise<Script> {
  return (await loadLeft<{ script: Script }>(file, name)).script;
}

/** The same, of a script that is data. @returns what it leaves behind */
export async function loadLeft<Left>(file: string, name: string): Promise<Left> {
  if (FILE_LANGUAGE === null) await loadScript(file);
  else await isWhole();
  const left = (globalThis as unknown as Record<string, Left | undefined>)[name];
  if (left === undefined) throw new Error(`bug: ${file} is empty`);
  return left;
}

/** Loads any script beside the page. @throws Error with its address */
export async function loadScript(file: string): Promise<void> {
  const element = document.createElement('script');
  element.src = file;
  await new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(element.src));
    document.head.append(element);
  });
}

/** The scripts of the page of one file stand behind the one that begins it. */
async function isWhole(): Promise<void> {
  if (document.readyState !== 'loading') return;
  await new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', resolve, { once: true });
  });
}
