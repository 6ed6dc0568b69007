/**
 * Everything that is fuzzed.
 * @module
 */

import { PIECES } from './pieces.js';
import { PROTOCOL } from './protocol.js';
import { READERS } from './readers.js';
import { SERVER } from './server.js';
import { strace } from './strace.js';
import type { Target } from './target.js';

/** The targets, from the ground up. */
export const TARGETS: readonly Target[] = [...PROTOCOL, ...READERS, ...PIECES, strace, SERVER];
