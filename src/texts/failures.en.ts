/**
 * Why a command could not do what it was asked for.
 * @module
 */

/** The texts by key. */
export const failures = {
  'scenario.none': 'there is no scenario "{name}"; the nearest are {near}',
  'file.unread': 'cannot read it: {message}',
  'file.noJson': '{path} is not JSON: {message}',
  'file.problem': '{path}: {message}',
  'recording.none': '{path}: expected a recording with "scenario" and "wire"',
} as const;
