/**
 * Time travel in a long trace: how long does a move take, first and later? The trace is a seeded chat
 * in which clients come, talk and leave, made by hand so that 1,000 sockets are made as fast as 50.
 * @module
 */

import { isDeepStrictEqual } from 'node:util';
import {
  emptyView,
  foldEvent,
  Random,
  type Step,
  Stepper,
  type TraceEvent,
  type View,
} from 'loopscope';
import { encodeTextFrame } from '../src/websocket/frame.js';
import { figureOf, type Sample } from './contest.js';

const EVENTS = 100_000;
const SEEKS = 500;
const SEED = 7;

/** A chat of so many clients, as the loop of a room tells it. */
function chat(clients: number): TraceEvent[] {
  const random = new Random(SEED);
  const events: TraceEvent[] = [];
  const names = new Map<number, string>();
  let turn = 0;
  const tell = (step: Step): void => {
    events.push({ v: 1, seq: events.length, turn, t: events.length / 10, ...step });
  };
  const select = (ready: number[]): void => {
    turn++;
    const read = [3, ...names.keys()];
    const scanned = read.length;
    tell({ step: 'select', read, write: [], readyRead: ready, readyWrite: [], scanned });
  };
  const broadcast = (fd: number, message: string, reply: object): void => {
    const json = JSON.stringify(reply);
    const bytes = encodeTextFrame(json);
    const to = [...names.keys()];
    tell({ step: 'deal', fd, message, reply: json });
    tell({ step: 'broadcast', to, bytes });
    for (const fd of to) tell({ step: 'send', fd, length: bytes.length, taken: bytes.length });
  };
  const comes = (fd: number): void => {
    names.set(fd, `client ${fd} of turn ${turn}`);
    tell({ step: 'accept', listener: 3, fd, host: '127.0.0.1', port: 40_000 + fd });
    tell({ step: 'handshake', fd, key: 'k', accept: 'a' });
    const login = { type: 'login', content: names.get(fd), user_list: [...names.values()] };
    tell({ step: 'deal', fd, message: JSON.stringify(login), reply: JSON.stringify(login) });
  };

  tell({ step: 'socket', fd: 3, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' });
  tell({ step: 'listen', fd: 3, backlog: 511 });
  select([3]);
  for (let fd = 4; fd < 4 + clients; fd++) comes(fd);
  while (events.length < EVENTS) {
    const fd = 4 + random.below(clients);
    tell({ step: 'arrive', fd, kind: 'bytes', length: 40 });
    select([fd]);
    if (random.below(20) === 0) {
      tell({ step: 'recv', fd, bytes: new Uint8Array(0) });
      tell({ step: 'disconnect', fd, cause: 'fin' });
      const content = names.get(fd);
      names.delete(fd);
      broadcast(fd, '', { type: 'logout', content, user_list: [...names.values()] });
      comes(fd); // someone else gets the number
      continue;
    }
    tell({ step: 'recv', fd, bytes: new Uint8Array(40) });
    const message = JSON.stringify({ type: 'user', content: `words ${random.below(1_000)}` });
    // one in four is for everyone: else the trace of a full room would hold little but sends
    if (random.below(4) > 0) tell({ step: 'deal', fd, message, reply: '{"type":"system"}' });
    else broadcast(fd, message, { type: 'user', from: names.get(fd), content: message });
  }
  return events.slice(0, EVENTS);
}

function folded(events: readonly TraceEvent[], position: number): View {
  const view = emptyView();
  for (let i = 0; i < position; i++) foldEvent(view, events[i] as TraceEvent);
  return view;
}

function check(events: readonly TraceEvent[], random: Random): void {
  const stepper = new Stepper(events);
  const positions = Array.from({ length: 8 }, () => random.below(events.length + 1));
  for (const at of [events.length, 0, 1, ...positions]) {
    stepper.seek(at);
    if (isDeepStrictEqual(stepper.view, folded(events, at))) continue;
    throw new Error(`bug: the view at ${at} is not the fold of the events before it`);
  }
}

/** The traces, made once for all moves. */
const traces = new Map<number, TraceEvent[]>();

function traceOf(clients: number): TraceEvent[] {
  const made = traces.get(clients);
  if (made !== undefined) return made;
  const events = chat(clients);
  check(events, new Random(SEED));
  traces.set(clients, events);
  return events;
}

/** The moves by name: each runs many times, and gives the median and the worst, in milliseconds. */
export function moves(clients: number): Record<string, () => Sample> {
  const all = (): Stepper => {
    const stepper = new Stepper(traceOf(clients));
    stepper.end();
    return stepper;
  };
  return {
    'first end': () => {
      const events = traceOf(clients); // made before the clock runs
      return timed(5, () => new Stepper(events).end());
    },
    seek: () => {
      const [stepper, random] = [all(), new Random(SEED)];
      return timed(SEEKS, () => stepper.seek(random.below(EVENTS + 1)));
    },
    back: () => {
      const stepper = all();
      return timed(SEEKS, () => stepper.back());
    },
    next: () => {
      const stepper = all();
      stepper.seek(EVENTS / 2);
      return timed(SEEKS, () => stepper.next());
    },
    'end to home, and back': () => {
      const stepper = all();
      return timed(50, () => {
        stepper.home();
        stepper.end();
      });
    },
  };
}

/** Runs a move so many times. */
function timed(times: number, move: () => void): Sample {
  const taken = Array.from({ length: times }, () => {
    const start = performance.now();
    move();
    return performance.now() - start;
  });
  const { median, high } = figureOf(taken);
  return { 'worst ms': high, 'median ms': median };
}
