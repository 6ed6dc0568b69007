#!/usr/bin/env node
/**
 * The command. Where Node is too old, a clone was not built, or its packages are not installed, it says so
 * in one line.
 * @module
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

function failed(what, toDo = `run npm ci in ${root}`) {
  process.stderr.write(`loopscope: ${what}: ${toDo}\n`);
  process.exitCode = 1;
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  failed(`this is Node ${process.versions.node}`, 'it needs 20.19 or later; the page needs none');
} else if (existsSync(new URL('../dist/building', import.meta.url))) {
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
