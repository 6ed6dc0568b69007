/**
 * What a student wrote for the parts whose lessons were passed, as it stands there now.
 * @module
 */

import { type Part, passedParts } from '../../mine/parts.js';
import type { Learning } from '../lessons/learning.js';

/** A part, and what the student wrote for it. */
export interface OwnSource {
  readonly part: Part;
  /** The folder of the lesson. */
  readonly lesson: string;
  readonly source: string;
  /** Whether anything is written: a progress may come from another machine, without the texts. */
  readonly isWritten: boolean;
}

/** All of them. */
export function ownSources(learning: Learning): OwnSource[] {
  return passedParts(learning.progress.value).map((part) => {
    const { lesson, exercise } = learning.work(part.lesson);
    const { text, handedOut } = exercise;
    return { part, lesson: lesson.id, source: text, isWritten: text !== handedOut };
  });
}
