import { afterEach, describe, expect, test } from 'vitest';
import { classLessons } from '../../src/class/lessons.js';
import { actsOf, isPlayed, type PlayedLesson, rolesOf } from '../../src/class/played.js';
import { PRANKS } from '../../src/class/pranks.js';
import { Rehearsal } from '../../src/class/rehearsal.js';
import { ClassRoom } from '../../src/class/room.js';
import { ClassState, countsOf } from '../../src/class/state.js';
import { ForwardingNet } from '../../src/net/forwarding-net.js';
import type { Fd } from '../../src/net/net.js';
import { SimRoom } from '../support/sim-room.js';

const lessons = classLessons();
const LESSONS: PlayedLesson[] = [0, 7].map((number) => ({
  number,
  answer: lessons.get(number)?.answer ?? '',
  mistakes: ['wrong.one', 'wrong.two'],
}));
const TALK = ['hello', 'what is an fd?'];
const MINUTE = 60_000;

describe('the plan of a rehearsal', () => {
  const options = { seed: 7, lessons: LESSONS, lines: TALK.length };
  const planned = (seed: number, index: number): unknown[] => {
    const [role] = rolesOf(30, seed).slice(index);
    if (role === undefined) throw new Error('nobody');
    const acts = actsOf(role, { ...options, seed });
    return Array.from({ length: 100 }, () => acts.next().value);
  };

  test('is the same by the same seed, for each of them, and another by another', () => {
    expect(rolesOf(30, 7)).toEqual(rolesOf(30, 7));
    for (let index = 0; index < 30; index++) {
      expect(planned(7, index)).toEqual(planned(7, index));
      expect(planned(7, index)).not.toEqual(planned(8, index));
    }
    expect(planned(7, 3)).not.toEqual(planned(7, 4));
  });

  test('has one who is slow and one who is hostile, and no two of a name or a key', () => {
    const roles = rolesOf(100, 7);
    for (const kind of ['slow', 'hostile']) {
      expect(roles.filter((role) => role.kind === kind)).toHaveLength(1);
    }
    expect(new Set(roles.map(({ name }) => name)).size).toBe(100);
    expect(new Set(roles.map(({ person }) => person)).size).toBe(100);
    expect(roles.every(({ person }) => isPlayed(person))).toBe(true);
    expect(rolesOf(1, 7).map(({ kind }) => kind)).toEqual(['student']);
  });

  test('has talk, work, leaving in both ways, and each prank', () => {
    const all = JSON.stringify(Array.from({ length: 30 }, (_, index) => planned(7, index)));
    const parts = ['"talk"', '"opened"', '"checked"', '"isCut":true', '"isCut":false', 'endless'];
    for (const part of [...parts, ...PRANKS.map((prank) => `"${prank}"`)]) {
      expect(all).toContain(part);
    }
  });
});

describe('a rehearsal of thirty', () => {
  let end: () => Promise<void> = async () => {};
  afterEach(() => end());

  /** A class's room on the simulated network, and thirty who are on their way. */
  async function begin() {
    const state = new ClassState();
    const room = new ClassRoom({
      state,
      lessons,
      keep(records) {
        for (const { is } of records) kept.push(is);
        return null;
      },
      changed: () => {},
    });
    const kept: string[] = [];
    const served = await SimRoom.open({ application: room, world: { driven: true } });
    const sips: { t: number; length: number }[] = [];
    const addresses = new Map<string, string>();
    const rehearsal = new Rehearsal({
      players: 30,
      seed: 7,
      lessons: LESSONS,
      talk: TALK,
      newNet({ kind, index }) {
        const address = `10.0.2.${index}`;
        addresses.set(address, kind);
        const machine = served.machine(address);
        if (kind !== 'slow') return machine;
        const recv = (fd: Fd, most: number): Uint8Array => {
          const bytes = machine.recv(fd, most);
          sips.push({ t: machine.now(), length: bytes.length });
          return bytes;
        };
        const closeAll = (): void => machine.closeAll();
        return Object.assign(new ForwardingNet(machine, { recv }), { closeAll });
      },
    });
    const over = rehearsal.run({ url: 'ws://10.0.0.1:8080', origin: 'http://10.0.0.1:8000' });
    end = async () => {
      rehearsal.end();
      await served.sim.run(served.sim.now() + MINUTE);
      await over;
    };
    const kindOf = (fd: number, seq: number): string | undefined => {
      const came = served.steps('accept').findLast((step) => step.fd === fd && step.seq < seq);
      return addresses.get(came?.host ?? '');
    };
    const ask = (what: 'open' | 'show' | 'again'): void => {
      expect(room.command(what === 'open' ? { do: what, lesson: 7 } : { do: what })).toBeNull();
      served.host.interrupt();
    };
    return { state, room, served, kept, sips, kindOf, ask };
  }

  test('all come, answer, and answer again; who was right stays so', async () => {
    const { state, room, served, ask } = await begin();
    await served.sim.run(MINUTE / 2);
    expect(state.persons.size).toBe(30);
    ask('open');
    await served.sim.run(2 * MINUTE);
    expect(room.vote?.answered).toBe(30);
    ask('show');
    ask('again');
    await served.sim.run(3.5 * MINUTE);
    ask('show');
    const [first, second] = state.vote === null ? [] : countsOf(state.vote);
    expect(Object.values(second ?? {}).reduce((sum, n) => sum + n)).toBe(30);
    expect(second?.c).toBeGreaterThan(first?.c ?? 0);
    const [before, after] = state.vote?.rounds ?? [];
    for (const [id, letter] of before ?? []) if (letter === 'c') expect(after?.get(id)).toBe('c');
  });

  test('who leaves comes back; the hostile one is thrown out, and nobody else', async () => {
    const { state, room, served, kept, kindOf } = await begin();
    await served.sim.run(5 * MINUTE);
    const left = served.steps('disconnect').map(({ fd, seq, cause }) => {
      return `${kindOf(fd, seq) === 'hostile' ? 'hostile' : 'student'} ${cause}`;
    });
    expect([...new Set(left)].sort()).toEqual([
      'hostile limit',
      'hostile protocol-error',
      'student close-frame',
      'student fin',
    ]);
    expect(state.persons.size).toBe(30);
    expect(room.here.size).toBeGreaterThan(20);
    expect(new Set(kept)).toEqual(new Set(['person', 'name', 'progress']));
    expect([...state.persons.values()].some(({ done }) => done.get(7)?.passed)).toBe(true);
    const said = served.steps('deal').map(({ message }) => message);
    expect(said.some((message) => message.includes('what is an fd?'))).toBe(true);
  });

  test('the slow one takes little at a time, and rests; it keeps nobody waiting', async () => {
    const { served, sips, ask, room } = await begin();
    await served.sim.run(MINUTE);
    ask('open');
    await served.sim.run(2 * MINUTE);
    expect(sips.length).toBeGreaterThan(20);
    expect(Math.max(...sips.map(({ length }) => length))).toBe(512);
    const pauses = sips.slice(1).map(({ t }, i) => t - (sips[i]?.t ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_000);
    expect(room.vote?.answered).toBe(30);
  });

  test('by the same seed, the room sees the same twice', async () => {
    const seen = async (): Promise<string[]> => {
      const { served } = await begin();
      await served.sim.run(MINUTE);
      await end();
      return served.steps('deal').map(({ t, message, reply }) => `${t} ${message} ${reply}`);
    };
    const first = await seen();
    expect(first.length).toBeGreaterThan(100);
    expect(await seen()).toEqual(first);
  });
});
