/**
 * Ends what plays on the student's server.
 * @module
 */

import type { JSX } from 'preact';
import { say } from '../texts.js';
import { isMinePlaying, stopMine } from './playing.js';

/** A button, as long as there is something to end. */
export function StopMine(): JSX.Element | null {
  if (!isMinePlaying.value) return null;
  return (
    <button type="button" onClick={() => stopMine()}>
      {say('mine.stop')}
    </button>
  );
}
