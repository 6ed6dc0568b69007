/** What a loop is like, from its events: the figures, and what is worth a look. */

import { describe, expect, test } from 'vitest';
import type { Step } from '../../src/trace/event.js';
import { type Summary, Summing } from '../../src/watch/summary.js';
import { hex } from '../support/bytes.js';

const SELECT = {
  step: 'select',
  write: [],
  readyWrite: [],
  call: 'epoll_wait',
  timeout: null,
} as const;

/** A wait that finds these ready. */
function select(readyRead: number[], more: object = {}): Step {
  return {
    ...SELECT,
    read: [3, 4, 5],
    write: [],
    readyRead,
    readyWrite: [],
    scanned: readyRead.length,
    ...more,
  };
}

function accept(fd: number): Step {
  return { step: 'accept', listener: 3, fd, host: '127.0.0.1', port: 50_000 + fd, call: 'accept4' };
}

const recv = (fd: number, room = 1_024): Step => ({ step: 'recv', fd, bytes: hex('6869'), room });

function send(fd: number, bytes: string, taken = bytes.length / 2): Step {
  return { step: 'send', fd, length: bytes.length / 2, taken, bytes: hex(bytes), call: 'sendto' };
}

/** One event a millisecond. */
function summaryOf(...steps: Step[]): Summary {
  const summing = new Summing();
  for (const [i, step] of steps.entries()) summing.fold({ v: 1, seq: i, turn: 0, t: i, ...step });
  return summing.summary();
}

const codes = ({ findings }: Summary) => findings.map(({ code }) => code);

test('a loop that only waits where it must is told without a finding', () => {
  const summary = summaryOf(
    ...[select([3]), accept(4), select([3]), accept(5)],
    ...[select([4]), recv(4), send(4, '6869'), send(5, '6869')],
    ...[select([5]), recv(5), send(4, '6869'), send(5, '6869')],
  );
  expect(summary).toMatchObject({
    ...{ call: 'epoll_wait', timeouts: [null], turns: 4, clients: 2, messages: 2 },
    ...{ waits: 2, empty: 0, calls: 8, accept: 'once', stood: 0, lost: 0, findings: [] },
  });
});

test('waits that find nothing are counted, folded ones too', () => {
  const summary = summaryOf(
    ...[select([3]), accept(4), select([4]), recv(4), send(4, '6869')],
    ...[select([4], { polls: 3 }), recv(4), send(4, '6869')],
  );
  expect(summary).toMatchObject({ messages: 2, waits: 5, empty: 3 });
  expect(summary.findings).toMatchObject([
    { code: 'empty-waits', values: { empty: 3, waits: 6 }, seq: 5 },
  ]);
});

test('a time-out that wakes it for nothing is told with its length', () => {
  const idle = select([], { timeout: 100, waited: 100 });
  const summary = summaryOf(select([3]), idle, idle, idle);
  expect(summary.findings).toContainEqual(
    expect.objectContaining({ code: 'idle-wakes', values: { wakes: 3, ms: 100 } }),
  );
});

test('a call that stood still is told with who waited meanwhile', () => {
  const summary = summaryOf(...[select([3]), accept(4), accept(5), select([4]), recv(4)], {
    step: 'block',
    fd: 5,
    syscall: 'send',
    reason: 'full',
    call: 'sendto',
    took: 4_300,
  });
  expect(summary).toMatchObject({ stood: 4_300, accept: 'several' });
  expect(summary.findings).toEqual([
    {
      code: 'stood',
      values: { fd: 5, call: 'sendto', ms: 4_300, others: 1 },
      seq: 5,
      inferred: false,
    },
  ]);
});

describe('a short write', () => {
  const begun = [select([3]), accept(4), select([4]), recv(4), send(4, '01020304', 1)];

  test('whose rest comes next is sent again', () => {
    const summary = summaryOf(...begun, send(4, '020304'));
    expect(summary).toMatchObject({ lost: 0 });
    expect(codes(summary)).toEqual(['sent-again']);
  });

  test('with something else behind it has lost bytes', () => {
    const summary = summaryOf(...begun, send(4, 'aabb'));
    expect(summary).toMatchObject({ lost: 3 });
    expect(summary.findings).toMatchObject([{ code: 'lost', values: { fd: 4, bytes: 3 }, seq: 4 }]);
  });

  test('whose bytes are not known accuses nobody', () => {
    const unknown = (step: Step): Step => ({ ...step, bytes: hex('') }) as Step;
    expect(
      summaryOf(
        ...begun.map((step) => (step.step === 'send' ? unknown(step) : step)),
        send(4, 'aabb'),
      ).lost,
    ).toBe(0);
  });

  test('to one that has left by itself has lost nothing', () => {
    const fin: Step = { step: 'recv', fd: 4, bytes: hex('') };
    const gone: Step = { step: 'disconnect', fd: 4, cause: 'fin' };
    expect(summaryOf(...begun, fin, gone)).toMatchObject({ lost: 0 });
    expect(summaryOf(...begun, { ...gone, cause: 'closed-here' } as Step)).toMatchObject({
      lost: 3,
    });
  });
});

