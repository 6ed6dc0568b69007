/**
 * What the script for other programs' loops leaves behind for the page.
 * @module
 */

import type { FunctionComponent } from 'preact';
import type { Live } from '../live/state.js';
import type { ViewProps } from '../view.js';
import type { Walk } from '../walk/walk.js';
import type { StraceTeller } from './told.js';

/** What it is made of. */
export interface WatchScript extends StraceTeller {
  /** A loop's figures and findings. */
  readonly Figures: FunctionComponent<{ readonly walk: Walk }>;
  /** A program that runs: its loops, its steps as they come. */
  readonly Watched: FunctionComponent<ViewProps & { readonly live: Live }>;
  /** The recordings to choose from, a link each. */
  readonly Gallery: FunctionComponent<ViewProps & { readonly onDone: () => void }>;
}
