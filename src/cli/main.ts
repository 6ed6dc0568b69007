/**
 * The command line: which commands there are and what they take. What each does is in its own file,
 * loaded when it is asked for, so that `--help` is there at once.
 * @module
 */

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { Failure } from '../terminal/failure.js';
import { warn, warnText, watchOutput } from '../terminal/print.js';
import {
  clientCount,
  hostName,
  listenHost,
  mebibytes,
  origin,
  seconds,
  USUAL_TRACE_LIMIT,
} from './serve-arguments.js';
import { VERSION } from './version.js';

/** What commander says of an argument that does not fit, without its words for what is inside of it. */
function plainly(text: string): string {
  return text
    .replace(/^error: |\n$/g, '')
    .replace(
      /^command-argument value '(.*?)' is invalid for argument '(.*?)'\./s,
      "not a $2: '$1'.",
    )
    .replace('not a number: ', 'not the number of a lesson: '); // -1 is a number
}

/** Reads a port number. 0 asks the system for a free one. */
function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return value;
}

/** Reads `HOST:PORT`, with an IPv6 address in brackets; `ws://` in front does no harm. */
function hostAndPort(text: string): { host: string; port: number } {
  const [, name, digits = ''] = /^(?:ws:\/\/)?(\[[^[\]]+\]|[^:/\s[\]]+):(\d+)\/?$/.exec(text) ?? [];
  const value = Number(digits);
  if (name === undefined || value < 1 || value > 65_535) {
    throw new InvalidArgumentError('Give a host and a port from 1 to 65535, as 127.0.0.1:8080.');
  }
  return { host: name.replace(/^\[|\]$/g, ''), port: value };
}

/** Reads the number of a step. */
function seq(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError('It is a whole number, as in the trace.');
  return Number(text);
}

/** Reads a seed. */
function seed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InvalidArgumentError('A seed is a whole number of at most nine digits.');
  }
  return Number(text);
}

/** Which of the two servers. */
function profileOption(): Option {
  return new Option(
    '--profile <name>',
    'the room that obeys the RFC, or the mirror of the PHP original',
  )
    .choices(['rfc6455', 'original'])
    .default('rfc6455');
}

/** The bound of a file that grows for as long as a server runs. */
function traceLimitOption(): Option {
  return new Option('--trace-limit <MiB>', 'how much a file of steps may take; then it ends')
    .argParser(mebibytes)
    .default(USUAL_TRACE_LIMIT);
}

function forceOption(): Option {
  return new Option('--force', 'write over a file that is there already');
}

/** Reads the number of a lesson. */
function lessonNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('They begin at 0.');
  return Number(text);
}

const program = new Command('loopscope')
  .description('See the select loop: a WebSocket chat server, step by step and byte by byte.')
  .version(VERSION)
  .exitOverride()
  .configureOutput({
    outputError: (text) => warnText(plainly(text)),
  });

program
  .command('serve')
  .description('run the chat room, and print every step of its loop')
  .option('--host <host>', 'the address to listen on', listenHost, '127.0.0.1')
  .option(
    '--port <port>',
    'the port to listen on; 0 takes any free one (default: 8080, or the next that is free)',
    port,
  )
  .option(
    '--trace <text|off|FILE>',
    'print the steps, or not, or write them to a file as NDJSON',
    'text',
  )
  .addOption(traceLimitOption())
  .addOption(forceOption())
  .option('--step', 'stand still at each step, in the stepper and on the page')
  .addOption(profileOption())
  .option('--deflate', 'compress messages for clients that offer permessage-deflate')
  .option(
    '--allow-origin <origin>',
    'let in pages of this origin too (https://class.example; null: from disk; *: all); repeatable',
    origin,
  )
  .option(
    '--allow-host <name>',
    'let pages call this server by this name too, as behind a proxy (class.example); repeatable',
    hostName,
  )
  .option('--max-clients <n>', 'how many may be in the room (default: 960)', clientCount)
  .option('--ping <seconds>', 'ping who was silent so long; 0 for never (default: 30)', seconds)
  .option(
    '--page-port <n>',
    "the page's port (default: 8000, or the next that is free; with --port 0 any)",
    port,
  )
  .option('--no-page', 'serve no page beside the socket')
  .addHelpText(
    'after',
    `
Examples:
  loopscope serve                       the room on port 8080, its page on 8000
  loopscope serve --host 0.0.0.0        for the local network, with a QR code
  loopscope serve --port 0 --step       any free port, one key a step
  loopscope serve --trace chat.ndjson   keep the steps for later
  loopscope serve --allow-origin null   let in pages that are opened from disk`,
  )
  .action(async (options) => (await import('./serve.js')).serve(options));

