/**
 * What can go wrong with an exercise before it can be right or wrong, as a value: which trouble, where,
 * and what stands in its text. Who recognises it is trouble.ts.
 * @module
 */

import type { Values } from './checker.js';

/** The ways to have trouble; each has a text `trouble.KIND`, and one that says what to do next. */
export type TroubleKind =
  | 'todo' // a place is still to be written
  | 'syntax' // TypeScript cannot read it
  | 'import' // it imports what is not there
  | 'noExport' // what the check calls is not exported
  | 'noFunction' // it is, but is no function
  | 'thrown' // it threw
  | 'noName' // it uses a name that is not there
  | 'thrownValue' // it threw what is no Error, so that no line is known
  | 'rejected' // a promise of it was rejected, and nobody waited for it
  | 'overflow' // it calls itself without end
  | 'endless' // a loop of it goes round without end
  | 'busy' // it has computed for long, and nobody knows whether it would end
  | 'slow' // it has not come to an end, and had little time to compute
  | 'waits' // it waits with nothing to do, and something keeps the process alive
  | 'unsettled' // it waits for what nobody will settle
  | 'exit' // it ended the process
  | 'memory' // it ran out of memory
  | 'flood' // it printed without end
  | 'killed' // something else ended it
  | 'stopped' // whoever watched it did, since it said nothing
  | 'missing' // there is no such file
  | 'encoding' // it is no UTF-8
  | 'unreadable' // the system does not let it be read
  | 'folder' // it is a folder
  | 'start' // the check's process did not start
  | 'bug'; // the check itself failed

/** What went wrong, and where. */
export interface Trouble {
  /** What it is. */
  readonly kind: TroubleKind;
  /**
   * What stands in its text: `file` and, by kind, `message`, `name`, `code`, `seconds`, `size`, `passes`, `at`;
   * and `atLine`, 0 where it is not known, or `fileLine` where the file is not the student's.
   */
  readonly values: Values;
  /** The line of the student's file, from 1; null where none is known. */
  readonly line: number | null;
  /** The column, from 1; null where none is known. */
  readonly column: number | null;
}

/** A trouble of which no line of the student's file is known. */
export function placeless(kind: TroubleKind, values: Values): Trouble {
  return { kind, values, line: null, column: null };
}
