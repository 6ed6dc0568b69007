/**
 * A city: many loops and one broker on a simulated network, one person on each loop, and what goes
 * through the broker. What is counted are bytes and copies: a simulated network has no processor.
 * @module
 */

import { SimLoops } from './sim-loops.js';

/** What was counted. */
export interface City {
  /** Copies of one text that the broker sends. */
  copies: number;
  /** What it sends in a second in which nobody says anything: who is there. */
  listBytes: number;
  /** What all loops together send to their people when one person more logs in. */
  loginBytes: number;
  /** Seconds from its coming back until the last loop is there. */
  backSeconds: number;
  /** Loops that came within the same tenth of a second, at the most. */
  backAtOnce: number;
}

/** Milliseconds that the lists are counted for: each loop looks as often in it. */
const QUIET_MS = 4_000;
/** Milliseconds that the broker is away, and within which all are back. */
const AWAY_MS = 3_000;
const BACK_MS = 10_000;

/** As by chance, which is how loops choose theirs: all that they do by it is spread. */
const idOf = (n: number): string =>
  Math.imul(n, 0x9e37_79b1).toString(16).replace('-', '').padStart(8, '0').padEnd(16, '0');

/** Plays one. */
export async function city(loops: number): Promise<City> {
  const world = await SimLoops.open(loops, { seed: 7, idOf });
  const counted = { ofBroker: 0, toPeople: 0 };
  world.sim.rule(({ from, to, bytes }) => {
    if (from === 'broker') counted.ofBroker += bytes.length;
    if (to.startsWith('machine')) counted.toPeople += bytes.length;
    return undefined;
  });
  const people = [];
  for (const [i, loop] of world.loops.entries()) people.push(await world.join(loop, `person ${i}`));
  await world.pass(QUIET_MS);

  const dealtWith = (): number =>
    world.loops.reduce(
      (sum, loop) => sum + loop.did('message').length + loop.did('drop').length,
      0,
    );
  const before = dealtWith();
  people[0]?.say({ type: 'user', content: 'hello, city' });
  await world.pass(100);
  const copies = dealtWith() - before;

  counted.ofBroker = 0;
  await world.pass(QUIET_MS);
  const listBytes = Math.round(counted.ofBroker / (QUIET_MS / 1_000));

  counted.toPeople = 0;
  const [first] = world.loops;
  if (first !== undefined) await world.join(first, 'one more');
  await world.pass(1_000);
  const loginBytes = counted.toPeople;

  world.broker.kill();
  await world.pass(AWAY_MS);
  const at = world.sim.now();
  await world.startBroker();
  await world.pass(BACK_MS);
  const back = world.loops.flatMap(({ events }) =>
    events.filter((one) => one.step === 'broker' && one.do === 'connect' && one.t > at),
  );
  if (back.length !== loops) throw new Error(`${back.length} of ${loops} loops are back`);
  const tenths = new Map<number, number>();
  for (const { t } of back) {
    const tenth = Math.floor((t - at) / 100);
    tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
  }
  const last = Math.max(...back.map(({ t }) => t));
  return {
    ...{ copies, listBytes, loginBytes },
    backSeconds: Math.round((last - at) / 100) / 10,
    backAtOnce: Math.max(...tenths.values()),
  };
}
