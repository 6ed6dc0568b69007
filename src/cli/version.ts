/**
 * The version of this package, from its package.json.
 * @module
 */

import { readFileSync } from 'node:fs';

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

/** `0.1.0`, say. */
export const VERSION: string = JSON.parse(manifest).version;
