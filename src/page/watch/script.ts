/**
 * What the script for other programs' loops leaves behind for the page.
 * @module
 */

import type { FunctionComponent } from 'preact';
import type { ViewProps } from '../view.js';
import type { Walk } from '../walk/walk.js';
import type { StraceTeller } from './told.js';

/** What it is made of. */
export interface WatchScript extends StraceTeller {
  /** A loop's figures and findings. */
  readonly Figures: FunctionComponent<{ readonly walk: Walk }>;
  /** The recordings to choose from, a link each. */
  readonly Gallery: FunctionComponent<ViewProps & { readonly onDone: () => void }>;
}
