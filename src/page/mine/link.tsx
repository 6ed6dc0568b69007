/**
 * The ways from the course to the server that it adds up to.
 * @module
 */

import type { JSX } from 'preact';
import { PARTS, passedParts } from '../../mine/parts.js';
import type { LearningProps } from '../lessons/learning.js';
import { say } from '../texts.js';

/** How much of it is the student's. */
export function MineLink({ session, learning }: LearningProps): JSX.Element {
  const yours = passedParts(learning.progress.value).length;
  return (
    <a href={session.addressWith({ view: 'mine' })}>
      {say('mine.link', { yours, all: PARTS.length })}
    </a>
  );
}

/** The same at the end of a lesson that makes a part. */
export function PartOfMine({
  lesson,
  ...props
}: LearningProps & { lesson: number }): JSX.Element | null {
  if (!PARTS.some((part) => part.lesson === lesson)) return null;
  return (
    <p class="part-of-mine">
      {say('mine.of-lesson')} <MineLink {...props} />
    </p>
  );
}
