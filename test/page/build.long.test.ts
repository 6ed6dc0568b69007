/** A build of the page that fails says why. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { expect, test } from 'vitest';
import { pageCompressed } from '../../tools/page-compressed.js';
import { pageOneFile } from '../../tools/page-one-file.js';

test.each(['buildStart', 'generateBundle'])(
  'what fails in %s is what is said, and not that what comes behind it is missing',
  async (hook) => {
    const root = mkdtempSync(join(tmpdir(), 'loopscope build '));
    const failing: Plugin = {
      name: 'fails',
      [hook]: () => {
        throw new Error('a package is missing');
      },
    };
    try {
      writeFileSync(join(root, 'main.ts'), 'export {};');
      const built = build({
        configFile: false,
        root,
        logLevel: 'silent',
        plugins: [failing, pageCompressed(), pageOneFile()],
        build: { outDir: join(root, 'out', 'page'), lib: { entry: 'main.ts', formats: ['es'] } },
      });
      await expect(built).rejects.toThrow('a package is missing');
      await expect(built).rejects.not.toThrow('ENOENT');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
);
