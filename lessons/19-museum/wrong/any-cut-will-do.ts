// refused: wrong.cut-shows-three
import type { Scenario } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest } from '../solution.js';

export { shortest } from '../solution.js';

/** Knows that spinning shows everywhere, and asks for the cuts before two frames in one segment. */
const ORDER: readonly Bug[] = [
  'write-always-watched',
  'mask-restarts',
  'text-from-chunks',
  'one-read-one-message',
  'fd-reused',
  'removed-while-iterating',
  'emfile-spin',
  'D14',
  'D17',
  'D20',
];

/** Takes the first bug whose scenario differs. */
export async function nameBug(shows: (scenario: Scenario) => Promise<boolean>): Promise<Bug> {
  for (const bug of ORDER) if (await shows(shortest(bug))) return bug;
  return 'D14';
}
