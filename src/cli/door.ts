/**
 * What each command of `commands/` declares its options with, and what holds them to what is done with them.
 * @module
 */

import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { help } from '../texts/help.en.js';
import type { Language } from '../texts/language.js';
import type { Say } from '../texts/say.js';
import type { Readers } from './readers.js';

/** What a command is declared with. */
export interface Door {
  /** Gets the command. */
  readonly program: CommandUnknownOpts;
  /** Says the texts of the help. */
  readonly say: Say<keyof typeof help>;
  /** Read what is written behind an option or as an argument. */
  readonly read: Readers;
  /** What the command speaks. */
  readonly language: Language;
}

/**
 * Declared options of which each is known, by its name, to what takes them: a misspelt one fails the
 * compiler, where it would otherwise be an option that does nothing.
 *
 *     await check(options satisfies Known<CheckOptions, typeof options>);
 */
export type Known<Taken, Declared> = Taken & {
  readonly [Name in Exclude<keyof Declared, keyof Taken>]?: never;
};

/** Which of the two servers. */
export function profileOption({ say }: Door) {
  return new Option('--profile <name>', say('option.profile'))
    .choices(['rfc6455', 'original'] as const)
    .default('rfc6455' as const);
}

/** The bound of a file that grows for as long as a server runs. */
export function traceLimitOption({ say, read }: Door) {
  return new Option('--trace-limit <MiB>', say('option.trace-limit'))
    .argParser(read.mebibytes)
    .default(USUAL_TRACE_LIMIT);
}

/** MiB of a trace where nobody asked for another limit. */
const USUAL_TRACE_LIMIT = 1_024;

/** As a person reads it, or as a program does. */
export function formatOption({ say }: Door) {
  return new Option('--format <form>', say('option.format'))
    .choices(['text', 'json'] as const)
    .default('text' as const);
}
