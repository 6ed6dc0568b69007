/**
 * What a view of the page is: app.tsx says how to add one.
 * @module
 */

import type { FunctionComponent } from 'preact';
import type { Parameters } from './address.js';
import type { Session } from './session.js';
import type { TextKey } from './texts.js';

/** What every view is given. */
export interface ViewProps {
  /** The page's state. */
  session: Session;
}

/** A key, and what it does. The dialog of keys lists it. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has them; letters in lower case. */
  keys: readonly string[];
  /** What it does, in a few words. */
  label: TextKey;
  /** Does it. */
  run: (session: Session) => void;
}

/** Something that can be saved as a file. */
export interface Saving {
  /** What it is. */
  label: TextKey;
  /** The name of the file. */
  name: string;
  /** Makes it. */
  make: () => string | Uint8Array | Promise<Blob>;
}

/** A view. */
export interface PageView {
  /** Its name in the address. */
  name: string;
  /** A name that it had before: an old address still opens it. */
  formerly?: string;
  /** Its name for a person. */
  title: TextKey;
  /** What is drawn. */
  Body: FunctionComponent<ViewProps>;
  /** What it adds to the address; no two views have the same name. */
  parameters?: Parameters;
  /** Where one is in it, for the title of the document, the largest first; its title if not given. */
  where?: (session: Session) => readonly string[];
  /** What of it can be saved; that of the Scope if not given. */
  saves?: (session: Session) => readonly Saving[];
  /** Its keys; `?`, `p` and Escape are the shell's. */
  shortcuts?: readonly Shortcut[];
  /** Whether the header offers it; always if not given. An address opens it all the same. */
  isOffered?: (session: Session) => boolean;
}
