/**
 * Proves why a server parts from the mirror of the original: the mirror plays the scenario again with
 * one mistake mended, and where the first difference then lies later, that mistake has made it. So it
 * goes on until both are equal, or no mend helps. Nothing is guessed, and no sentence is made here.
 * @module
 */

import { MENDABLE } from '../chat/mends.js';
import { compare, type WireDifference } from './compare.js';
import { PlayError } from './play.js';
import type { Scenario } from './scenario.js';
import { simulate } from './simulate.js';
import { hasFlood, streamsOf, unitsOf, type WireEvent } from './wire.js';

/** Where two servers part first, in the order of the scenario. */
export interface PartingPlace {
  /** The step of the scenario, from 0, in which it came over the wire. */
  step: number;
  /** How many heads and frames of that client are equal before it. */
  units: number;
  /** What differs there: in `left` the mirror, with what is mended by then; in `right` the other server. */
  difference: WireDifference;
}

/** Mistakes that were mended, and how far that took the two. */
export interface ProvenMend {
  /** Their numbers: one, or two of which neither helps alone. */
  defects: string[];
  /** Where they part with these and all before them mended; null where they are equal to the end. */
  parts: PartingPlace | null;
}

/** What was proven. */
export interface Proof {
  /** Whether every mend was tried; of a flood, which takes seconds to play, only those that it is about and D14 and D16. */
  triedAll: boolean;
  /** Of those, what was not played to its end, as the floods before it were as long as all may be together. */
  untried: string[][];
  /** Where they part before anything is mended; null where they part nowhere but in form. */
  parts: PartingPlace | null;
  /** What was mended, in the order in which it took them on; empty where no mend does. None can be left out. */
  mends: ProvenMend[];
}

/** How an answer to what is not understood goes, and who may speak: with these others may part the two. */
const TOGETHER = ['D14', 'D16'];

/**
 * Bytes that the clients of all plays of one proof take together at most. The flood that ships brings
 * twenty million where nothing stops it, in seconds; the other scenarios a few thousand, a hundred times.
 */
const MOST_BYTES = 24 * 2 ** 20;

/**
 * Looks for the mistakes of the original that part it from another server. What differs in form alone
 * is passed over: the difference itself says that.
 *
 * @param wire what the other server's clients got in this scenario
 * @param mostBytes that the clients of all plays take together
 */
export async function prove(
  scenario: Scenario,
  wire: readonly WireEvent[],
  mostBytes = MOST_BYTES,
): Promise<Proof> {
  const search = new Search(scenario, wire, mostBytes);
  const parts = await search.play([]);
  const found = withoutChance(parts ?? null, await search.best(parts ?? null));
  const triedAll = search.candidates === MENDABLE;
  const mends = await search.needed(found);
  return { triedAll, untried: search.untried, parts: parts ?? null, mends };
}

/**
 * Where the two do not come to be equal, a frame more that agrees in the same step of the same client may
 * agree by chance: such mends at the end prove nothing.
 */
function withoutChance(from: PartingPlace | null, mends: readonly ProvenMend[]): ProvenMend[] {
  const kept = [...mends];
  for (let last = kept.at(-1); last !== undefined && last.parts !== null; last = kept.at(-1)) {
    const before = kept.at(-2)?.parts ?? from;
    const isChance =
      before?.step === last.parts.step && before.difference.client === last.parts.difference.client;
    if (!isChance) break;
    kept.pop();
  }
  return kept;
}

/** Plays one scenario with one mend after another. */
class Search {
  readonly candidates: readonly string[];
  readonly untried: string[][] = [];
  #bytesLeft: number;
  readonly #scenario: Scenario;
  readonly #wire: readonly WireEvent[];
  readonly #clients: readonly string[];

  constructor(scenario: Scenario, wire: readonly WireEvent[], mostBytes: number) {
    this.#bytesLeft = mostBytes;
    this.#scenario = scenario;
    this.#wire = wire;
    this.#clients = clientsOf(scenario);
    const likely = [...(scenario.defects ?? []), ...TOGETHER];
    const about = MENDABLE.filter((one) => likely.includes(one));
    this.candidates = hasFlood(scenario) ? about : MENDABLE;
  }

