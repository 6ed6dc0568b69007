import { describe, expect, test } from 'vitest';
import { behaviourOfTrace, clientsLeft } from '../../src/scenario/behaviour.js';
import { close, scenario, shutdown } from '../../src/scenario/build.js';
import { behaviourLines } from '../../src/terminal/behaviour.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';

const events = (steps: [t: number, step: Step][]): TraceEvent[] =>
  steps.map(([t, step], seq) => ({ v: 1, seq, turn: 0, t, ...step }));

const select = (...readyRead: number[]): Step => ({
  step: 'select',
  read: [3, 4],
  write: [],
  readyRead,
  readyWrite: [],
  scanned: 2,
});

const trace = events([
  [0, { step: 'listen', fd: 3, backlog: 9 }],
  [10, select(3)],
  [10, { step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 1 }],
  [15, select()],
  [20, select(4)],
  [20, { step: 'recv', fd: 4, bytes: new Uint8Array(40) }],
  [21, { step: 'send', fd: 4, length: 50, taken: 30 }],
  [21, { step: 'block', fd: 4, syscall: 'send', reason: '' }],
  [71, { step: 'send', fd: 4, length: 20, taken: 20 }],
]);

describe('how a server behaves is counted from its trace', () => {
  test('wake-ups, those for nothing, the time in select and in a call that blocks, sizes', () => {
    expect(behaviourOfTrace(trace)).toEqual({
      ...{ waitsIn: null, calls: null, stoodMs: 50 },
      wakeUps: 3,
      forNothing: 1,
      waitedMs: 20,
      otherMs: { send: 50 },
      recvs: [40],
      writes: [30, 20],
      leftOpen: 1,
    });
    expect(behaviourOfTrace([]).wakeUps).toBe(0);
  });

  test('of a trace that was made of system calls all of them count, with their own times', () => {
    const wait = { ...(select(4) as Step & { step: 'select' }), call: 'epoll_wait' };
    const watched = events([
      [0, { ...wait, polls: 2, changes: 1, waited: 7 }],
      [1, { step: 'recv', fd: 4, bytes: new Uint8Array(2), length: 90, call: 'read', took: 0.5 }],
      [2, { step: 'again', fd: 4, call: 'read' }],
      [3, { step: 'block', fd: 4, syscall: 'send', reason: '', call: 'write', took: 30 }],
      [3, { step: 'send', fd: 4, length: 5, taken: 5, call: 'write', took: 30 }],
      [4, { step: 'other', call: 'fsync', count: 3, took: 9 }],
    ]);
    expect(behaviourOfTrace(watched)).toMatchObject({
      ...{ waitsIn: 'epoll_wait', wakeUps: 3, forNothing: 2, waitedMs: 7, calls: 10, stoodMs: 30 },
      ...{ otherMs: { read: 0.5, write: 30, fsync: 9 }, recvs: [90], writes: [5] },
    });
  });

  test('a turn for frames that were left over is not for nothing', () => {
    const pending = events([[0, { ...(select() as Step & { step: 'select' }), pending: [4] }]]);
    expect(behaviourOfTrace(pending).forNothing).toBe(0);
  });

  test('clients are there until they or the server have ended them', () => {
    const all = scenario('all', '')
      .joins('A', 'Ada')
      .joins('B', 'Bob')
      .joins('C', 'Cy')
      .joins('D', 'D');
    all.step(close('A')).step(shutdown('B'));
    const wire = [{ step: 9, client: 'C', end: 'fin' as const }];
    expect(clientsLeft(all, wire)).toBe(1);
  });

  test('what is to be mended is said', () => {
    const behaviour = { ...behaviourOfTrace(trace), forNothing: 24_576, leftOpen: 3 };
    const lines = behaviourLines(
      [
        { name: 'php:a.php', behaviour, there: 1 },
        { name: 'tcp:b:1', behaviour: null, there: 1 },
      ],
      true,
    );
    expect(lines).toContain('Equal bytes; php:a.php woke 24,576 times for nothing (lesson 18).');
    expect(lines).toContain('php:a.php holds 2 descriptors of clients that are gone.');
    expect(lines.join('\n')).toContain('tcp:b:1 tells no steps');
    expect(lines.join('\n')).toMatch(/writes to clients +2, of 20 to 30 bytes/);
  });
});
