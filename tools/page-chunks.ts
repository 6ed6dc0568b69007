/**
 * Plugins for Vite: scripts that the page loads when they are needed. `class.js` where a class's room serves
 * it; `watch.js` for the loops of other programs; `mine.js` for the student's own server. What holds the page's state is one in all: the page hands
 * its modules over, and the scripts take them.
 * @module
 */

import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { bundle, virtual } from './page-bundle.js';
import { pageMine } from './page-mine.js';

const PAGE = fileURLToPath(new URL('../src/page/', import.meta.url));

/** The folders of src/page that are a script each, with what it leaves behind, as their load.ts takes it. */
const CHUNKS = { class: 'loopscopeClass', mine: 'loopscopeMine', watch: 'loopscopeWatch' } as const;

/** Where the page leaves its modules. */
const HANDED_OVER = 'globalThis.loopscopeModules';

/** What the page hands over: packages, and files of src/page. */
const MODULES = [
  'preact',
  'preact/hooks',
  'preact/jsx-runtime',
  '@preact/signals',
  'course/load.ts',
  'language.ts',
  'lessons/learning.ts',
  'lessons/prose.tsx',
  'live/state.ts',
  'loop/panes.tsx',
  'mine/own.ts',
  'mine/playing.ts',
  'mine/stop.tsx',
  'mine/words.ts',
  'shared/chunk.ts',
  'shared/dialog.tsx',
  'shared/keep.ts',
  'shared/one-file.ts',
  'shared/scenario-select.tsx',
  'shared/scroller.tsx',
  'shared/served.ts',
  'texts.ts',
  'walk/controls.tsx',
  'walk/narration.tsx',
];

/** Hands the modules over, and emits the scripts. */
export function pageChunks(): Plugin[] {
  return [
    virtual('virtual:handed-over', handingOver),
    {
      name: 'loopscope-chunks',
      apply: 'build',
      async generateBundle() {
        for (const [folder, name] of Object.entries(CHUNKS)) {
          const own = `${PAGE}${folder}/`;
          const source = await bundle(
            `${own}main.tsx`,
            [takenFromPage(own), pageMine()],
            name,
            handedOver,
          );
          this.emitFile({ type: 'asset', fileName: `${folder}.js`, source });
        }
      },
    },
  ];
}

function handingOver(): string {
  const imports = MODULES.map((name, i) => {
    const from = name.includes('.') ? PAGE + name : name;
    return `import * as module${i} from ${JSON.stringify(from)};`;
  });
  const entries = MODULES.map((name, i) => `${JSON.stringify(name)}: module${i}`);
  return `${imports.join('\n')}\n${HANDED_OVER} = { ${entries.join(', ')} };`;
}

/** The name of what stands for a module of the page, in a script that takes it. */
function handedOver(id: string): string {
  return `${HANDED_OVER}[${JSON.stringify(id.replace(/^page:/, ''))}]`;
}

/** Leaves out what the page has; a file of the page that is not handed over would be there twice. */
function takenFromPage(own: string): Plugin {
  return {
    name: 'loopscope-taken-from-page',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (MODULES.includes(source)) return { id: `page:${source}`, external: true };
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      const id = resolved?.id ?? '';
      const name = relative(PAGE, id).replaceAll('\\', '/');
      const isOwn = id.startsWith(own) && !MODULES.includes(name);
      if (!id.startsWith(PAGE) || isOwn) return resolved;
      if (!MODULES.includes(name)) throw new Error(`bug: the page hands over no ${name}`);
      return { id: `page:${name}`, external: true };
    },
  };
}
