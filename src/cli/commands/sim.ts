/**
 * `loopscope sim`: what it takes.
 * @module
 */

import { Option } from '@commander-js/extra-typings';
import type { SimOptions } from '../../terminal/sim.js';
import { type Door, formatOption, type Known, profileOption } from '../door.js';
import { examples } from '../help-layout.js';

export function declareSim(door: Door): void {
  const { program, say, read, language } = door;
  program
    .command('sim')
    .description(say('sim'))
    .argument('<scenario>', say('sim.scenario'))
    .option('--seed <n>', say('sim.seed'), read.seed, 0)
    .addOption(profileOption(door))
    .option('--trace <FILE>', say('sim.trace'))
    .option('--force', say('option.force'))
    .option('--diagram [FILE]', say('sim.diagram'))
    .addOption(new Option('--cut <where>', say('sim.cut')).choices(['every'] as const))
    .addOption(formatOption(door))
    .addHelpText('after', examples(say('sim.examples')))
    .action(async (name, options) => {
      const { sim } = await import('../../terminal/sim.js');
      await sim(name, options satisfies Known<SimOptions, typeof options>, language);
    });
}
