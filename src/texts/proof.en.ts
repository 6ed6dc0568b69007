/**
 * What was proven of a difference: which mistakes of the original, mended, take two servers how far.
 * @module
 */

/** The texts by key. */
export const proof = {
  'proof.head': 'Why, proven: the mirror was played again with mistakes mended, one after another.',
  'proof.form': 'Why: they part in form alone, so there is no mistake to mend.',
  'proof.one': '  with {defect} mended, {until}',
  'proof.more': '  with {defect} too, {until}',
  'proof.pair': '  with {first} and {second} mended, of which neither helps alone, {until}',
  'proof.pairMore': '  with {first} and {second} too, of which neither helps alone, {until}',
  'proof.until': 'equal up to byte {byte} of {client}',
  'proof.end': 'equal to the end',
  'proof.title': '{defect} {title}',
  'proof.unexplained': 'They part here; none of the known mistakes explains it.',
  'proof.rest': 'There they part; none of the known mistakes explains the rest.',
  'proof.flood':
    'A flood takes seconds to play, so only the mistakes that this scenario is about were tried.',
  'proof.untried': 'Not tried, as all plays together would send too much: {sets}.',
  'proof.untried.more':
    'Not tried, as all plays together would send too much: {sets}, and {n} more.',
} as const;
