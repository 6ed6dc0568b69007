/**
 * What the script of a class leaves behind for the page.
 * @module
 */

import type { FunctionComponent } from 'preact';
import type { Session } from '../session.js';
import type { Served } from '../shared/served.js';
import type { ViewProps } from '../view.js';

/** What it is made of. */
export interface ClassScript {
  /** The bar below the header, in whatever view one is: the vote that is open, and how it stands. */
  readonly Bar: FunctionComponent<ViewProps>;
  /** A student's place: who one is, and the vote. */
  readonly Place: FunctionComponent<ViewProps>;
  /** The teacher's desk, beside the steps. */
  readonly Desk: FunctionComponent<ViewProps>;
  /** Begins to speak with the room. */
  readonly begin: (session: Session, about: Served) => void;
}
