/**
 * What an echo is to our server, in every workload that has one.
 * @module
 */

import type { Application } from 'loopscope';

/** Sends every message back. */
export const echo: Application = {
  opened: () => [],
  received(members, client, message) {
    members.sendMessage(client, message);
    return [];
  },
  left: () => [],
};
