/**
 * `loopscope probe`: what it takes.
 * @module
 */

import { Option } from '@commander-js/extra-typings';
import type { ProbeCommandOptions } from '../../terminal/probe.js';
import { type Door, formatOption, type Known } from '../door.js';
import { examples } from '../help-layout.js';

/** What one may ask about alone. */
const GROUPS = [
  'opening',
  'frames',
  'control',
  'reserved',
  'fragments',
  'utf8',
  'close',
  'limits',
  'deflate',
] as const;

export function declareProbe(door: Door): void {
  const { program, say, read, language } = door;
  program
    .command('probe')
    .description(say('probe'))
    .argument('<server>', say('probe.server'))
    .addOption(new Option('--only <group>', say('probe.only')).choices(GROUPS))
    .option('--patience <seconds>', say('probe.patience'), read.patience, 5)
    .addOption(formatOption(door))
    .addHelpText('after', examples(say('probe.examples')))
    .action(async (server, options) => {
      const { probeCommand } = await import('../../terminal/probe.js');
      await probeCommand(
        server,
        options satisfies Known<ProbeCommandOptions, typeof options>,
        language,
      );
    });
}
