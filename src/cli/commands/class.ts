/**
 * `loopscope class report`: what it takes.
 * @module
 */

import type { ClassOptions } from '../class.js';
import { type Door, formatOption, type Known } from '../door.js';
import { examples } from '../help-layout.js';

export function declareClass(door: Door): void {
  const { program, say, language } = door;
  program
    .command('class')
    .description(say('class'))
    .command('report')
    .description(say('class.report'))
    .argument('<dir>', say('class.dir'))
    .addOption(formatOption(door))
    .addHelpText('after', examples(say('class.examples')))
    .action(async (dir, options) => {
      const { classReport } = await import('../class.js');
      classReport(dir, options satisfies Known<ClassOptions, typeof options>, language);
    });
}
