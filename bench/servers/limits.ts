/**
 * What our servers keep to in the contests.
 * @module
 */

import type { ServerOptions } from 'loopscope';
import { nodeBytes } from 'loopscope/node';
import { LARGE } from '../messages.js';

/** Nothing that the others do not do either: no ping, no count of messages or of clients. */
export const LIMITS = {
  maxClients: Number.POSITIVE_INFINITY,
  maxFramesPerSecond: Number.POSITIVE_INFINITY,
  pingIntervalMs: Number.POSITIVE_INFINITY,
  maxMessageLength: LARGE,
  maxOutbox: 4 * LARGE,
  tools: nodeBytes,
} satisfies ServerOptions;
