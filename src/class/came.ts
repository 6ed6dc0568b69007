/**
 * What came of a class over the network, as `class report` takes it beside the files that were handed in.
 * @module
 */

import { Progress } from '../lesson/progress.js';
import type { Came } from '../lesson/room-files.js';
import { speak } from '../lesson/texts.js';
import type { Language } from '../texts/language.js';
import { CLASS_FILES, hasRecords, readClass } from './folder.js';

/** Lines of the records that are named where they are none. */
const MOST_LINES = 5;

/**
 * Reads what came; nothing where the folder is no class's.
 *
 * @returns the persons, and what there is to say of their records, a line each
 * @throws Error as `readClass` does
 */
export function cameIn(folder: string, language?: Language): { came: Came[]; notes: string[] } {
  if (!hasRecords(folder)) return { came: [], notes: [] };
  const say = speak(language);
  const { state, passedOver, isCut } = readClass(folder);
  const came = [...state.persons.values()].map(({ id, name, done }) => ({
    name: name === '' ? say('class.nameless', { id }) : name.normalize('NFC'),
    file: `${CLASS_FILES.records} #${id}`,
    progress: new Progress(done),
  }));
  const [n, lines] = [passedOver.length, passedOver.slice(0, MOST_LINES)];
  return {
    came,
    notes: [
      ...(isCut ? [say('class.cut')] : []),
      ...(n === 0 ? [] : [say('class.passedOver', { n, lines })]),
    ],
  };
}
