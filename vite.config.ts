/**
 * Builds the page into dist/page: one classic script, one style sheet, one index.html. A module
 * script would not run when the page is opened from a disk. `npm run dev` serves its sources instead.
 * @module
 */

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { pageChunks } from './tools/page-chunks.js';
import { pageCompressed } from './tools/page-compressed.js';
import { coursePlugins, pageCourse } from './tools/page-course.js';
import { pageGallery } from './tools/page-gallery.js';
import { pageIndex } from './tools/page-index.js';
import { pageMine } from './tools/page-mine.js';
import { pageOneFile } from './tools/page-one-file.js';
import { pageRecordings } from './tools/page-recordings.js';
import { pageSources } from './tools/page-sources.js';
import { pageTexts } from './tools/page-texts.js';

const src = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('src/page', import.meta.url)),
  resolve: {
    alias: [
      { find: /^loopscope$/, replacement: src('index.ts') },
      { find: /^loopscope\/lesson$/, replacement: src('lesson.ts') },
    ],
  },
  plugins: [
    pageTexts(),
    pageIndex(),
    pageSources(),
    pageRecordings(),
    ...coursePlugins(),
    pageCourse(),
    pageMine(),
    ...pageChunks(),
    pageGallery(),
    pageCompressed(),
    pageOneFile(),
  ],
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: {
    host: '127.0.0.1',
    fs: { allow: [fileURLToPath(new URL('.', import.meta.url))] }, // the page's root is a folder of it
  },
  build: {
    outDir: fileURLToPath(new URL('dist/page', import.meta.url)),
    emptyOutDir: true,
    license: { fileName: 'licences.md' }, // of what is bundled, which asks for it
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // the first with light-dark()
    lib: {
      entry: 'main.tsx',
      formats: ['iife'],
      name: 'loopscopePage',
      fileName: () => 'page.js',
      cssFileName: 'page',
    },
  },
});
