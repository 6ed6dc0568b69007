import {
  checkScenario,
  fromHex,
  inspect,
  joinBytes,
  type Scenario,
  ScenarioError,
  type TraceEvent,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import type { Bug } from './exercise.js';
import { EXHIBITS, type Make } from './exhibits.js';
import { differs, lengthOf, shuffled, type Visit, visit } from './visit.js';

/** The length of the shortest scenario that is known, found by trying all that are shorter. */
const LEAST: Readonly<Record<Bug, number>> = {
  D14: 2,
  D17: 2,
  D20: 2,
  'one-read-one-message': 2,
  'text-from-chunks': 3,
  'mask-restarts': 3,
  'write-always-watched': 1,
  'fd-reused': 3,
  'removed-while-iterating': 4,
  'emfile-spin': 3,
};
const BUGS = Object.keys(LEAST) as Bug[];

/** No scenario here needs more, and one without end would not end. */
const MOST_LENGTH = 40;
/** Questions to one server: each bug could be asked for several times. */
const MOST_QUESTIONS = 60;
/** Of the order in which the servers without a label stand. */
const SEED = 19;

/** Three bugs that any cut or any two frames may show, and two that spin: each is taken for another. */
const ALIKE: readonly (readonly Bug[])[] = [
  ['one-read-one-message', 'text-from-chunks', 'mask-restarts'],
  ['write-always-watched', 'emfile-spin'],
];

/** Visits servers; the sound one is visited once for each scenario. */
class Museum {
  readonly #sound = new Map<string, Promise<Visit>>();

  async shows(scenario: Scenario, make: Make): Promise<{ shows: boolean; visit: Visit }> {
    const key = JSON.stringify(scenario.steps);
    const sound = this.#sound.get(key) ?? visit(scenario);
    this.#sound.set(key, sound);
    const seen = await visit(scenario, make);
    return { shows: differs(seen, await sound), visit: seen };
  }
}

function makeOf(bug: Bug): Make {
  const make = EXHIBITS.get(bug);
  if (make === undefined) throw new Error(`bug: no exhibit ${bug}`);
  return make;
}

/** Goes on only with a scenario that can be played. */
function playable(t: Checker, given: unknown): Scenario {
  let scenario: Scenario;
  try {
    scenario = checkScenario({ ...(given as Scenario), name: 'yours' }); // what it is called is all the same
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    t.fail('wrong.no-scenario', { problem: error.message });
  }
  const length = lengthOf(scenario);
  t.expect(length <= MOST_LENGTH, 'wrong.too-long', { length, most: MOST_LENGTH });
  return scenario;
}

/** A cut inside a payload: how many of its bytes stand in front of it, and the first behind it. */
interface Cut {
  before: number;
  next: number;
}

/** Where the pieces that clients send cut the payloads of their frames. */
function cutsOf({ steps }: Scenario): Cut[] {
  const streams = new Map<string, string[]>();
  for (const action of steps.flat()) {
    const pieces =
      action.do === 'send' ? [action.hex] : action.do === 'pieces' ? action.pieces : [];
    const client = 'client' in action ? action.client : '';
    streams.set(client, [...(streams.get(client) ?? []), ...pieces]);
  }
  return [...streams.values()].flatMap((pieces) => {
    const parts = pieces.map(bytesIn);
    const { frames } = inspect(joinBytes(parts), { role: 'client' });
    let end = 0;
    return parts.flatMap((part) => {
      end += part.length;
      return frames.flatMap(({ offset, length, payload }) => {
        const bytes = bytesIn(payload.hex);
        const before = end - (offset + length - bytes.length);
        const next = bytes[before];
        return before > 0 && next !== undefined ? [{ before, next }] : [];
      });
    });
  });
}

/** The bytes of hex with or without spaces, which was checked before. */
function bytesIn(hex: string): Uint8Array {
  return fromHex(hex.replace(/\s/g, '')) ?? new Uint8Array(0);
}

/** What is probably believed by someone whose scenario does not show its bug; each is looked up in it. */
function misconception(bug: Bug, scenario: Scenario, events: readonly TraceEvent[]): string {
  const cuts = cutsOf(scenario);
  const isCut = cuts.length > 0;
  if (bug === 'mask-restarts' && isCut && cuts.every(({ before }) => before % 4 === 0)) {
    return 'wrong.cut-at-four';
  }
  const isInside = ({ next }: Cut): boolean => (next & 0b1100_0000) === 0b1000_0000;
  if (bug === 'text-from-chunks' && isCut && !cuts.some(isInside)) return 'wrong.cut-between';
  if (bug === 'emfile-spin') return 'wrong.room-left';
  const needsTwo = bug === 'fd-reused' || bug === 'removed-while-iterating';
  const haveOwnTurns = events.every((one) => one.step !== 'select' || one.readyRead.length <= 1);
  return needsTwo && haveOwnTurns ? 'wrong.own-turn' : 'wrong.shows-nothing';
}

async function checkShortest(
  shortest: (bug: Bug) => Scenario,
  t: Checker,
  museum: Museum,
): Promise<void> {
  for (const bug of BUGS) {
    t.step('step.shortest', { bug });
    const scenario = playable(t, shortest(bug));
    const { shows, visit: seen } = await museum.shows(scenario, makeOf(bug));
    t.trace = seen.events;
    t.expect(shows, misconception(bug, scenario, seen.events), { bug });
    const [length, least] = [lengthOf(scenario), LEAST[bug]];
    t.expect(length <= least, 'wrong.not-shortest', { bug, length, least });
  }
}

async function checkNames(
  nameBug: (shows: (scenario: Scenario) => Promise<boolean>) => Promise<Bug>,
  t: Checker,
  museum: Museum,
): Promise<void> {
  for (const [i, bug] of shuffled(BUGS, SEED).entries()) {
    t.step('step.name', { number: i + 1, count: BUGS.length });
    let questions = 0;
    const given = await nameBug(async (scenario) => {
      t.expect(++questions <= MOST_QUESTIONS, 'wrong.asks-on', { most: MOST_QUESTIONS });
      const { shows, visit: seen } = await museum.shows(playable(t, scenario), makeOf(bug));
      t.trace = seen.events;
      return shows;
    });
    t.expect(BUGS.includes(given), 'wrong.no-name', { given: String(given) });
    if (given === bug) continue;
    const [cut, spin] = ALIKE.map((some) => some.includes(given) && some.includes(bug));
    const isSpinTaken = bug === 'write-always-watched';
    t.equal(
      given,
      bug,
      cut ? 'wrong.cut-shows-three' : spin || isSpinTaken ? 'wrong.spins-always' : 'wrong.name',
    );
  }
}

export default (async ({ shortest, nameBug }, t) => {
  const museum = new Museum();
  await checkShortest(shortest, t, museum);
  await checkNames(nameBug, t, museum);
}) satisfies Check<typeof import('./exercise.js')>;
