import { describe, expect, test } from 'vitest';
import { writeEnvelope } from '../../src/broker/envelope.js';
import { encodeCommand } from '../../src/broker/resp.js';
import { joinBytes } from '../../src/bytes.js';
import { delay } from '../../src/net/sim.js';
import { LONG_MS, type SimLoop, SimLoops, type SimMember } from '../support/sim-loops.js';

/** Two loops with one person each, who have heard of each other. */
async function twoPeople(options: Parameters<typeof SimLoops.open>[1] = {}): Promise<{
  world: SimLoops;
  a: SimLoop;
  b: SimLoop;
  ada: SimMember;
  ming: SimMember;
}> {
  const world = await SimLoops.open(2, options);
  const [a, b] = world.loops as [SimLoop, SimLoop];
  const ada = await world.join(a, 'Ada');
  const ming = await world.join(b, '小明');
  await world.pass(20);
  expect(ada.list).toEqual(['Ada', '小明']);
  expect(ming.list).toEqual(['Ada', '小明']);
  return { world, a, b, ada, ming };
}

/** Anyone at all who may publish at the broker. */
async function publish(world: SimLoops, ...texts: string[]): Promise<void> {
  const stranger = world.sim.host(`stranger${world.sim.now()}`, { address: '10.0.2.1' });
  const connecting = stranger.connect({ host: 'broker', port: 6379 });
  await world.pass(10);
  const fd = await connecting;
  let bytes = joinBytes(texts.map((text) => encodeCommand('PUBLISH', 'loopscope:room', text)));
  while (bytes.length > 0) {
    bytes = bytes.subarray(stranger.send(fd, bytes.subarray(0, 100_000)));
    await world.pass(10);
  }
}

const other = (n: number, content: string, loop = 'feedfeedfeedfeed'): string =>
  writeEnvelope({ loop, n, message: { type: 'user', from: 'Eve', content } });

describe('what is said', () => {
  test('is heard in the other loop, and by everyone once', async () => {
    const { world, a, ada, ming } = await twoPeople();
    ada.say({ type: 'user', content: 'hello' });
    await world.pass(20);
    expect(ada.texts()).toEqual(['Ada: hello']);
    expect(ming.texts()).toEqual(['Ada: hello']);
    expect(a.did('drop')).toEqual(['our own, come back', 'our own, come back']);
  });

  test('in one loop comes in its order, whatever is said meanwhile in others', async () => {
    const { world, ada, ming } = await twoPeople();
    for (let i = 0; i < 50; i++) {
      ada.say({ type: 'user', content: `a${i}` });
      ming.say({ type: 'user', content: `b${i}` });
      if (i % 7 === 0) await world.pass(1);
    }
    await world.pass(50);
    const [hers, his] = [ada.texts(), ming.texts()];
    for (const heard of [hers, his]) {
      expect(heard).toHaveLength(100);
      for (const name of ['Ada: a', '小明: b']) {
        const said = heard.filter((text) => text.startsWith(name));
        expect(said).toEqual(Array.from({ length: 50 }, (_, i) => `${name}${i}`));
      }
    }
  });

  test('a flood from the other loops has its share of a turn, and those here go on', async () => {
    const { world, b, ada, ming } = await twoPeople();
    for (let i = 0; i < 900; i++) ada.say({ type: 'user', content: `${i}` });
    ming.say({ type: 'user', content: 'between' });
    await world.pass(200);
    expect(ming.texts()).toHaveLength(901);
    let inTurn = 0;
    for (const event of b.events) {
      if (event.step === 'select') inTurn = 0;
      if (event.step === 'broker' && event.do === 'message') inTurn++;
      expect(inTurn).toBeLessThanOrEqual(256);
    }
    expect(b.events.some((event) => event.step === 'select' && event.pending?.includes(3))).toBe(
      true,
    );
  });

  test('of one name there may be several, in one loop and in two', async () => {
    const { world, b, ada } = await twoPeople();
    const second = await world.join(b, 'Ada');
    await world.pass(20);
    expect(ada.list).toEqual(['Ada', '小明', 'Ada']);
    second.host.close(second.fd);
    await world.pass(20);
    expect(ada.list).toEqual(['Ada', '小明']);
  });
});

