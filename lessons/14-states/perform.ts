/**
 * Plays a scenario against a server of ours, on whichever network the demo plays: for the demos of
 * lessons 14 to 16.
 * @module
 */

import {
  createRoom,
  LocalOpponent,
  type Opponent,
  OriginalServer,
  type Profile,
  play,
  type Scenario,
  type TraceEvent,
  type WireEvent,
} from 'loopscope';
import { keepTrace, type NetworksOptions, openNetworks } from 'loopscope/lesson';

/** What came of it. */
export interface Performed {
  /** What the server's loop did until the scenario was over. */
  events: TraceEvent[];
  /** What the clients got, step by step. */
  wire: WireEvent[];
}

/** Plays a scenario to its end, and keeps the server's trace. */
export async function perform(
  scenario: Scenario,
  profile: Profile,
  options: NetworksOptions = {},
): Promise<Performed> {
  const { address, server, client, world } = openNetworks(options);
  const opponent = await LocalOpponent.start(
    server,
    (net) => (profile === 'original' ? new OriginalServer(net) : createRoom(net)),
    address.port,
  );
  const seen: Opponent = {
    address: opponent.address,
    state: async (connections) => {
      await world?.settle();
      return opponent.state(connections);
    },
    pause: () => opponent.pause(),
    resume: () => opponent.resume(),
  };
  let events: TraceEvent[] = [];
  const atEnd = (): void => {
    events = [...opponent.events]; // what follows is the end of the demo, not of the scenario
  };
  try {
    const wire = await play(scenario, client('clients'), seen, { atEnd });
    keepTrace(events);
    return { events, wire };
  } finally {
    await opponent.stop();
  }
}
