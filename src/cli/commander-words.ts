/**
 * Commander's own words, out of our table: it knows English alone, and has no codes with values for
 * what it says. So what it is known to say is recognised, and anything else stays as it is.
 * @module
 */

import {
  type Argument,
  Help,
  type HelpConfiguration,
  type Option,
} from '@commander-js/extra-typings';
import type { help } from '../texts/help.en.js';
import type { Say } from '../texts/say.js';
import { layout } from './help-layout.js';

type Key = keyof typeof help;

const HEADINGS: Readonly<Record<string, Key>> = {
  'Usage:': 'heading.usage',
  'Arguments:': 'heading.arguments',
  'Options:': 'heading.options',
  'Commands:': 'heading.commands',
};

/** How a help is written. */
export function helpWords(say: Say<Key>): HelpConfiguration {
  const noted = (text: string, choices: readonly string[] | undefined, value: unknown): string => {
    const values = {
      text,
      choices: (choices ?? []).map((choice) => JSON.stringify(choice)),
      value: JSON.stringify(value) ?? '',
    };
    if (choices !== undefined)
      return say(value === undefined ? 'note.choices' : 'note.both', values);
    return value === undefined ? text : say('note.default', values);
  };
  const terms = (usage: string): string =>
    usage.replace('[options]', say('term.options')).replace('[command]', say('term.command'));
  return {
    ...layout,
    // behind a full-width colon stands no space
    formatHelp(this: Help, command, helper) {
      return Help.prototype.formatHelp.call(this, command, helper).replace(/^(\S*：) /, '$1');
    },
    styleUsage(this: Help, usage) {
      return layout.styleUsage.call(this, terms(usage));
    },
    styleSubcommandTerm: terms,
    styleTitle: (title) => {
      const key = HEADINGS[title];
      return key === undefined ? title : say(key);
    },
    optionDescription: ({ description, argChoices, defaultValue, required, optional }: Option) =>
      noted(description, argChoices, required || optional ? defaultValue : undefined),
    argumentDescription: ({ description, argChoices, defaultValue }: Argument) =>
      noted(description, argChoices, defaultValue),
  };
}

/** What commander says of a wrong call, and which of our texts that is; the groups are its values. */
const ERRORS: readonly (readonly [RegExp, Key])[] = [
  [/^unknown option '(?<name>.*)'$/s, 'wrong.unknownOption'],
  [/^unknown command '(?<name>.*)'$/s, 'wrong.unknownCommand'],
  [/^missing required argument '(?<name>.*)'$/s, 'wrong.missingArgument'],
  [/^option '(?<name>.*)' argument missing$/s, 'wrong.optionMissingArgument'],
  [
    /^too many arguments for '(?<name>.*)'\. Expected (?<expected>\d+) arguments? but got (?<got>\d+)\.$/s,
    'wrong.excessArguments.of',
  ],
  [
    /^too many arguments\. Expected (?<expected>\d+) arguments? but got (?<got>\d+)\.$/s,
    'wrong.excessArguments',
  ],
  [/^option '(?<name>[^']*)' argument '(?<value>.*?)' is invalid\. (?<why>.*)$/s, 'wrong.option'],
  // -1 is a number
  [
    /^command-argument value '(?<value>.*?)' is invalid for argument 'number'\. (?<why>.*)$/s,
    'wrong.number',
  ],
  [
    /^command-argument value '(?<value>.*?)' is invalid for argument '(?<name>.*?)'\. (?<why>.*)$/s,
    'wrong.argument',
  ],
];

const SIMILAR = /\n\(Did you mean (?<several>one of )?(?<name>.*)\?\)$/;
const CHOICES = /^Allowed choices are (?<choices>.*)\.$/s;

/** What commander says of a wrong call, in our words. */
export function errorWords(text: string, say: Say<Key>): string {
  const plain = text.replace(/^error: |\n$/g, '');
  const similar = SIMILAR.exec(plain);
  const { name = '', several } = similar?.groups ?? {};
  const advice =
    similar === null ? '' : `\n${say(several ? 'wrong.similar.n' : 'wrong.similar', { name })}`;
  return sentence(similar === null ? plain : plain.slice(0, similar.index), say) + advice;
}

function sentence(text: string, say: Say<Key>): string {
  for (const [form, key] of ERRORS) {
    const found = form.exec(text);
    if (found === null) continue;
    const { why = '', expected, ...values } = found.groups ?? {};
    const choices = CHOICES.exec(why)?.groups?.choices;
    return say(key, {
      ...values,
      ...(expected === undefined ? {} : { expected: Number(expected) }),
      why: choices === undefined ? why : say('wrong.choices', { choices: choices.split(', ') }),
    });
  }
  return text;
}
