/**
 * A descriptor that leads to its next step.
 * @module
 */

import type { JSX } from 'preact';
import type { Fd } from '../../net/net.js';
import { say } from '../texts.js';
import { isAbout } from './next.js';
import type { Walk } from './walk.js';

/** Goes to the next step of a descriptor. */
export function toNextOf(walk: Walk, fd: Fd): void {
  walk.toNext((event) => isAbout(event, fd), say('stage.fd', { fd: String(fd) }));
}

/** The button. @param walk what it moves; null where nothing is to be moved. @param text what stands on it */
export function FdButton(props: { walk: Walk | null; fd: Fd; text: string }): JSX.Element {
  const { walk, fd, text } = props;
  if (walk === null) return <span class="fd">{text}</span>;
  return (
    <button
      type="button"
      class="fd-button"
      title={say('walk.fd.go', { fd: String(fd) })}
      onClick={() => toNextOf(walk, fd)}
    >
      {text}
    </button>
  );
}
