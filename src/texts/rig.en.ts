/**
 * What checks and the rig of the lessons say by themselves: values as they are shown, and an error.
 * @module
 */

/** The texts by key. */
export const rig = {
  'value.function': 'the function {name}',
  'value.promise': 'a Promise',
  'value.itself': '(itself)',
  'value.bytes': '{length, plural, one {# byte} other {# bytes}} {hex}',
  'value.bytes.more': '{length, plural, one {# byte} other {# bytes}} {hex} and {more} more',
  'value.throws': 'throws {error}',
  'value.yields': 'yields {steps}',
  'value.and': ', ',
  'value.pending': 'not back yet',
  'value.from': 'from byte {offset} on: {hex}',
  'networks.none': 'no real sockets here; import loopscope/node in Node, or play on sim',
} as const;
