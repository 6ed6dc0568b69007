/**
 * `loopscope fuzz`: what it takes.
 * @module
 */

import type { Door, Known } from '../door.js';
import type { FuzzOptions } from '../fuzz.js';
import { examples } from '../help-layout.js';

export function declareFuzz({ program, say, read, language }: Door): void {
  program
    .command('fuzz')
    .description(say('fuzz'))
    .option('--left <side>', say('fuzz.left'), 'original')
    .requiredOption('--right <side>', say('fuzz.right'))
    .option('--seed <n>', say('fuzz.seed'), read.seed)
    .option('--conversations <n>', say('fuzz.conversations'), read.conversations, 2_000)
    .option('--php8', say('compare.php8'))
    .addHelpText('after', examples(say('fuzz.examples')))
    .action(async (options) => {
      const { fuzzCommand } = await import('../fuzz.js');
      const known = options satisfies Known<FuzzOptions, typeof options>;
      await fuzzCommand({ ...known, language });
    });
}
