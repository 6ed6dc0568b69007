#!/usr/bin/env node
/**
 * The command. Where a clone was not built, or its packages are not installed, it says so in one line.
 * @module
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

function failed(what) {
  process.stderr.write(`loopscope: ${what}: run npm ci in ${root}\n`);
  process.exitCode = 1;
}

if (existsSync(new URL('../dist/building', import.meta.url))) {
  failed('it is being built, or that was cut off');
} else {
  try {
    await import('../dist/cli/main.js');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    failed(
      existsSync(new URL('../dist', import.meta.url)) ? 'a package is missing' : 'not built yet',
    );
  }
}
