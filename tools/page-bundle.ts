/**
 * What the plugins that emit a script beside the page's are made with.
 * @module
 */

import { fileURLToPath } from 'node:url';
import { build, type InlineConfig, type Plugin } from 'vite';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Where `loopscope` is found by a lesson that is built into a page. */
const ALIAS = [
  { find: /^loopscope$/, replacement: path('src/index.ts') },
  { find: /^loopscope\/lesson$/, replacement: path('src/lesson.ts') },
];

/** A module that is made while building. */
export function virtual(name: string, load: () => string | Promise<string>): Plugin {
  return {
    name: `loopscope-${name.replace('virtual:', '')}`,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? load() : undefined),
  };
}

/** The licences of what was bundled up to now, a section of Markdown each, by their heading. */
export const licences = new Map<string, string>();

/** Takes the sections of a file as Vite writes it. */
function keepLicences(file: string): void {
  for (const section of file.split(/^(?=## )/m).slice(1)) {
    const [heading = ''] = section.split('\n', 1);
    licences.set(heading, section.trim());
  }
}

/**
 * One classic script of an entry, a file or a module that a plugin makes, and all that it imports.
 *
 * @param name what it leaves behind in the page
 * @param globals says where it finds what a plugin has left out of it
 */
export async function bundle(
  entry: string,
  plugins: Plugin[],
  name = 'loopscopeCourse',
  globals: (id: string) => string = (id) => id,
): Promise<string> {
  const config: InlineConfig = {
    configFile: false,
    // as the page's own, see vite.config.ts
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    root: path('src/page'),
    logLevel: 'warn',
    plugins,
    resolve: { alias: ALIAS },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      license: { fileName: 'licences.md' },
      target: 'es2023',
      // it makes what compares words, lines, sentences, each as it is loaded
      rolldownOptions: {
        treeshake: { moduleSideEffects: (id) => !/node_modules.diff./.test(id) },
        output: { globals },
      },
      lib: { entry, formats: ['iife'], name, fileName: 'course' },
    },
  };
  const outputs = await build(config);
  const [first] = Array.isArray(outputs) ? outputs : [outputs];
  if (first === undefined || !('output' in first)) throw new Error('bug: nothing was built');
  for (const one of first.output) {
    if (one.type === 'asset' && one.fileName === 'licences.md') keepLicences(String(one.source));
  }
  return first.output[0].code;
}
