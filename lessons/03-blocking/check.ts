import { type Scenario, script, simulate, type TraceEvent } from 'loopscope';
import { type Check, openNetworks } from 'loopscope/lesson';
import { type Guest, play, type Style } from './blocking.js';
import type { StandsIn } from './exercise.js';

/** A trace, and which of its beginnings are asked about: the last `ends`, each one event longer. */
interface Tried {
  trace: string;
  events: readonly TraceEvent[];
  ends: number;
}

const ALAN = { name: 'Alan', silentMs: 5_000 };
const BOB = { name: 'Bob', silentMs: 9_000 };
const TALKERS = ['Ada', 'Grace', '小明'].map((name) => ({ name, silentMs: 0 }));

async function evening(style: Style, guests: readonly Guest[]): Promise<readonly TraceEvent[]> {
  return (await play(openNetworks({ network: 'sim' }), style, guests)).events;
}

/** The mirror of the original: a client stops reading, and a blocking write waits for it. */
function slowReader(): Scenario {
  const { connect, flood, handshake, scenario, stop } = script;
  return scenario('slow', 'B stops reading while A talks, then C connects.')
    .joins('A', 'Ada')
    .step(connect('B', 4_096))
    .step(handshake('B'))
    .step(stop('B'), flood('A', JSON.stringify({ type: 'user', content: 'x'.repeat(2_000) }), 500))
    .step(connect('C'))
    .step(connect('D'));
}

/** The call in which the loop stands still: the last step that is the loop's own. */
function standing(events: readonly TraceEvent[]): StandsIn | null {
  const last = events.findLast(({ step }) => step !== 'arrive' && step !== 'act');
  return last?.step === 'block' ? { fd: last.fd, syscall: last.syscall } : null;
}

function queueLength(events: readonly TraceEvent[]): number {
  let length = 0;
  for (const event of events) {
    if (event.step === 'arrive' && event.kind === 'connect') length++;
    if (event.step === 'accept') length--;
  }
  return length;
}

/** What is probably believed by someone who gives this. */
function misconception(
  events: readonly TraceEvent[],
  expected: StandsIn | null,
  given: StandsIn | null,
): string {
  if (expected !== null) return given === null ? 'wrong.arrive' : 'wrong.which';
  return events.some(({ step }) => step === 'block') ? 'wrong.over' : 'wrong.goes-on';
}

/** What was given, without what else may be in it. */
function readable(given: StandsIn | null | undefined): StandsIn | null {
  return given ? { fd: given.fd, syscall: given.syscall } : null;
}

export default (async ({ standsIn, waiting }, t) => {
  const slow = await simulate(slowReader(), { profile: 'original' });
  const all = Number.POSITIVE_INFINITY;
  const tries: Tried[] = [
    { trace: 'select', events: await evening('select', [ALAN, ...TALKERS]), ends: all },
    { trace: 'one', events: await evening('at-once', [ALAN, ...TALKERS]), ends: all },
    { trace: 'two', events: await evening('at-once', [...TALKERS, ALAN, BOB]), ends: all },
    { trace: 'slow', events: slow.events, ends: 20 },
  ];
  for (const { trace, events, ends } of tries) {
    for (let length = Math.max(1, events.length - ends); length <= events.length; length++) {
      const beginning = events.slice(0, length);
      const last = beginning.at(-1)?.step ?? '';
      const expected = standing(beginning);
      const values = { fd: expected?.fd ?? 0, syscall: expected?.syscall ?? '', last };
      t.step(`step.stands-${trace}`, { length, last });
      t.trace = beginning;
      const given = readable(standsIn(beginning));
      t.equal(given, expected, misconception(beginning, expected, given), values);
      t.step(`step.waiting-${trace}`, { length, last });
      t.trace = beginning;
      t.equal(waiting(beginning), queueLength(beginning), 'wrong.waiting');
    }
  }
}) satisfies Check<typeof import('./exercise.js')>;
