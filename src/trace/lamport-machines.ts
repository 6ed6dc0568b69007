/**
 * A Lamport diagram of several machines: loops, the broker between them, and who is on each. The rows are in
 * the order of one clock, that of the network on which they are simulated.
 * @module
 */

import type { Language } from '../texts/language.js';
import type { TraceEvent } from './event.js';
import type { Lane, Row } from './lamport-rows.js';
import { addLane, type Board, Side } from './lamport-side.js';

/** What one machine, or one person, did. */
export interface MachineEvent {
  /** Its name: `loop-a`, `broker`, `Ada`. */
  machine: string;
  /** The event; its `seq` and `turn` are of that machine. */
  event: TraceEvent;
}

/** The machines of a world, as they stand beside each other. */
export interface Machines {
  /** The loops: those on the first stand to the left of it, on every other to the right. */
  loops: readonly string[];
  /** What lies between them. */
  broker: string;
}

/** Several machines as rows and lanes. */
export class MachinesDiagram implements Board {
  readonly rows: Row[] = [];
  readonly lanes: Lane[] = [];

  /** @param events in the order in which they happened */
  constructor(
    events: readonly MachineEvent[],
    { loops, broker: brokerName }: Machines,
    language?: Language,
  ) {
    const broker = addLane(this, brokerName);
    const sides = new Map(
      loops.map((name) => {
        const own = events.filter(({ machine }) => machine === name).map(({ event }) => event);
        const home = addLane(this, name);
        return [name, { side: new Side(this, home, own, { language, broker }), home, added: 0 }];
      }),
    );
    for (const { machine, event } of events) {
      const one = sides.get(machine); // what the broker does is seen in what comes of it
      if (one !== undefined) one.side.add(event, one.added++);
    }
    this.#arrange(
      [...sides.values()].map(({ home }) => home),
      broker,
    );
  }

  /** Puts the people of a loop behind it: the first loop and its people left of the broker, the others right. */
  #arrange(homes: readonly number[], broker: number): void {
    const people = new Map(homes.map((home): [number, Set<number>] => [home, new Set()]));
    for (const { home, lanes } of this.rows) {
      for (const lane of lanes) {
        if (lane !== home && lane !== broker) people.get(home)?.add(lane);
      }
    }
    const groups = homes.map((home) => [home, ...(people.get(home) ?? [])]);
    const order = [...(groups[0] ?? []).toReversed(), broker, ...groups.slice(1).flat()];
    const placeOf = new Map(order.map((lane, place) => [lane, place]));
    const place = (lane: number): number => placeOf.get(lane) ?? lane;
    for (const row of this.rows) {
      row.home = place(row.home);
      row.lanes = row.lanes.map(place);
    }
    const lanes = order.map((lane) => this.lanes[lane] as Lane);
    this.lanes.splice(0, this.lanes.length, ...lanes);
  }
}
