/**
 * A text of a lesson as the room tells it: plain but for `code`.
 * @module
 */

import type { JSX } from 'preact';

/** The text, what stands in backticks as code. */
export function Marked({ text }: { text: string }): JSX.Element {
  const parts = text.split('`');
  const isWhole = parts.length % 2 === 1;
  return (
    <>{parts.map((part, i) => (isWhole && i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
  );
}

/** A letter of a choice, as it is said. */
export const large = (letter: string): string => letter.toUpperCase();
