import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // here and in every command that a test starts, whatever the language of the machine
    env: { LOOPSCOPE_LANG: 'en' },
    // these end what hangs; on a busy machine a good test may take long
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
