/**
 * Time travel in a long trace: how long does a move take, first and later? The trace is a seeded chat
 * in which clients come, talk and leave, made by hand so that 1,000 sockets are made as fast as 50.
 *
 *     npx tsx bench/stepper.ts
 */

import { isDeepStrictEqual } from 'node:util';
import { Random } from '../src/net/sim.js';
import type { Step, TraceEvent } from '../src/trace/event.js';
import { Stepper } from '../src/trace/stepper.js';
import { emptyView, foldEvent, type View } from '../src/trace/view.js';
import { encodeFrame, Opcode } from '../src/websocket/frame.js';

const EVENTS = 100_000;
const SEEKS = 500;
const LIMIT_MS = 50;
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
    const bytes = encodeFrame(Opcode.text, new TextEncoder().encode(json));
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

/** Runs a move and says how many milliseconds it took. */
function timed(move: () => void): number {
  const start = performance.now();
  move();
  return performance.now() - start;
}

function show(what: string, times: number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [median = 0, worst = 0] = [sorted[sorted.length >> 1], sorted.at(-1)];
  const verdict = worst < LIMIT_MS ? 'ok' : `over ${LIMIT_MS} ms`;
  const row = `${what.padEnd(32)}${median.toFixed(3).padStart(10)}${worst.toFixed(3).padStart(10)}`;
  console.log(`${row}  ${verdict}`);
  if (worst >= LIMIT_MS) process.exitCode = 1;
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

for (const clients of [50, 1_000]) {
  const events = chat(clients);
  const random = new Random(SEED);
  check(events, random);
  const stepper = new Stepper(events);
  const cold = Array.from({ length: 5 }, () => timed(() => new Stepper(events).end()));
  stepper.end();
  const seeks = Array.from({ length: SEEKS }, () => {
    const position = random.below(events.length + 1);
    return timed(() => stepper.seek(position));
  });
  stepper.end();
  const backs = Array.from({ length: 2_000 }, () => timed(() => stepper.back()));
  const nexts = Array.from({ length: 2_000 }, () => timed(() => stepper.next()));
  const homes = Array.from({ length: 50 }, () => {
    stepper.end();
    return timed(() => stepper.home());
  });
  const ends = Array.from({ length: 50 }, () => {
    stepper.home();
    return timed(() => stepper.end());
  });
  console.log(`\n${events.length} events, ${clients} clients, seed ${SEED}`);
  console.log(`${'move'.padEnd(32)}${'median ms'.padStart(10)}${'worst ms'.padStart(10)}`);
  show('first end, nothing kept yet', cold);
  show('seek, at random', seeks);
  show('back', backs);
  show('next', nexts);
  show('end to home', homes);
  show('home to end', ends);
}
