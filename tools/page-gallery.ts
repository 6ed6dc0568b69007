/**
 * A plugin for Vite: each recording of the gallery as a script of its own, which the page loads when it is
 * opened. A script, since from a disk nothing else can be read.
 * @module
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { GALLERY } from '../src/watch/gallery.js';

const FOLDER = fileURLToPath(new URL('../examples/servers/recordings/', import.meta.url));

/** Emits `recordings/NAME.js` for each. */
export function pageGallery(): Plugin {
  return {
    name: 'loopscope-gallery',
    apply: 'build',
    generateBundle() {
      for (const { name } of GALLERY) {
        const fileName = `recordings/${name}.js`;
        this.emitFile({ type: 'asset', fileName, source: recordingScript(name) });
      }
    },
  };
}

/** It leaves the text where src/page/watch/gallery.tsx takes it. */
export function recordingScript(name: string): string {
  const text = readFileSync(`${FOLDER}${name}.txt`, 'utf8');
  return `(globalThis.loopscopeRecordings ??= {})[${JSON.stringify(name)}] = ${JSON.stringify(text)};\n`;
}
