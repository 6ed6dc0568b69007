/**
 * A plugin for Vite: the page's script holds English alone. The tables of each other language go into
 * a script of their own, `texts.zh.js`, which the page loads when that language is to be spoken.
 * @module
 */

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { DEFAULT_LANGUAGE } from '../src/texts/language.js';
import { bundle, virtual } from './page-bundle.js';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const TABLE = /\.([a-z]{2})\.ts$/;

/** Its keys that begin with `html` are of the file that `inspect --format html` writes, which no page does. */
const ON_PAPER = /\/texts\/inspection\.[a-z]{2}\.ts$/;

/** What both scripts know of each other: tables by the file and the name that they are exported from. */
const SHARED = 'globalThis.loopscopeTexts ??= {}';

/** Leaves tables empty in the page's script, and emits those that fill them. */
export function pageTexts(): Plugin {
  const files = new Map<string, Set<string>>();
  return {
    name: 'loopscope-texts',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!ON_PAPER.test(id.replaceAll('\\', '/'))) return undefined;
      return code.replace(/^ {2}'html\.[^']*':(?: .*|\n {4}.*)\n/gm, '');
    },
    load(id) {
      const language = TABLE.exec(id)?.[1] ?? DEFAULT_LANGUAGE;
      if (language === DEFAULT_LANGUAGE) return undefined;
      const of = files.get(language) ?? new Set();
      files.set(language, of.add(id));
      return emptyTables(id);
    },
    async generateBundle() {
      for (const [language, of] of files) {
        const tables = virtual('virtual:texts', () => fillingTables([...of].sort()));
        const source = await bundle(`${SRC}page/further-texts.ts`, [tables]);
        this.emitFile({ type: 'asset', fileName: `texts.${language}.js`, source });
      }
    },
  };
}

function keyOf(file: string): string {
  return relative(SRC, file).replaceAll('\\', '/');
}

function emptyTables(file: string): string {
  const names = [...readFileSync(file, 'utf8').matchAll(/^export const (\w+)/gm)];
  const tables = names.map(([, name]) => {
    return `export const ${name} = (all[${JSON.stringify(`${keyOf(file)} ${name}`)}] ??= {});`;
  });
  return `const all = (${SHARED});\n${tables.join('\n')}\n`;
}

function fillingTables(files: readonly string[]): string {
  const imports = files.map((file, i) => `import * as m${i} from ${JSON.stringify(file)};`);
  const pairs = files.map((file, i) => `[${JSON.stringify(keyOf(file))}, m${i}]`);
  return `${imports.join('\n')}
    const all = (${SHARED});
    for (const [file, tables] of [${pairs.join(', ')}]) {
      for (const [name, table] of Object.entries(tables)) {
        Object.assign((all[file + ' ' + name] ??= {}), table);
      }
    }`;
}
