/**
 * A scenario on a room with a student's parts in it. Runs in a browser's worker too.
 * @module
 */

import { UNHURRIED } from '../chat/limits.js';
import type { Scenario } from '../scenario/scenario.js';
import { type SimulatedRun, type SimulateOptions, simulate } from '../scenario/simulate.js';
import type { PartId } from './parts.js';
import { createOwnRoom } from './room.js';
import { type Exported, type Fault, type Surroundings, YourParts } from './your-parts.js';

/** The parts that are the student's: what their exercises export. */
export type OwnParts = ReadonlyMap<PartId, Exported>;

/** How a scenario is simulated with a student's parts: a run begins with all of them. */
export function withOwnParts(
  own: OwnParts,
  around: Surroundings = {},
): Pick<SimulateOptions, 'program'> {
  return {
    program: (net) => createOwnRoom(net, new YourParts(own, around), UNHURRIED),
  };
}

/** A run, and the parts that fell out in it. */
export interface OwnRun {
  readonly run: SimulatedRun;
  readonly faults: readonly Fault[];
}

/** Plays a scenario. @throws PlayError as `play` does */
export async function playOwn(
  scenario: Scenario,
  own: OwnParts,
  { guard }: Surroundings = {},
  options: SimulateOptions = {},
): Promise<OwnRun> {
  const faults: Fault[] = [];
  const around: Surroundings = { onFault: (fault) => void faults.push(fault) };
  const how = withOwnParts(own, guard === undefined ? around : { ...around, guard });
  return { run: await simulate(scenario, { ...options, ...how }), faults };
}
