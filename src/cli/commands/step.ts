/**
 * `loopscope step`: what it takes.
 * @module
 */

import { Option } from '@commander-js/extra-typings';
import type { StepOptions } from '../../terminal/step.js';
import type { Door, Known } from '../door.js';
import { examples } from '../help-layout.js';

export function declareStep({ program, say, read, language }: Door): void {
  program
    .command('step')
    .description(say('step'))
    .argument('<what>', say('step.what'))
    .addOption(
      new Option('--profile <name>', say('step.profile')).choices(['rfc6455', 'original'] as const),
    )
    .option('--seed <n>', say('option.seed'), read.seed)
    .option('--at <seq>', say('step.at'), read.seq)
    .option('--loop <n>', say('step.loop'), read.seq)
    .addHelpText('after', examples(say('step.examples')))
    .action(async (what, options) => {
      const { stepCommand } = await import('../../terminal/step.js');
      await stepCommand(what, options satisfies Known<StepOptions, typeof options>, language);
    });
}
