/**
 * `loopscope serve`: what it takes.
 * @module
 */

import type { ServeOptions } from '../../serve/options.js';
import { type Door, type Known, profileOption, traceLimitOption } from '../door.js';
import { examples } from '../help-layout.js';

export function declareServe(door: Door): void {
  const { program, say, read, language } = door;
  program
    .command('serve')
    .description(say('serve'))
    .option('--host <host>', say('option.host'), read.listenHost, '127.0.0.1')
    .option('--port <port>', say('serve.port'), read.port)
    .option('--trace <text|off|FILE>', say('serve.trace'), 'text')
    .addOption(traceLimitOption(door))
    .option('--force', say('option.force'))
    .option('--step', say('serve.step'))
    .addOption(profileOption(door))
    .option('--deflate', say('serve.deflate'))
    .option('--allow-origin <origin>', say('serve.allow-origin'), read.origin)
    .option('--allow-host <name>', say('serve.allow-host'), read.hostName)
    .option('--max-clients <n>', say('serve.max-clients'), read.clients)
    .option('--ping <seconds>', say('serve.ping'), read.seconds)
    .option('--broker <url>', say('serve.broker'))
    .option('--page-port <n>', say('serve.page-port'), read.port)
    .option('--no-page', say('serve.no-page'))
    .addHelpText('after', examples(say('serve.examples')))
    .action(async (options) => {
      const { serve } = await import('../../serve/serve.js');
      await serve(options satisfies Known<ServeOptions, typeof options>, language);
    });
}
