/**
 * A deliberate break put into a source text.
 * @module
 */

import type { Mutation } from './mutations.js';

/** The source with the break in it. @throws Error when its text is not there once */
export function applied({ file, find, replace }: Mutation, source: string): string {
  const parts = source.split(find);
  if (parts.length === 2) return parts.join(replace);
  const often = parts.length === 1 ? 'is not in' : 'is more than once in';
  throw new Error(`${JSON.stringify(find)} ${often} src/${file}.ts`);
}
