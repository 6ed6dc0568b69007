/**
 * The servers on which the page plays a scenario, and how it is played: data, which can be sent to a worker.
 * @module
 */

import type { Profile, SimulateOptions } from '../../scenario/simulate.js';
import type { NetworkRule } from '../play/rules.js';

/** Two of the kit's, and the student's own. */
export const SERVERS = ['rfc6455', 'original', 'mine'] as const;

/** One of them. */
export type ServerName = (typeof SERVERS)[number];

/** How a scenario is played. */
export interface PlayOptions
  extends Pick<SimulateOptions, 'seed' | 'latencyMs' | 'jitterMs' | 'mostReceived'> {
  /** On which server. Default `rfc6455`. */
  profile?: ServerName;
  rules?: readonly NetworkRule[];
}

/** Whose code a server's steps are shown with: a student's parts stand in the room. */
export function profileOf(server: ServerName): Profile {
  return server === 'mine' ? 'rfc6455' : server;
}
