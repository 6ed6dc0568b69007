/**
 * `loopscope class`: what its commands take.
 * @module
 */

import { type Command, Option } from '@commander-js/extra-typings';
import type { ClassServeOptions } from '../../serve/class-serve.js';
import type { ClassOptions } from '../class.js';
import type { ClassCheckOptions } from '../class-check.js';
import type { ClassJoinOptions } from '../class-join.js';
import { type Door, type Known, traceLimitOption } from '../door.js';
import { examples } from '../help-layout.js';

export function declareClass(door: Door): void {
  const { program, say } = door;
  const command = program
    .command('class')
    .description(say('class'))
    .addHelpText('after', examples(say('class.all.examples')));
  declareClassServe(command, door);
  declareJoin(command, door);
  declareReport(command, door);
  declareClassCheck(command, door);
}

/** The options are those of `serve` that a class has a use for, with a default of its own where it says so. */
function declareClassServe(command: Command, door: Door): void {
  const { say, read, language } = door;
  command
    .command('serve')
    .description(say('class.serve'))
    .argument('[dir]', say('class.serve.dir'))
    .option('--host <host>', say('option.host'), read.listenHost, '0.0.0.0')
    .option('--port <port>', say('class.serve.port'), read.port)
    .option('--page-port <n>', say('class.serve.page-port'), read.port)
    .option('--step', say('serve.step'))
    .option('--trace <text|off|FILE>', say('serve.trace'), 'off')
    .addOption(traceLimitOption(door))
    .option('--force', say('option.force'))
    .option('--allow-origin <origin>', say('serve.allow-origin'), read.origin)
    .option('--allow-host <name>', say('serve.allow-host'), read.hostName)
    .option('--max-clients <n>', say('serve.max-clients'), read.clients)
    .option('--rehearse <n>', say('class.serve.rehearse'), read.players)
    .option('--seed <n>', say('class.serve.seed'), read.seed)
    .addHelpText('after', examples(say('class.serve.examples')))
    .action(async (dir, options) => {
      const { classServe } = await import('../../serve/class-serve.js');
      await classServe(dir, options satisfies Known<ClassServeOptions, typeof options>, language);
    });
}

function declareJoin(command: Command, { say, language }: Door): void {
  command
    .command('join')
    .description(say('class.join'))
    .argument('<address>', say('class.join.address'))
    .option('--name <name>', say('class.join.name'))
    .addHelpText('after', examples(say('class.join.examples')))
    .action(async (address, options) => {
      const { classJoin } = await import('../class-join.js');
      await classJoin(address, options satisfies Known<ClassJoinOptions, typeof options>, language);
    });
}

function declareReport(command: Command, door: Door): void {
  const { say, language } = door;
  command
    .command('report')
    .description(say('class.report'))
    .argument('<dir>', say('class.dir'))
    .addOption(
      new Option('--format <form>', say('class.format'))
        .choices(['text', 'csv', 'json'] as const)
        .default('text' as const),
    )
    .addHelpText('after', examples(say('class.examples')))
    .action(async (dir, options) => {
      const { classReport } = await import('../class.js');
      classReport(dir, options satisfies Known<ClassOptions, typeof options>, language);
    });
}

function declareClassCheck(command: Command, { say, language }: Door): void {
  const format = new Option('--format <form>', say('option.format'));
  command
    .command('check')
    .description(say('class.check'))
    .argument('<dir>', say('class.check.dir'))
    .addOption(format.choices(['text', 'json', 'csv', 'junit'] as const).default('text' as const))
    .addHelpText('after', examples(say('class.check.examples')))
    .action(async (dir, options) => {
      const { classCheck } = await import('../class-check.js');
      await classCheck(dir, options satisfies Known<ClassCheckOptions, typeof options>, language);
    });
}
