/**
 * `loopscope compare`: what it takes.
 * @module
 */

import type { CompareOptions } from '../compare.js';
import { type Door, formatOption, type Known } from '../door.js';
import { examples } from '../help-layout.js';

export function declareCompare(door: Door): void {
  const { program, say, language } = door;
  program
    .command('compare')
    .description(say('compare'))
    .argument('<scenario>', say('compare.scenario'))
    .option('--left <side>', say('compare.left'))
    .option('--right <side>', say('compare.right'))
    .addOption(formatOption(door))
    .option('--why', say('compare.why'))
    .option('--how', say('compare.how'))
    .option('--php8', say('compare.php8'))
    .option('--syscalls', say('compare.syscalls'))
    .addHelpText('after', examples(say('compare.examples')))
    .action(async (which, options) => {
      const { compareCommand } = await import('../compare.js');
      const known = options satisfies Known<CompareOptions, typeof options>;
      await compareCommand(which, { ...known, language });
    });
}
