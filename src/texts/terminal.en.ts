/**
 * What several commands say: which language they speak, and of the files that they write and read.
 * @module
 */

/** The texts by key. */
export const terminal = {
  'language.none': "there is no language '{name}'; there are {there}",
  'language.missing': '--lang takes the name of a language; there are {there}',
  'language.variable':
    "LOOPSCOPE_LANG is '{name}', and there is no such language; there are {there}",
  'trace.full': 'with the next step it would have more than {limit} MiB, its limit (--trace-limit)',
  'trace.ends': 'the trace ends here: {why}; the server went on',
  'inspect.none': 'No bytes.',
  'inspect.cut':
    'Only the first {bytes, plural, one {# byte} other {# bytes}} are told here; --format ndjson tells all, as they come.',
} as const;
