/**
 * `loopscope lesson`: what it takes.
 * @module
 */

import { Option } from '@commander-js/extra-typings';
import type { Door, Known } from '../door.js';
import { examples } from '../help-layout.js';
import type { LessonOptions } from '../lesson.js';

export function declareLesson({ program, say, read, language }: Door): void {
  program
    .command('lesson')
    .description(say('lesson'))
    .argument('[number]', say('lesson.number'), read.lesson)
    .option('--live', say('lesson.live'))
    .option('--step', say('lesson.step'))
    .option('--mine', say('lesson.mine'))
    .option('--read', say('lesson.read'))
    .addOption(
      new Option('--route <name>', say('lesson.route')).choices([
        '45',
        '90',
        '4x90',
        'alone',
      ] as const),
    )
    .addHelpText('after', examples(say('lesson.examples')))
    .action(async (number, options) => {
      const { lesson } = await import('../lesson.js');
      await lesson(number, options satisfies Known<LessonOptions, typeof options>, language);
    });
}
