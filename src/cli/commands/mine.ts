/**
 * `loopscope mine`: what its commands take.
 * @module
 */

import { type Command, Option } from '@commander-js/extra-typings';
import { type Door, formatOption, type Known, traceLimitOption } from '../door.js';
import { examples } from '../help-layout.js';
import type { MinePlayOptions, MineServeOptions } from '../mine.js';

export function declareMine(door: Door): void {
  const { program, say, language } = door;
  const command = program
    .command('mine')
    .description(say('mine'))
    .addHelpText('after', examples(say('mine.examples')))
    .action(async () => {
      const { mine } = await import('../mine.js');
      mine(language);
    });
  declareMineServe(command, door);
  declarePlay(command, door);
  declareWrite(command, door);
}

/** The options are those of `serve` that one's own server has a use for. */
function declareMineServe(command: Command, door: Door): void {
  const { say, read, language } = door;
  command
    .command('serve')
    .description(say('mine.serve'))
    .option('--host <host>', say('option.host'), read.listenHost, '127.0.0.1')
    .option('--port <port>', say('serve.port'), read.port)
    .option('--trace <text|off|FILE>', say('serve.trace'), 'text')
    .addOption(traceLimitOption(door))
    .option('--force', say('option.force'))
    .option('--step', say('serve.step'))
    .option('--page-port <n>', say('serve.page-port'), read.port)
    .option('--no-page', say('serve.no-page'))
    .addHelpText('after', examples(say('mine.serve.examples')))
    .action(async (options) => {
      const { mineServe } = await import('../mine.js');
      await mineServe(options satisfies Known<MineServeOptions, typeof options>, language);
    });
}

function declarePlay(command: Command, door: Door): void {
  const { say, read, language } = door;
  command
    .command('play')
    .description(say('mine.play'))
    .argument('<scenario>', say('sim.scenario'))
    .option('--seed <n>', say('sim.seed'), read.seed, 0)
    .option('--trace <FILE>', say('sim.trace'))
    .option('--force', say('option.force'))
    .addOption(new Option('--cut <where>', say('sim.cut')).choices(['every'] as const))
    .addOption(formatOption(door))
    .addHelpText('after', examples(say('mine.play.examples')))
    .action(async (name, options) => {
      const { minePlay } = await import('../mine.js');
      await minePlay(name, options satisfies Known<MinePlayOptions, typeof options>, language);
    });
}

function declareWrite(command: Command, door: Door): void {
  const { say, language } = door;
  command
    .command('write')
    .description(say('mine.write'))
    .argument('[FILE]', say('mine.write.file'), 'mine.ts')
    .option('--force', say('option.force'))
    .addHelpText('after', examples(say('mine.write.examples')))
    .action(async (path, { force }) => {
      const { mineWrite } = await import('../mine.js');
      mineWrite(path, force === true, language);
    });
}
