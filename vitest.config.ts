import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that start processes or a browser, or work for seconds. */
const REST = ['process', 'browser', 'long'].map((kind) => `test/**/*.${kind}.test.ts`);

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  // lessons and examples import the package: here its sources, so that nothing is built first, and a
  // class of theirs (SocketError) is the one that the test has
  resolve: {
    alias: {
      'loopscope/lesson': source('lesson.ts'),
      'loopscope/node': source('node.ts'),
      loopscope: source('index.ts'),
    },
  },
  test: {
    // here and in every command that a test starts, whatever the language of the machine
    env: { LOOPSCOPE_LANG: 'en' },
    // these end what hangs; on a busy machine a good test may take long
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: REST,
          setupFiles: ['test/support/no-process.ts'],
          // one world for all: no test leaves anything behind, and modules are loaded once
          pool: 'threads',
          isolate: false,
        },
      },
      { extends: true, test: { name: 'rest', include: REST } },
    ],
  },
});
