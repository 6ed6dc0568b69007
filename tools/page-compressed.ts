/**
 * Compresses the files of the page while it is built: `serve` hands them to thirty telephones at once,
 * and a static host that knows .br and .gz can do the same.
 * @module
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Writes page.js.br and page.js.gz beside page.js, and the same for the others. */
export function pageCompressed(): Plugin {
  let folder = '';
  return {
    name: 'loopscope-page-compressed',
    apply: 'build',
    configResolved({ build }) {
      folder = build.outDir;
    },
    writeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(html|js|css|svg)$/.test(name)) continue;
        const path = join(folder, name);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(bytes)); // its default is its best
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
