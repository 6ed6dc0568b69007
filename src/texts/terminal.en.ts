/**
 * What the commands say of themselves: which language they speak.
 * @module
 */

/** The texts by key. */
export const terminal = {
  'language.none': "there is no language '{name}'; there are {there}",
  'language.missing': '--lang takes the name of a language; there are {there}',
  'language.variable':
    "LOOPSCOPE_LANG is '{name}', and there is no such language; there are {there}",
} as const;
