/**
 * Where the script for other programs' loops begins: what tells them out of what strace wrote, what says
 * how they are, and the recordings that come with the page.
 * @module
 */

import { Figures } from './figures.js';
import { Gallery, tellRecording } from './gallery.js';
import type { WatchScript } from './script.js';
import { tell } from './tell.js';
import { Watched } from './watched.js';

/** What the page takes. */
export const script: WatchScript = { tell, tellRecording, Figures, Gallery, Watched };
