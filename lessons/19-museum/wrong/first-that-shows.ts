// refused: wrong.spins-always
import type { Scenario } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest } from '../solution.js';

export { shortest } from '../solution.js';

const ORDER: readonly Bug[] = [
  'D14',
  'D17',
  'D20',
  'one-read-one-message',
  'text-from-chunks',
  'mask-restarts',
  'write-always-watched',
  'fd-reused',
  'removed-while-iterating',
  'emfile-spin',
];

/** Takes the first bug whose scenario differs, in the order of the list. */
export async function nameBug(shows: (scenario: Scenario) => Promise<boolean>): Promise<Bug> {
  for (const bug of ORDER) if (await shows(shortest(bug))) return bug;
  return 'D14';
}
