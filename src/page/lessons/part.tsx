/**
 * A part of a lesson with its heading, and what all parts are given.
 * @module
 */

import type { ComponentChildren, JSX } from 'preact';
import type { Part } from '../../lesson/parts.js';
import type { Session } from '../session.js';
import type { Learning } from './learning.js';
import type { LessonWork } from './work.js';

/** A part of a text, or what the page puts behind them all. */
type PartName = Part | 'Learnt';

/** What the parts of a lesson are given. */
export interface LessonProps {
  session: Session;
  learning: Learning;
  work: LessonWork;
}

/** A part. Its heading takes the focus where a button leads to it. */
export function PartBox({
  name,
  title,
  children,
}: {
  name: PartName;
  title: string;
  children: ComponentChildren;
}): JSX.Element {
  const id = idOf(name);
  return (
    <section class={`lesson-part ${id}`} aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Goes to a part. */
export function goToPart(name: PartName): void {
  document.getElementById(idOf(name))?.focus();
}

function idOf(name: PartName): string {
  return `part-${name.toLowerCase()}`;
}
