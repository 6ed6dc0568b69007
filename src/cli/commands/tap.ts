/**
 * `loopscope tap`: what it takes.
 * @module
 */

import type { TapOptions } from '../../tap/tap.js';
import { type Door, type Known, traceLimitOption } from '../door.js';
import { examples } from '../help-layout.js';

export function declareTap(door: Door): void {
  const { program, say, read, language } = door;
  program
    .command('tap')
    .description(say('tap'))
    .argument('<port>', say('tap.port'), read.port)
    .argument('<server>', say('tap.server'), read.upstream)
    .option('--host <host>', say('option.host'), read.listenHost, '127.0.0.1')
    .option('--insecure', say('tap.insecure'))
    .option('--trace <FILE>', say('tap.trace'))
    .addOption(traceLimitOption(door))
    .option('--force', say('option.force'))
    .addHelpText('after', examples(say('tap.examples')))
    .action(async (port, server, options) => {
      const { tap } = await import('../../tap/tap.js');
      await tap(port, server, options satisfies Known<TapOptions, typeof options>, language);
    });
}
