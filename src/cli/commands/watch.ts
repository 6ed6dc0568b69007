/**
 * `loopscope watch`: what it takes.
 * @module
 */

import { Option } from '@commander-js/extra-typings';
import { FAULTS } from '../../record/fault-names.js';
import type { WatchLiveOptions } from '../../serve/watch-live.js';
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
    .addOption(new Option('--fault <name>', say('watch.fault')).choices(FAULTS))
    .option('--trace <FILE>', say('watch.trace'))
    .addOption(traceLimitOption(door))
    .option('--force', say('option.force'))
    .option('--source', say('watch.source'))
    .option('--step', say('watch.step'))
    .option('--page', say('watch.page'))
    .option('--page-port <port>', say('watch.page-port'), read.port)
    .option('--quiet', say('watch.quiet'))
    .addOption(formatOption(door))
    .addHelpText('after', examples(say('watch.examples')))
    .action(async (command, options) => {
      const { watchLive } = await import('../../serve/watch-live.js');
      await watchLive(command, options satisfies Known<WatchLiveOptions, typeof options>, language);
    });
}