describe('a message that comes again, or late', () => {
  test('is dealt with once', async () => {
    const { world, ada, a } = await twoPeople();
    await publish(world, other(1, 'one'), other(1, 'one'), other(2, 'two'), other(1, 'one'));
    expect(ada.texts()).toEqual(['Eve: one', 'Eve: two']);
    expect(a.did('drop').filter((why) => why.startsWith('heard before'))).toHaveLength(2);
  });

  test('what was lost on the way makes a loop look who is there', async () => {
    const { world, ada, a } = await twoPeople();
    const looks = a.did('look').length;
    await publish(world, other(1, 'one'), other(5, 'five'));
    expect(ada.texts()).toEqual(['Eve: one', 'Eve: five']);
    expect(a.did('look').length).toBeGreaterThan(looks);
  });

  test('slow ways change nothing but the time', async () => {
    const { world, ada, ming } = await twoPeople();
    world.sim.rule(delay(900), { from: 'broker', to: 'loop2' });
    ada.say({ type: 'user', content: 'late' });
    await world.pass(500);
    expect(ming.texts()).toEqual([]);
    await world.pass(600);
    expect(ming.texts()).toEqual(['Ada: late']);
    await world.pass(LONG_MS);
    expect(ming.system).toEqual([]);
    expect(ming.list).toEqual(['Ada', '小明']);
  });
});

describe('a loop that dies', () => {
  test('is gone within seconds, and those in it are announced as gone, once', async () => {
    const { world, b, ada } = await twoPeople();
    await world.join(b, '小玲');
    await world.pass(20);
    expect(ada.list).toEqual(['Ada', '小明', '小玲']);
    ada.news();
    b.kill();
    await world.pass(8_000);
    const gone = ada.news();
    expect(gone.map(({ type, content }) => `${type} ${content}`)).toEqual([
      'logout 小明',
      'logout 小玲',
    ]);
    expect(ada.list).toEqual(['Ada']);
    await world.pass(LONG_MS);
    expect(ada.news()).toEqual([]);
  });

  test('and one that ends in good order at once', async () => {
    const { world, b, ada } = await twoPeople();
    const stopping = b.stop();
    await world.pass(2_500);
    await stopping;
    expect(ada.list).toEqual(['Ada']);
    expect(b.host.openFds).toEqual([]);
  });

  test('another that starts sees who is there before its first client', async () => {
    const { world } = await twoPeople();
    await world.pass(200); // who is there is written at the broker soon, not at once
    const c = await world.addLoop();
    const ling = await world.join(c, '小玲');
    expect(ling.list).toEqual(['Ada', '小明', '小玲']);
  });
});

describe('a broker that dies', () => {
  test('is told once; each loop goes on for its own, and comes back with a fresh list', async () => {
    const { world, a, b, ada, ming } = await twoPeople();
    world.broker.kill();
    await world.pass(10_000);
    expect(ada.system).toEqual([expect.stringContaining('the broker is away')]);
    ada.say({ type: 'user', content: 'alone' });
    await world.pass(10);
    expect(ada.texts()).toEqual(['Ada: alone']);
    expect(ada.list).toEqual(['Ada']);
    const ling = await world.join(b, '小玲');
    await world.startBroker();
    await world.pass(6_000);
    expect(ada.system.at(-1)).toMatch(/the broker is back/);
    expect(ada.system).toHaveLength(2);
    for (const one of [ada, ming, ling]) expect(one.list).toEqual(['Ada', '小明', '小玲']);
    ada.say({ type: 'user', content: 'together' });
    await world.pass(20);
    expect(ming.texts()).toEqual(['Ada: together']);
    expect(a.did('connect')).toHaveLength(2);
  });

  test('who comes meanwhile wakes the loop no more often than who comes at any time', async () => {
    const { world, b } = await twoPeople();
    world.broker.kill();
    await world.pass(10_000);
    const selects = (): number => b.events.filter(({ step }) => step === 'select').length;
    await world.join(b, '小玲');
    const before = selects();
    await world.pass(3_000);
    expect(selects() - before).toBeLessThan(20);
  });

  test('is tried less and less often, not by all loops at once', async () => {
    const { world, a } = await twoPeople();
    world.broker.kill();
    await world.pass(60_000);
    const times = a.events.flatMap((event) =>
      event.step === 'broker' && event.do === 'lost' ? [event.t] : [],
    );
    const waits = times.slice(1).map((t, i) => t - (times[i] ?? 0));
    expect(waits[0]).toBeGreaterThan(100);
    expect(waits.at(-1)).toBeGreaterThan(2_400);
    expect(times.length).toBeLessThan(40);
    expect(Math.max(...waits)).toBeLessThan(5_100);
  });

  test('back at once, it costs nobody their place in the list', async () => {
    const { world, ada } = await twoPeople();
    ada.news();
    world.broker.kill();
    await world.startBroker();
    await world.pass(4_000);
    expect(ada.news().map(({ type }) => type)).toEqual(['system', 'system']);
  });
});

