import { describe, expect, test } from 'vitest';
import { diffTraces, tracesEqual } from '../../src/trace/diff.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { hex } from '../support/bytes.js';

function trace(...steps: Step[]): TraceEvent[] {
  return steps.map((step, seq) => ({ v: 1, seq, turn: seq, t: seq * 1.5, ...step }));
}

const accept = (fd: number, port = 1): Step => ({
  step: 'accept',
  listener: 3,
  fd,
  host: '::1',
  port,
});
const recv = (fd: number, bytes: string): Step => ({ step: 'recv', fd, bytes: hex(bytes) });
const deal = (fd: number, message: string): Step => ({ step: 'deal', fd, message, reply: '[]' });
const send = (fd: number): Step => ({ step: 'send', fd, length: 4, taken: 4 });

const same = (left: TraceEvent[], right: TraceEvent[]): boolean =>
  tracesEqual(diffTraces(left, right));

describe('two traces are equal', () => {
  test('when only ports, times, numbers, selects and sends differ', () => {
    const select: Step = {
      step: 'select',
      read: [3],
      write: [],
      readyRead: [3],
      readyWrite: [],
      scanned: 1,
    };
    const left = trace(select, accept(4, 1), recv(4, '00'), send(4));
    const right = trace(accept(4, 2), send(4), send(4), recv(4, '00'));
    expect(same(left, right)).toBe(true);
  });

  test('when the clients have other numbers in the same order of accept', () => {
    const left = trace(accept(4), accept(5), recv(5, '00'), {
      step: 'broadcast',
      to: [4, 5],
      bytes: hex('81'),
    });
    const right = trace(accept(9), accept(7), recv(7, '00'), {
      step: 'broadcast',
      to: [9, 7],
      bytes: hex('81'),
    });
    expect(same(left, right)).toBe(true);
    expect(same(left, trace(accept(9), accept(7), recv(9, '00')))).toBe(false);
  });

  test('when one is a stranger’s, whose numbers, times and calls are its own', () => {
    const opening = (fd: number): Step[] => [
      { step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' },
      { step: 'listen', fd, backlog: 5 },
    ];
    const left = trace(...opening(3), accept(4), recv(4, '6869'));
    const right = trace(
      ...opening(7),
      { step: 'accept', listener: 7, fd: 12, host: '::1', port: 9, call: 'accept4', took: 0.1 },
      { step: 'again', fd: 7, call: 'accept4' },
      {
        step: 'recv',
        fd: 12,
        bytes: hex('6869'),
        call: 'recvfrom',
        room: 2,
        cuts: true,
        took: 0.02,
      },
    );
    expect(same(left, right)).toBe(true);
    expect(same(left, trace(...opening(7), accept(8), recv(8, '6869')))).toBe(false);
  });

  test('when a number is used again for another client', () => {
    const left = trace(
      accept(4),
      { step: 'disconnect', fd: 4, cause: 'fin' },
      accept(4),
      recv(4, '01'),
    );
    const right = trace(
      accept(4),
      { step: 'disconnect', fd: 4, cause: 'fin' },
      accept(5),
      recv(5, '01'),
    );
    expect(same(left, right)).toBe(true);
  });

  test('when the same bytes came in more recvs', () => {
    expect(
      same(trace(accept(4), recv(4, '0102')), trace(accept(4), recv(4, '01'), recv(4, '02'))),
    ).toBe(true);
  });

  test('whatever the order of the keys', () => {
    const [event] = trace(deal(4, 'a'));
    const turned = Object.fromEntries(
      Object.entries(event ?? {}).reverse(),
    ) as unknown as TraceEvent;
    expect(same(trace(deal(4, 'a')), [turned])).toBe(true);
  });
});

describe('two traces are not equal', () => {
  test.each([
    ['a byte differs', trace(accept(4), recv(4, '01')), trace(accept(4), recv(4, '02'))],
    ['a step is missing', trace(accept(4), deal(4, 'a')), trace(accept(4))],
    [
      'the order differs',
      trace(accept(4), accept(5), deal(4, 'a'), deal(5, 'b')),
      trace(accept(4), accept(5), deal(5, 'b'), deal(4, 'a')),
    ],
    [
      'FIN is no bytes',
      trace(accept(4), recv(4, '01'), recv(4, '')),
      trace(accept(4), recv(4, '01')),
    ],
  ])('when %s', (_, left, right) => {
    expect(same(left, right)).toBe(false);
  });

  test('and the rows show which side has what', () => {
    const rows = diffTraces(
      trace(accept(4), deal(4, 'a'), deal(4, 'b')),
      trace(accept(4), deal(4, 'b')),
    );
    expect(rows.map(({ left, right }) => [left?.step, right?.step])).toEqual([
      ['accept', 'accept'],
      ['deal', undefined],
      ['deal', 'deal'],
    ]);
    expect(rows.map((row) => row.same)).toEqual([true, false, true]);
  });

  test('and steps of the same kind that differ stand beside each other', () => {
    const rows = diffTraces(
      trace(accept(4), deal(4, 'a'), recv(4, '01')),
      trace(accept(4), send(4), recv(4, '02'), deal(4, 'b'), recv(4, '01')),
    );
    expect(rows.map(({ same, left, right }) => [same, left?.step, right?.step])).toEqual([
      [true, 'accept', 'accept'],
      [false, undefined, 'recv'],
      [false, 'deal', 'deal'],
      [true, 'recv', 'recv'],
    ]);
  });
});

describe('a flood', () => {
  const cycle = [
    recv(4, '01'),
    deal(4, 'x'),
    deal(4, 'y'),
    { step: 'broadcast', to: [4], bytes: hex('81') } as Step,
  ];

  test('counts its repeated turn once when asked to', () => {
    const left = trace(accept(4), ...cycle, ...cycle, ...cycle, deal(4, 'end'));
    const right = trace(accept(4), ...cycle, deal(4, 'end'));
    expect(same(left, right)).toBe(false);
    expect(tracesEqual(diffTraces(left, right, { collapse: true }))).toBe(true);
  });
});
