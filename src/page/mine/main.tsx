/**
 * Where the script of the student's own server begins: what shows it, and what plays on it.
 * @module
 */

import { run } from './runner.js';
import type { MineScript } from './script.js';
import { Server } from './server.js';
import { write } from './written.js';

/** What the page takes. */
export const script: MineScript = { Server, run, write };
