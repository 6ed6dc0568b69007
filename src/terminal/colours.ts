/**
 * Colours for a terminal, and for nothing else: what is piped or kept in a file stays plain. NO_COLOR
 * takes them away, FORCE_COLOR asks for them anywhere.
 * @module
 */

import picocolors from 'picocolors';

const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
const isTerminal = process.stdout.isTTY === true && TERM !== 'dumb';

/** Paints texts, or leaves them as they are. */
export const pc = picocolors.createColors(!NO_COLOR && (Boolean(FORCE_COLOR) || isTerminal));
