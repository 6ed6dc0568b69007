/**
 * `loopscope watch`: what it takes.
 * @module
 */

import type { WatchOptions } from '../../record/watch.js';
import { type Door, formatOption, type Known, traceLimitOption } from '../door.js';
import { examples } from '../help-layout.js';

export function declareWatch(door: Door): void {
  const { program, say, read, language } = door;
  program
    .command('watch')
    .description(say('watch'))
    .argument('[command...]', say('watch.command'))
    .option('--attach <pid>', say('watch.attach'), read.pid)
    .option('--read <FILE>', say('watch.read'))
    .option('--trace <FILE>', say('watch.trace'))
    .addOption(traceLimitOption(door))
    .option('--force', say('option.force'))
    .option('--quiet', say('watch.quiet'))
    .addOption(formatOption(door))
    .addHelpText('after', examples(say('watch.examples')))
    .action(async (command, options) => {
      const { watch } = await import('../../record/watch.js');
      await watch(command, options satisfies Known<WatchOptions, typeof options>, language);
    });
}