describe('a write that finds no room', () => {
  const again = (bytes: string): Step => {
    return { step: 'again', fd: 4, call: 'sendto', length: bytes.length / 2, bytes: hex(bytes) };
  };
  const begun = [select([3]), accept(4), select([4]), recv(4), again('01020304')];

  test('and is made again, is nothing', () => {
    const summary = summaryOf(...begun, again('01020304aa'), send(4, '01020304aabb'));
    expect(summary).toMatchObject({ lost: 0, findings: [] });
  });

  test('with something else behind it has lost bytes, told once for all', () => {
    const summary = summaryOf(...begun, again('aabb'), send(4, 'cc'), { ...again('dd') });
    expect(summary).toMatchObject({ lost: 6 });
    expect(summary.findings).toMatchObject([
      { code: 'dropped', values: { fd: 4, writes: 2, bytes: 6 }, seq: 4 },
    ]);
  });

  test('behind a short write belongs to its rest', () => {
    const short = [select([3]), accept(4), send(4, '01020304', 1), again('020304')];
    expect(codes(summaryOf(...short, send(4, '020304')))).toEqual(['sent-again']);
    expect(summaryOf(...short, send(4, 'aa')).findings).toMatchObject([
      { code: 'lost', values: { fd: 4, bytes: 3 }, seq: 2 },
    ]);
  });

  test('whose bytes are not known, or that is the last of all, accuses nobody', () => {
    const unknown: Step = { step: 'again', fd: 4, call: 'sendfile', length: 9, bytes: hex('') };
    expect(summaryOf(select([3]), accept(4), unknown, send(4, 'aa')).lost).toBe(0);
    expect(summaryOf(...begun).lost).toBe(0);
  });
});

test('accept that fails again and again is told with how often', () => {
  const fault: Step = { step: 'fault', fd: 3, call: 'accept4', code: 'EMFILE' };
  const tries = Array.from({ length: 6 }, () => [select([3]), fault]).flat();
  expect(summaryOf(...tries).findings).toMatchObject([
    { code: 'accept-fails', values: { code: 'EMFILE', count: 6, ms: 10 } },
  ]);
  expect(codes(summaryOf(select([3]), fault))).toEqual(['accept-fails']);
  expect(codes(summaryOf(select([3]), { ...fault, code: 'ECONNABORTED' }))).toEqual([]);
});

describe('gaps of 40 ms', () => {
  const turn = (waited: number) => [select([4], { waited }), recv(4), send(4, '6869')];
  const nodelay: Step = {
    step: 'setsockopt',
    fd: 4,
    level: 'SOL_TCP',
    option: 'TCP_NODELAY',
    value: 1,
  };
  const gaps = [...turn(1), ...turn(41), ...turn(42), ...turn(40)];

  test('are told as a guess where a client lacks TCP_NODELAY', () => {
    expect(summaryOf(select([3]), accept(4), ...gaps).findings).toMatchObject([
      { code: 'delayed-ack', values: { clients: 1, gaps: 3 }, inferred: true },
    ]);
  });

  test('are nothing where it has it', () => {
    expect(codes(summaryOf(select([3]), accept(4), nodelay, ...gaps))).toEqual([]);
  });
});

test('a descriptor whose peer is gone and that was never closed is told', () => {
  const summary = summaryOf(select([3]), accept(4), select([4]), {
    step: 'recv',
    fd: 4,
    bytes: hex(''),
  });
  expect(summary.findings).toMatchObject([{ code: 'not-closed', values: { fd: 4 }, seq: 3 }]);
});

test('a block that was told while it lasted is as long as its call took, or until the next step', () => {
  const block: Step = { step: 'block', fd: 4, syscall: 'send', reason: 'x', call: 'sendto' };
  const sent = { ...send(4, '6869'), took: 4_300 } as Step;
  expect(summaryOf(select([4]), block, sent)).toMatchObject({
    stood: 4_300,
    findings: [{ code: 'stood', values: { fd: 4, call: 'sendto', ms: 4_300 } }],
  });
  expect(summaryOf(select([4]), block, select([4])).stood).toBeGreaterThan(0);
});

test('a recv that took all its room, and a call that kept a turn, are told', () => {
  const summary = summaryOf(...[select([3]), accept(4), select([4]), recv(4, 2)], {
    step: 'other',
    call: 'fsync',
    count: 1,
    took: 35,
  });
  expect(codes(summary)).toEqual(['room-filled', 'busy']);
});

test('a recv whose room cut a frame is told as that, with the first of them', () => {
  const cut = { ...recv(4, 2), cuts: true } as Step;
  expect(summaryOf(select([3]), accept(4), select([4]), cut, cut).findings).toEqual([
    { code: 'frame-cut', values: { fd: 4, room: 2, times: 2 }, seq: 3, inferred: false },
  ]);
});

test('a wait for one descriptor within a turn is a call, and is told with how often', () => {
  const poll: Step = { step: 'other', fd: 4, call: 'poll', count: 1, took: 0.012 };
  const summary = summaryOf(select([3]), accept(4), select([4]), poll, recv(4), poll);
  expect(summary.findings).toMatchObject([
    { code: 'hidden-waits', values: { waits: 2, call: 'poll', fd: 4 }, seq: 3 },
  ]);
  expect(summary).toMatchObject({ calls: 4, stood: 0 });
});

test('accept until EAGAIN is told as that', () => {
  const again: Step = { step: 'again', fd: 3, call: 'accept4' };
  expect(summaryOf(select([3]), accept(4), again).accept).toBe('until-again');
  expect(summaryOf(select([4])).accept).toBe('none');
});
