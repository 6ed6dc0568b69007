import { checkScenario, type Scenario, ScenarioError } from 'loopscope';
import type { Check, Checker } from 'loopscope/node';
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

/** What is probably believed by someone whose scenario does not show its bug. */
function misconception(bug: Bug, { steps }: Scenario): string {
  const actions = steps.flat();
  const has = (...kinds: string[]): boolean => actions.some((action) => kinds.includes(action.do));
  const isCut = has('pieces') || actions.filter((action) => action.do === 'send').length > 1;
  if (bug === 'mask-restarts' && isCut) return 'wrong.cut-at-four';
  if (bug === 'text-from-chunks' && isCut) return 'wrong.cut-between';
  if (bug === 'emfile-spin') return 'wrong.room-left';
  const inOneTurn = bug === 'fd-reused' || bug === 'removed-while-iterating';
  if (inOneTurn && !has('pause')) return 'wrong.own-turn';
  return 'wrong.shows-nothing';
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
    t.expect(shows, misconception(bug, scenario), { bug });
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
