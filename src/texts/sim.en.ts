/**
 * What `loopscope sim` says around the steps of a run, and of cuts.
 * @module
 */

/** The texts by key. */
export const sim = {
  head: '{name}: {about}',
  time: '{ms} ms',
  'loops.about':
    'two loops and a broker are one room; for seven seconds loop-b is parted from the broker.',
  'loops.heard': '{name} got:',
  'cuts.tried': '{scenario} on {server}: {tried} cuts tried, one at a time',
  'cuts.same': 'The outcome is always the same.',
  'cuts.change': '{n} of them change the outcome:',
  'cuts.at': '{client}  {within}:',
  'cuts.range': '{client}  {within} to byte {last}:',
} as const;
