/**
 * What the script of the student's own server leaves behind for the page.
 * @module
 */

import type { FunctionComponent } from 'preact';
import type { Language } from '../../texts/language.js';
import type { Learning } from '../lessons/learning.js';
import type { ViewProps } from '../view.js';
import type { Done, Task } from './worker-words.js';

/** What it is made of. */
export interface MineScript {
  /** Its parts, and what they do in a scenario. */
  readonly Server: FunctionComponent<ViewProps & { readonly learning: Learning }>;
  /** Plays on it, in a worker. @returns null where it was stopped @throws Error where it cannot be played */
  readonly run: (task: Task, learning: Learning, signal: AbortSignal) => Promise<Done | null>;
  /** The server in one file, to be run with Node. */
  readonly write: (learning: Learning, language: Language) => string;
}
