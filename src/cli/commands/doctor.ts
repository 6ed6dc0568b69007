/**
 * `loopscope doctor`: what it takes.
 * @module
 */

import type { Door } from '../door.js';
import { examples } from '../help-layout.js';

export function declareDoctor({ program, say, language }: Door): void {
  program
    .command('doctor')
    .description(say('doctor'))
    .addHelpText('after', examples(say('doctor.examples')))
    .action(async () => {
      const { doctor } = await import('../doctor.js');
      await doctor(language);
    });
}
