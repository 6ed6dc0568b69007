/** Plays a scenario against a server of our own on real sockets. */

import { UNHURRIED } from '../../src/chat/limits.js';
import { OriginalServer } from '../../src/chat/original.js';
import { createRoom } from '../../src/chat/room.js';
import { NodeNet } from '../../src/net/node.js';
import type { Side } from '../../src/scenario/compare.js';
import { LocalOpponent } from '../../src/scenario/local.js';
import { play } from '../../src/scenario/play.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import type { TraceEvent } from '../../src/trace/event.js';

/** The two servers of the house. */
export type Profile = 'original' | 'rfc6455';

/** What a profile does in a scenario. */
export async function playLocally(scenario: Scenario, profile: Profile): Promise<Side> {
  // the buffers of a simulated world: how much waits for a slow reader is part of the trace
  const sizes = { sendBuffer: 262_144, receiveBuffer: 65_536 };
  const net = new NodeNet({ beyondFdSetSize: 'ignore', ...sizes });
  const clients = new NodeNet();
  const opponent = await LocalOpponent.start(net, (watched) =>
    profile === 'original' ? new OriginalServer(watched) : createRoom(watched, UNHURRIED),
  );
  try {
    let trace: TraceEvent[] = [];
    const atEnd = (): void => {
      trace = [...opponent.events];
    };
    const wire = await play(scenario, clients, opponent, { atEnd });
    return { name: profile, wire, trace };
  } finally {
    await opponent.stop();
    clients.closeAll();
    net.closeAll();
  }
}
