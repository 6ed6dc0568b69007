/**
 * `loopscope check`: what it takes.
 * @module
 */

import { Option } from '@commander-js/extra-typings';
import type { CheckOptions } from '../check.js';
import type { Door, Known } from '../door.js';
import { examples } from '../help-layout.js';

export function declareCheck({ program, say, read, language }: Door): void {
  program
    .command('check')
    .description(say('check'))
    .argument('[number]', say('lesson.number'), read.lesson)
    .option('--all', say('check.all'))
    .addOption(new Option('--hint <n>', say('check.hint')).choices(['1', '2', '3'] as const))
    .option('--watch', say('check.watch'))
    .option('--reset', say('check.reset'))
    .option('--yes', say('check.yes'))
    .addOption(
      new Option('--format <form>', say('check.format'))
        .choices(['text', 'json', 'junit'] as const)
        .default('text' as const),
    )
    .addHelpText('after', examples(say('check.examples')))
    .action(async (number, options) => {
      const { check } = await import('../check.js');
      await check(number, options satisfies Known<CheckOptions, typeof options>, language);
    });
}
