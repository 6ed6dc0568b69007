/**
 * The headings of a lesson's parts.
 * @module
 */

/** The texts by key. */
export const parts = {
  Predict: 'Predict',
  Run: 'Run',
  Investigate: 'Investigate',
  Modify: 'Modify',
  Make: 'Make',
  Php: 'In PHP',
  Limits: 'Where the picture breaks',
} as const;