program
  .command('step')
  .description('step through a scenario or a trace in the terminal, forwards and backwards')
  .argument('<what>', 'the name or the file of a scenario, or a trace (.ndjson)')
  .addOption(
    new Option(
      '--profile <name>',
      'which server; of a trace, whose source to show (default: rfc6455)',
    ).choices(['rfc6455', 'original']),
  )
  .option('--seed <n>', 'the seed of a scenario', seed)
  .option('--at <seq>', 'open at the step with this seq', seq)
  .addHelpText(
    'after',
    `
Examples:
  loopscope step two-clients
  loopscope step split-handshake --profile original
  loopscope step chat.ndjson --at 12
  loopscope step two-clients | less     without a terminal it prints every step`,
  )
  .action(async (what, options) => (await import('./step.js')).stepCommand(what, options));

program
  .command('compare')
  .description('hold two servers against each other, to the byte')
  .argument('<scenario>', 'the name or the file of a scenario, or all')
  .option(
    '--left <side>',
    'rfc6455, original, php:PATH, tcp:HOST:PORT or recording:FILE (default: original)',
  )
  .option(
    '--right <side>',
    'the same (default: the PHP twin, or its recording where there is no PHP)',
  )
  .addOption(
    new Option('--format <form>', 'how to print it').choices(['text', 'json']).default('text'),
  )
  .option('--php8', 'run a temporary copy of php:PATH with the repairs that PHP 8 needs')
  .option('--syscalls', 'make the steps of php:PATH from its system calls (Linux, strace)')
  .addHelpText(
    'after',
    `
Examples:
  loopscope compare two-clients
  loopscope compare eight-bytes --left original --right rfc6455
  loopscope compare all --format json
  loopscope compare two-clients --right php:my-server.php --php8`,
  )
  .action(async (which, options) => (await import('./compare.js')).compareCommand(which, options));

program
  .command('sim')
  .description('play a scenario on the simulated network, and tell the story')
  .argument('<scenario>', 'the name or the file of a scenario')
  .option('--seed <n>', 'the seed of all that is random', seed, 0)
  .addOption(profileOption())
  .option('--trace <FILE>', 'write the trace as NDJSON')
  .addOption(forceOption())
  .option('--diagram [FILE]', 'draw who sent what to whom; FILE gets it as SVG')
  .addOption(new Option('--cut <where>', 'try every cut of every stream').choices(['every']))
  .addOption(
    new Option('--format <form>', 'how to print it').choices(['text', 'json']).default('text'),
  )
  .addHelpText(
    'after',
    `
Examples:
  loopscope sim two-clients --seed 7
  loopscope sim split-handshake --profile original --cut every`,
  )
  .action(async (name, options) => (await import('./sim.js')).sim(name, options));

program
  .command('inspect')
  .description('explain WebSocket bytes, every one of them')
  .argument(
    '[file]',
    'a file of bytes, hex or base64, a trace, or a pcap or pcapng capture; - for the standard input',
  )
  .option('--hex <string>', 'bytes in hex, with any usual spacing')
  .option('--base64 <string>', 'bytes in base64')
  .option('--raw', 'take FILE as the bytes that it holds, whatever they look like')
  .addOption(
    new Option('--role <who>', 'who sent the bytes; auto goes by the mask bit')
      .choices(['client', 'server', 'auto'])
      .default('auto'),
  )
  .addOption(
    new Option('--format <form>', 'how to print it')
      .choices(['text', 'json', 'html'])
      .default('text'),
  )
  .addHelpText(
    'after',
    `
Examples:
  loopscope inspect --hex 818537fa213d7f9f4d5158
  loopscope inspect --hex 88823f1c2a5d3cf5
  loopscope inspect --hex 88823f1c2a5d3cf5 --format html > close.html
  xxd frames.bin | loopscope inspect -
  loopscope inspect capture.pcap`,
  )
  .action(async (file, options) => (await import('./inspect.js')).inspectCommand(file, options));

