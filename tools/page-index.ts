/**
 * A plugin for Vite: the page's index.html, which stands in src/page as a reader of the built page gets it.
 * Where the page is served while one edits, main.tsx takes the place of what is built.
 * @module
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Writes index.html beside the script that is built, and serves it with the sources instead. */
export function pageIndex(): Plugin {
  let root = '';
  return {
    name: 'loopscope-index',
    configResolved(config) {
      root = config.root;
    },
    generateBundle() {
      const source = readFileSync(join(root, 'index.html'), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'index.html', source });
    },
    transformIndexHtml: { order: 'pre', handler: withSources },
  };
}

/** Vite's own client puts styles into the page and speaks to its server, which the page's rules forbid. */
function withSources(html: string): string {
  return html
    .replace(/ *<meta http-equiv="Content-Security-Policy"[^>]*>\n/, '')
    .replace(/ *<link rel="stylesheet" href="page.css">\n/, '')
    .replace('<script defer src="page.js">', '<script type="module" src="main.tsx">');
}
