import { describe, expect, test } from 'vitest';
import { COMMON, choice } from '../../src/page/address.js';
import { forkFile, partingWords } from '../../src/page/fork/state.js';
import { Session } from '../../src/page/session.js';
import { walkSavings } from '../../src/page/shared/savings.js';
import { checkScenario } from '../../src/scenario/scenario.js';
import { simulate } from '../../src/scenario/simulate.js';
import { readTouch, type Touch } from '../../src/scenario/touch.js';
import { formatEvent, readTrace } from '../../src/trace/ndjson.js';

async function open(hash: string): Promise<Session> {
  const session = new Session({ view: choice('loop', 'bytes'), ...COMMON });
  await session.follow(hash);
  return session;
}

const lines = (session: Session): string[] => session.walk.events.value.map(formatEvent);
const others = (session: Session): string[] | undefined =>
  session.forks.other.value?.map(formatEvent);
const touchOf = (text: string): Touch => {
  const touch = readTouch(text);
  if (touch === null) throw new Error(text);
  return touch;
};

/** Ada says hello in act 7. */
async function forked(touch = 'A@7:cut'): Promise<Session> {
  const session = await open('#seed=7&step=40');
  await session.fork(touchOf(touch));
  return session;
}

describe('a fork in the page', () => {
  test('stands where both part, says it, and draws the first run beside it', async () => {
    const first = await open('#seed=7&step=40');
    const session = await forked();
    const { forks, walk } = session;
    const both = forks.forked.value;
    expect(both?.difference).not.toBeNull();
    expect(walk.position.value).toBe((both?.difference?.right ?? 0) + 1);
    expect(both && partingWords(both, 'fork').replaceAll(/[\u2068\u2069]/g, '')).toBe(
      `Here they part, at step ${walk.position.value}: arrive (fd 4: 19 bytes arrived) in the fork, arrive (fd 4: 39 bytes arrived) in the first run.`,
    );
    expect(others(session)).toEqual(lines(first));
    expect(lines(session).slice(0, 40)).toEqual(lines(first).slice(0, 40));
    expect(lines(session)).not.toEqual(lines(first));
  });

  test('is in the address, which gives the same two traces at the same step', async () => {
    const session = await forked();
    expect(session.address.value).toBe(
      `#view=loop&seed=7&step=${session.walk.position.value}&fork=A@7:cut`,
    );
    const again = await open(session.address.value);
    expect(lines(again)).toEqual(lines(session));
    expect(others(again)).toEqual(others(session));
    expect(again.walk.position.value).toBe(session.walk.position.value);
    expect(again.address.value).toBe(session.address.value);
    expect(again.notices.value).toEqual([]);
  });

  test('is left by the address that one came from, and found again by its own', async () => {
    const session = await open('#seed=7&step=40');
    const before = { address: session.address.value, lines: lines(session) };
    await session.fork(touchOf('A@7:lose'));
    const there = { address: session.address.value, lines: lines(session) };
    await session.follow(before.address);
    expect([lines(session), others(session)]).toEqual([before.lines, undefined]);
    expect(session.walk.position.value).toBe(40);
    await session.follow(there.address);
    expect([lines(session), others(session)]).toEqual([there.lines, before.lines]);
    expect(session.address.value).toBe(there.address);
  });

  test('is stepped, or the first run is; where they part one stays there', async () => {
    const session = await forked('A@7:delay');
    const { forks, walk } = session;
    const { left, right } = forks.forked.value?.difference ?? {};
    const [fork, first] = [lines(session), others(session)];
    expect(walk.position.value).toBe((right ?? 0) + 1);
    forks.step('first');
    expect(walk.position.value).toBe((left ?? 0) + 1);
    expect([lines(session), others(session)]).toEqual([first, fork]);
    expect(session.address.value).toContain('&fork=A@7:delay&stepped=first');
    const again = await open(session.address.value);
    expect([lines(again), others(again)]).toEqual([first, fork]);
    expect(again.walk.position.value).toBe(walk.position.value);
    walk.seek(3);
    forks.step('fork');
    expect(walk.position.value).toBe(3);
    forks.toParting();
    expect(walk.position.value).toBe((right ?? 0) + 1);
  });

  test('is dropped, and the address forgets it', async () => {
    const session = await forked();
    const first = others(session);
    session.forks.drop();
    expect([lines(session), others(session)]).toEqual([first, undefined]);
    expect(session.address.value).not.toContain('fork');
    expect(session.address.value).not.toContain('stepped');
  });

  test('that is still being played when another run is chosen is forgotten', async () => {
    const session = await open('#seed=7&step=40');
    const forking = session.fork(touchOf('A@7:cut'));
    await session.choose({ scenario: 'ping' });
    await forking;
    expect(session.forks.forked.value).toBeNull();
    expect(session.isBusy.value).toBe(false);
    expect(session.address.value).toBe('#view=loop&scenario=ping&seed=7');
  });

  test('is laid away with its run', async () => {
    const session = await forked();
    await session.choose({ seed: '8' });
    expect(session.forks.forked.value).toBeNull();
    expect(session.address.value).toBe('#view=loop&seed=8');
    await session.fork(touchOf('A@7:reset'));
    session.openTrace('my.ndjson', `${lines(session).join('\n')}\n`);
    expect(session.forks.other.value).toBeNull();
    expect(session.address.value).not.toContain('fork');
  });

  test('that changes nothing says so', async () => {
    const session = await forked('B@7:stop');
    const both = session.forks.forked.value;
    expect(both?.difference).toBeNull();
    expect(both && partingWords(both, 'fork')).toBe(
      'The loop does the same in both: all that is sent to B fits into the buffers of the kernel.',
    );
    expect(session.walk.position.value).toBe(40);
  });

  test.each([
    ['A', 'The address has fork=A, which cannot be; "" was taken.'],
    ['A@7:burn', 'The address has fork=A@7:burn, which cannot be; "" was taken.'],
    ['A@99:cut', 'The address has fork=A@99:cut, and the scenario has no act 99; it is left out.'],
    ['Z@7:cut', 'The address has fork=Z@7:cut, and by act 7 no Z has connected; it is left out.'],
    [
      'B@7:cut',
      'The address has fork=B@7:cut, and in act 7 B sends no bytes that could be; it is left out.',
    ],
    ['A@7:read', 'The address has fork=A@7:read, and in act 7 A reads as it is; it is left out.'],
  ])('%s cannot be: one sentence, and the run as it is', async (fork, sentence) => {
    const session = await open(`#seed=7&step=40&fork=${fork}&stepped=first`);
    expect(session.notices.value).toEqual([sentence]);
    expect(session.forks.forked.value).toBeNull();
    expect(session.walk.position.value).toBe(40);
    expect(session.address.value).toBe('#view=loop&seed=7&step=40');
  });

  test.each(['A@7:cut', 'B@8:lose', 'A@7:reset', 'B@7:stop'])(
    '%s is saved as a scenario that plays the same',
    async (touch) => {
      const session = await forked(touch);
      const both = session.forks.forked.value;
      if (both === null) throw new Error('bug: there is no fork');
      const { name, text } = forkFile(both);
      const saved = checkScenario(JSON.parse(text));
      expect(name).toBe('two-clients-fork.json');
      expect(saved.description).toMatch(/^two-clients\. Fork: .*\.$/);
      const { events } = await simulate(saved, { seed: 7, profile: 'rfc6455' });
      expect(events.map(formatEvent)).toEqual(lines(session));
    },
  );
});

describe('a trace that is saved', () => {
  const saved = (session: Session): string => {
    const [first] = walkSavings(session.walk, 'a', session.maker.value);
    return first?.make() as string;
  };

  test('begins with what made it, and is read again as it was', async () => {
    const session = await open('#seed=7&profile=original');
    const { maker, events } = readTrace(saved(session));
    const page = { clock: 'virtual', recorder: 'page' };
    expect(maker).toEqual({ program: 'loopscope', profile: 'original', ...page });
    expect(events.map(formatEvent)).toEqual(lines(session));
  });

  test('and was opened before, says what it said, or nothing', async () => {
    const session = await open('#seed=7');
    const text = lines(session).join('\n');
    session.openTrace('plain.ndjson', text);
    expect(saved(session)).toBe(`${text}\n`);
    const first =
      '{"v":1,"made":{"program":"mine","profile":"x","clock":"real","recorder":"strace"}}';
    session.openTrace('made.ndjson', `${first}\n${text}`);
    expect(saved(session)).toBe(`${first}\n${text}\n`);
  });
});