program
  .command('tap')
  .description('stand between a browser and a WebSocket server, and print every frame')
  .argument('<port>', 'the port to listen on; 0 takes any free one', port)
  .argument('<host:port>', 'the server to pass on to', hostAndPort)
  .option('--host <host>', 'the address to listen on', listenHost, '127.0.0.1')
  .option('--trace <FILE>', 'write what passes as NDJSON, for loopscope inspect and step')
  .addOption(traceLimitOption())
  .addOption(forceOption())
  .addHelpText(
    'after',
    `
Examples:
  loopscope tap 9000 127.0.0.1:8080
  loopscope tap 9000 127.0.0.1:8080 --trace tap.ndjson`,
  )
  .action(async (port, server, options) => (await import('./tap.js')).tap(port, server, options));

program
  .command('chat')
  .description('join a room from this terminal')
  .argument('[url]', 'the address of the room', 'ws://127.0.0.1:8080')
  .option('--name <name>', 'the name to log in with')
  .addHelpText(
    'after',
    `
Examples:
  loopscope chat --name Ada
  loopscope chat ws://127.0.0.1:9000 --name 小明`,
  )
  .action(async (url, options) => (await import('./chat.js')).chat(url, options));

program
  .command('lesson')
  .description('list the lessons and what was done, or run one')
  .argument('[number]', 'the number of the lesson', lessonNumber)
  .option('--live', 'on real sockets of this machine')
  .option('--step', "open the demo's trace in the stepper afterwards")
  .option('--mine', 'run your own demo, the one in loopscope-lessons/')
  .option('--read', 'read its text here, page by page, without the answers')
  .addOption(
    new Option('--route <name>', 'go on along a route: of 45 or 90 minutes, or alone').choices([
      '45',
      '90',
      'alone',
    ]),
  )
  .addHelpText(
    'after',
    `
Examples:
  loopscope lesson                      what there is, and what was done
  loopscope lesson 0
  loopscope lesson 0 --read             its text
  loopscope lesson 0 --mine             the demo as you have changed it
  loopscope lesson --route alone        the next of all, for who learns alone
  loopscope lesson 0 --live --step`,
  )
  .action(async (number, options) => (await import('./lesson.js')).lesson(number, options));

program
  .command('check')
  .description('check the exercise of a lesson')
  .argument('[number]', 'the number of the lesson', lessonNumber)
  .option('--all', 'check all that were begun')
  .addOption(new Option('--hint <n>', 'give a hint, from gentle to plain').choices(['1', '2', '3']))
  .option('--watch', 'check again at each save, until Ctrl-C')
  .option('--reset', 'bring the exercise back as it was handed out; yours is kept')
  .option('--yes', 'with --reset: do not ask')
  .addHelpText(
    'after',
    `
Examples:
  loopscope check 11
  loopscope check 11 --hint 1
  loopscope check --all`,
  )
  .action(async (number, options) => (await import('./check.js')).check(number, options));

program
  .command('class')
  .description('what a room of students has done')
  .command('report')
  .description("tally the students' progress.json files; nothing is sent anywhere")
  .argument('<dir>', 'a folder with a folder or a NAME.json for each student')
  .addOption(
    new Option('--format <form>', 'how to print it').choices(['text', 'json']).default('text'),
  )
  .addHelpText('after', '\nExample:\n  loopscope class report collected')
  .action(async (dir, options) => (await import('./class.js')).classReport(dir, options));

program
  .command('doctor')
  .description('say what is on this machine, and what each thing is for')
  .addHelpText('after', '\nExample:\n  loopscope doctor')
  .action(async () => (await import('./doctor.js')).doctor());

watchOutput({
  onGone: () => process.exit(),
  onFull: (why) => {
    warn(`the output ends here: ${why}`);
    process.exit(1);
  },
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** 0 for help and version, 2 for wrong usage, 1 for what failed; a failure says itself in one line. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof Failure)) throw error;
  warnText(error.message);
  return error.exitCode;
}
