/**
 * `loopscope inspect`: what it takes.
 * @module
 */

import { Option } from '@commander-js/extra-typings';
import type { InspectCommandOptions } from '../../terminal/inspect.js';
import type { Door, Known } from '../door.js';
import { examples } from '../help-layout.js';

export function declareInspect({ program, say, language }: Door): void {
  program
    .command('inspect')
    .description(say('inspect'))
    .argument('[file]', say('inspect.file'))
    .option('--hex <string>', say('inspect.hex'))
    .option('--base64 <string>', say('inspect.base64'))
    .option('--raw', say('inspect.raw'))
    .option('--deflate [parameters]', say('inspect.deflate'))
    .addOption(
      new Option('--role <who>', say('inspect.role'))
        .choices(['client', 'server', 'auto'] as const)
        .default('auto' as const),
    )
    .addOption(
      new Option('--format <form>', say('option.format'))
        .choices(['text', 'json', 'ndjson', 'html'] as const)
        .default('text' as const),
    )
    .addHelpText('after', examples(say('inspect.examples')))
    .action(async (file, options) => {
      const { inspectCommand } = await import('../../terminal/inspect.js');
      await inspectCommand(
        file,
        options satisfies Known<InspectCommandOptions, typeof options>,
        language,
      );
    });
}