describe('a partition', () => {
  test('parts the loops as long as it lasts, and both sides are told', async () => {
    const { world, a, ada, ming } = await twoPeople();
    const from = world.sim.now();
    const isCut = (): boolean => world.sim.now() < from + 20_000;
    world.sim.rule(() => (isCut() ? { pieces: [], cut: 'silence' } : undefined), {
      from: 'loop1',
      to: 'broker',
    });
    ada.say({ type: 'user', content: 'lost' });
    await world.pass(15_000);
    expect(ada.system).toEqual([expect.stringContaining('the broker is away')]);
    expect(ada.list).toEqual(['Ada']);
    expect(ming.list).toEqual(['小明']);
    expect(a.did('lost')[0]).toBe('the broker has not answered for 5 s');
    await world.pass(25_000);
    expect(ada.list).toEqual(['Ada', '小明']);
    expect(ming.list).toEqual(['Ada', '小明']);
    ada.say({ type: 'user', content: 'heard' });
    await world.pass(20);
    expect(ming.texts()).toEqual(['Ada: heard']);
  });
});

describe('a slow broker', () => {
  test('is given up when more waits for it than may', async () => {
    const { world, a, ada } = await twoPeople({ maxOutbox: 100_000 });
    world.brokerHost.pause();
    for (let i = 0; i < 60 && a.did('lost').length === 0; i++) {
      ada.say({ type: 'user', content: 'x'.repeat(20_000) });
      await world.pass(10);
      ada.news();
    }
    expect(a.did('lost')).toEqual(['more than 100000 bytes wait for the broker to take them']);
    expect(ada.system).toEqual([expect.stringContaining('the broker is away')]);
    world.brokerHost.resume();
    await world.pass(2_000);
    expect(ada.system.at(-1)).toMatch(/back/);
  });

  test('a loop that stood still itself does not take it for dead', async () => {
    const { world, a } = await twoPeople();
    a.host.pause();
    await world.pass(60_000);
    a.host.resume();
    await world.pass(5_000);
    expect(a.did('lost')).toEqual([]);
  });
});

describe('a hostile publisher', () => {
  const HOSTILE = [
    ['no JSON', 'hello'],
    ['no JSON', '{"v":1,'],
    ['nothing that a loop of this room writes', '[]'],
    ['nothing that a loop of this room writes', 'null'],
    ['nothing that a loop of this room writes', '{"v":2,"loop":"feedfeedfeedfeed","n":1}'],
    ['nothing that a loop of this room writes', '['.repeat(100_000)],
    ['nothing that a loop of this room writes', other(1, 'x', 'short')],
    ['nothing that a loop of this room writes', other(-1, 'x')],
    ['nothing that a loop of this room writes', other(1, 'x').replace('"Eve"', '"\\u202eevE"')],
    ['nothing that a loop of this room writes', other(1, 'x').replace('"user"', '"system"')],
    ['longer than any loop writes', 'x'.repeat((2 << 20) + 1)],
    ['heard before, or later than what came behind it', other(0, 'x', '0000000000000002')],
    ['our own, come back', other(99, 'x', '0000000000000001')],
  ];

  test.each(HOSTILE)('%s: one line of the trace, and nothing is relayed', async (why, text) => {
    const { world, a, ada } = await twoPeople();
    const before = a.did('drop').length;
    ada.news();
    await publish(world, text as string);
    await world.pass(1_000); // the longest is long on its way
    expect(a.did('drop').slice(before)).toEqual([why]);
    expect(ada.news()).toEqual([]);
    ada.say({ type: 'user', content: 'still here' });
    await world.pass(10);
    expect(ada.texts()).toEqual(['Ada: still here']);
  });

  test('foreign keys are left behind', async () => {
    const { world, ada } = await twoPeople();
    ada.news();
    const text = other(1, 'x').replace('"from"', '"user_list":["Mallory"],"from"');
    await publish(world, text);
    expect(ada.news()).toEqual([{ type: 'user', from: 'Eve', content: 'x' }]);
  });

  test('loops without end take no memory without end', async () => {
    const { world, a } = await twoPeople();
    const many = Array.from({ length: 1_100 }, (_, i) =>
      other(1, 'x', `abcd${i.toString(16).padStart(12, '0')}`),
    );
    await publish(world, ...many);
    const dropped = a.did('drop').filter((why) => why.startsWith('from more loops'));
    expect(dropped).toHaveLength(101); // the other loop of the room is one of the thousand
  });
});

describe('a password', () => {
  test('opens the broker, and stands in no step', async () => {
    const world = await SimLoops.open(1, { password: 'secret', broker: { password: 'secret' } });
    const [a] = world.loops;
    expect(a?.did('connect')).toEqual(['redis://broker:6379']);
    expect(JSON.stringify(a?.events)).not.toContain('secret');
  });

  test.each([null, 'wrong'])('%s does not: open says why', async (password) => {
    await expect(SimLoops.open(1, { password, broker: { password: 'secret' } })).rejects.toThrow(
      /the broker (asks for a password|refuses: WRONGPASS)/,
    );
  });
});