  /** @returns undefined when the server does not come to rest, or sends too much: that proves nothing */
  async play(mended: readonly string[]): Promise<PartingPlace | null | undefined> {
    const mostReceived = this.#bytesLeft;
    try {
      const options = { profile: 'original', mended, mostReceived } as const;
      const { wire } = await simulate(this.#scenario, options);
      this.#bytesLeft -= lengthOf(wire);
      return firstPlace(this.#scenario, wire, this.#wire);
    } catch (error) {
      if (!(error instanceof PlayError)) throw error;
      if (error.why === 'endless') this.untried.push([...mended].sort());
      return undefined;
    }
  }

  /** Takes the mend that leads furthest, and goes on from there. */
  async best(from: PartingPlace | null): Promise<ProvenMend[]> {
    const mends: ProvenMend[] = [];
    for (let parts = from; parts !== null; ) {
      const before = mends.flatMap(({ defects }) => defects);
      const others = this.candidates.filter((one) => !before.includes(one));
      const pairs = TOGETHER.filter((one) => others.includes(one)).flatMap((one) =>
        others.filter((other) => other !== one).map((other) => [one, other].sort()),
      );
      const alone = others.map((one) => [one]);
      const next =
        (await this.#furthest(alone, before, parts)) ??
        (await this.#furthest(pairs, before, parts));
      if (next === null) break;
      mends.push(next);
      parts = next.parts;
    }
    return mends;
  }

  /** Leaves out what is not needed to come as far, and plays again what is left. */
  async needed(mends: readonly ProvenMend[]): Promise<ProvenMend[]> {
    let kept = mends.map(({ defects }) => defects);
    const end = mends.at(-1)?.parts ?? null;
    for (const defects of mends.length > 1 ? [...kept] : []) {
      const without = kept.filter((one) => one !== defects);
      const parts = await this.play(without.flat());
      const isAsFar =
        parts !== undefined && (end === null ? parts === null : !this.#isLater(end, parts));
      if (isAsFar) kept = without;
    }
    if (kept.length === mends.length) return [...mends];
    const found: ProvenMend[] = [];
    for (const [i, defects] of kept.entries()) {
      found.push({ defects, parts: (await this.play(kept.slice(0, i + 1).flat())) ?? null });
    }
    return found;
  }

  async #furthest(
    candidates: readonly string[][],
    before: readonly string[],
    from: PartingPlace,
  ): Promise<ProvenMend | null> {
    let best: ProvenMend | null = null;
    for (const defects of candidates) {
      const parts = await this.play([...before, ...defects]);
      if (parts === undefined || !this.#isLater(parts, best === null ? from : best.parts)) continue;
      best = { defects, parts };
      if (parts === null) break;
    }
    return best;
  }

  #isLater(a: PartingPlace | null, b: PartingPlace | null): boolean {
    return isLater(a, b, this.#clients);
  }
}

/** The first place in the scenario's order in which two servers part in more than form; null for none. */
export function firstPlace(
  scenario: Scenario,
  left: readonly WireEvent[],
  right: readonly WireEvent[],
): PartingPlace | null {
  const sides = [left, right].map((wire, i) => ({ name: String(i), wire, trace: null }));
  const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const clients = clientsOf(scenario);
  let first: PartingPlace | null = null;
  for (const difference of compare(scenario, a, b).wire) {
    if (difference.form !== null) continue;
    const { client, leftOffset, rightOffset } = difference;
    const step = Math.min(stepOf(left, client, leftOffset), stepOf(right, client, rightOffset));
    const bytes = streamsOf(scenario, right).get(client)?.bytes ?? new Uint8Array(0);
    const units = unitsOf(bytes).filter(({ end }) => end <= rightOffset).length;
    const place = { step, units, difference };
    if (first === null || isLater(first, place, clients)) first = place;
  }
  return first;
}

/** Bytes in all. */
function lengthOf(wire: readonly WireEvent[]): number {
  const lengths = wire.map((event) =>
    'end' in event ? 0 : (event.hex.length / 2) * (event.times ?? 1),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** The step in which a byte of a client came, or else its end; the last of all where neither did. */
function stepOf(wire: readonly WireEvent[], client: string, offset: number): number {
  let end = 0;
  for (const event of wire) {
    if (event.client !== client) continue;
    if ('end' in event) return event.step;
    end += event.hex.length / 2;
    if (offset < end) return event.step;
  }
  return Number.MAX_SAFE_INTEGER;
}

function isLater(
  a: PartingPlace | null,
  b: PartingPlace | null,
  clients: readonly string[],
): boolean {
  if (a === null || b === null) return a === null && b !== null;
  const byClient = clients.indexOf(a.difference.client) - clients.indexOf(b.difference.client);
  return (a.step - b.step || byClient || a.units - b.units) > 0;
}

/** Names in the order of connecting. */
function clientsOf({ steps }: Scenario): string[] {
  return steps.flat().flatMap((action) => (action.do === 'connect' ? [action.client] : []));
}
