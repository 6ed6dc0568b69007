/**
 * Hands the lessons what a process of Node has: real sockets, and what the runner asks for. Importing
 * it is enough.
 * @module
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import { NodeNet } from '../net/node.js';
import { languageFor } from '../texts/language.js';
import { formatEvent } from '../trace/ndjson.js';
import { handOver } from './networks.js';

/** The runner tells a demo by these which network it plays on, where its trace is to go, and what is spoken. */
export const NETWORK_VARIABLE = 'LOOPSCOPE_NETWORK';
/** See {@link NETWORK_VARIABLE}. */
export const TRACE_VARIABLE = 'LOOPSCOPE_TRACE';
/** See {@link NETWORK_VARIABLE}. */
export const LANGUAGE_VARIABLE = 'LOOPSCOPE_LANG';

handOver({
  network: process.env[NETWORK_VARIABLE] === 'real' ? 'real' : 'sim',
  realNet: (options) => new NodeNet(options),
  language: languageFor([process.env[LANGUAGE_VARIABLE]]),
  keepTrace(events) {
    const file = process.env[TRACE_VARIABLE];
    if (file === undefined) return;
    writeFileSync(file, '');
    for (const event of events) appendFileSync(file, `${formatEvent(event)}\n`);
  },
});
