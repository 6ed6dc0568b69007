/**
 * Computes the numbers of a text: those of the `numbers.ts` beside it.
 * @module
 */

import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

type Compute = () => unknown | Promise<unknown>;

/** All numbers of a `numbers.ts` by their names. @throws Error when one cannot be computed */
export async function computeNumbers(file: string): Promise<Map<string, string | number>> {
  const module = await load(file);
  const numbers = new Map<string, string | number>();
  for (const [name, compute] of Object.entries(module.default)) {
    const value = await compute();
    if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) {
      numbers.set(name, value);
    } else {
      throw new Error(`numbers.ts: ${name} is ${value}, which is no number and no text`);
    }
  }
  return numbers;
}

async function load(file: string): Promise<{ default: Record<string, Compute> }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    // a compiler draws a picture of the place; its first lines say which
    const lines = stripVTControlCharacters(String(error)).split(/\s*\n\s*/);
    throw new Error(`numbers.ts cannot be loaded: ${lines.slice(0, 4).join(' ').trim()}`);
  }
}
