import { Random } from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import { openNetworks } from 'loopscope/lesson';
import type { Calls } from './exercise.js';
import { chat, countWork as count, type Model, type Turn, turnsOf } from './models.js';

type Exercise = typeof import('./exercise.js');
type Steps = ReturnType<Exercise['matchSteps']>;

const STEPS: Steps = {
  watch: { poll: 'add an entry to the array', epoll: 'epoll_ctl ADD', libuv: 'uv_read_start' },
  wish: { poll: 'set POLLOUT in its entry', epoll: 'epoll_ctl MOD', libuv: 'uv_write' },
  wait: { poll: 'call poll', epoll: 'call epoll_wait', libuv: 'uv_run' },
  find: {
    poll: 'look at revents of every entry',
    epoll: 'go through the list that epoll_wait has filled',
    libuv: 'libuv has called your callback',
  },
  forget: { poll: 'take its entry out of the array', epoll: 'epoll_ctl DEL', libuv: 'uv_close' },
};

function checkSteps(given: Partial<Record<string, Partial<Calls>>>, t: Checker): void {
  for (const model of ['poll', 'epoll', 'libuv'] as const) {
    for (const [step, calls] of Object.entries(STEPS)) {
      t.step('step.match', { model, step });
      const answer = given?.[step]?.[model];
      let why = model === 'libuv' ? 'wrong.libuv' : 'wrong.step';
      if (model === 'epoll' && step === 'watch' && answer === 'call epoll_wait') {
        why = 'wrong.each-time';
      }
      t.equal(answer, calls[model], why, { model, step });
    }
  }
}

/** A turn in a few words: watched for reading and writing, and ready. */
function turn(read: number[], write: number[], readyRead: number[], readyWrite: number[]): Turn {
  return { read, write, readyRead, readyWrite };
}

/** Small traces, each with one thing in it that is not obvious. */
const SMALL: readonly [Model, Turn[]][] = [
  ['select', [turn([3, 9], [], [3], [])]],
  ['select', [turn([3, 4], [20], [], [20]), turn([3, 4], [], [4], [])]],
  ['poll', [turn([3, 9], [], [3], [])]],
  ['poll', [turn([3, 4], [4], [], [4])]],
  ['epoll', [turn([3, 4, 5], [], [3], [])]],
  ['epoll', [turn([3, 4, 5], [], [3], []), turn([3, 4, 5], [], [5], [])]],
  ['epoll', [turn([3, 4], [], [4], []), turn([3], [], [3], [])]],
  ['epoll', [turn([3, 4], [], [4], []), turn([3, 4], [4], [], [4]), turn([3, 4], [], [3], [])]],
  ['epoll', [turn([3, 4], [4], [4], [4])]],
];

/** What is probably believed by someone who counts so. */
function misconception(model: Model, turns: readonly Turn[], given: unknown): string {
  if (model === 'select') {
    if (given === count(turns, 'select') - turns.length) return 'wrong.off-by-one';
    return given === count(turns, 'poll') ? 'wrong.holes' : 'wrong.select';
  }
  const both = turns.reduce((sum, { read, write }) => sum + read.length + write.length, 0);
  if (model === 'poll') return given === both ? 'wrong.twice' : 'wrong.poll';
  const ready = turns.map(({ readyRead, readyWrite }) => new Set([...readyRead, ...readyWrite]));
  if (given === ready.reduce((sum, { size }) => sum + size, 0)) return 'wrong.registers';
  if (given === count(turns, 'poll')) return 'wrong.epoll-scans';
  const twice = turns.flatMap(({ readyRead, readyWrite }) =>
    readyRead.filter((fd) => readyWrite.includes(fd)),
  );
  const isTwice = twice.length > 0 && given === count(turns, 'epoll') + twice.length;
  return isTwice ? 'wrong.ready-twice' : 'wrong.epoll';
}

function told(turns: readonly Turn[]): string {
  return turns.map(({ read, write }) => `${read}${write.length > 0 ? `/${write}` : ''}`).join('; ');
}

/** Turns of clients that come, go, and have something in their outboxes. */
function seeded(random: Random): Turn[] {
  const clients = new Set<number>();
  return Array.from({ length: 12 }, () => {
    const fd = 4 + random.below(30);
    if (!clients.delete(fd)) clients.add(fd);
    const read = [3, ...clients];
    const write = [...clients].filter(() => random.below(4) === 0);
    return turn(
      read,
      write,
      read.filter(() => random.below(3) === 0),
      write.filter(() => random.below(2) === 0),
    );
  });
}

export default (async ({ matchSteps, countWork }, t) => {
  checkSteps(matchSteps(), t);
  for (const [model, turns] of SMALL) {
    t.step('step.small', { model, turns: told(turns) });
    const given = countWork(turns, model);
    t.equal(given, count(turns, model), misconception(model, turns, given), { model });
  }
  const { events } = await chat(openNetworks({ network: 'sim' }), 20, 10);
  const random = new Random(20);
  const traces = [turnsOf(events), ...Array.from({ length: 20 }, () => seeded(random))];
  for (const model of ['select', 'poll', 'epoll'] as const) {
    for (const [trace, turns] of traces.entries()) {
      t.step('step.trace', { model, trace, length: turns.length });
      if (trace === 0) t.trace = events;
      t.at = 0; // the whole of it is asked about
      const given = countWork(turns, model);
      t.equal(given, count(turns, model), misconception(model, turns, given), { model });
    }
  }
}) satisfies Check<Exercise>;
