/**
 * Three clients, ten messages, and one who sleeps: a server of ours goes through what the others went
 * through, and its row of figures stands beside theirs. Made for lesson 24.
 */

import {
  type Fd,
  FdSet,
  type Ready,
  readTrace,
  type Step,
  type Summary,
  Summing,
  type TraceEvent,
  toUtf8,
} from 'loopscope';
import type { Networks } from 'loopscope/lesson';
import type { Server } from './exercise.js';
import { RECORDED } from './recorded.js';
import { Relay } from './serving.js';

/** What a server does in a turn. */
export type Turn = (server: Server, ready: Ready) => Promise<void> | void;

const NONE = new FdSet();

/** The others, by name: what strace saw of each, told as a trace. */
export const OTHERS: ReadonlyMap<string, readonly TraceEvent[]> = new Map(
  Object.entries(RECORDED).map(([name, text]) => [name, readTrace(text).events]),
);

/** One line of the table. */
export interface Row extends Pick<Summary, 'accept' | 'empty' | 'stood'> {
  call: string;
  /** Waits a message, of the turns that had one. */
  waits: number;
  /** All calls on sockets, from the first wait to the last. */
  calls: number;
  /** Gaps of some 40 ms. */
  gaps: number;
}

/** Folds a trace into a line. */
export function rowOf(events: readonly TraceEvent[]): Row {
  const summing = new Summing();
  for (const event of events) summing.fold(event);
  const { call, messages, waits, empty, accept, stood, findings } = summing.summary();
  const gaps = findings.find(({ code }) => code === 'delayed-ack')?.values.gaps ?? 0;
  return {
    ...{ call: call ?? 'select', waits: waits / messages, empty, accept, stood },
    ...{ calls: events.reduce((sum, event) => sum + callsOf(event), 0), gaps: Number(gaps) },
  };
}

function callsOf(event: TraceEvent): number {
  switch (event.step) {
    case 'select':
      return 1 + (event.polls ?? 0) + (event.changes ?? 0);
    case 'accept':
    case 'recv':
    case 'send':
    case 'again':
    case 'setsockopt':
    case 'disconnect':
      return 1;
    default:
      return 0;
  }
}

/** The conversation, with a server of ours. @param sleeper the second client reads nothing for so many milliseconds, or 0 */
export async function converse(
  networks: Networks,
  turn: Turn,
  sleeper: number,
): Promise<TraceEvent[]> {
  const { server: net, address, client } = networks;
  const events: TraceEvent[] = [];
  let turns = 0;
  const note = (step: Step): void => {
    events.push({ v: 1, seq: events.length, turn: turns, t: net.now(), ...step });
  };
  const listener = await net.listen(address);
  const relay = new Relay(net, listener, note);
  const loop = (async () => {
    do {
      const began = net.now();
      const [read, write] = [[...relay.read], [...relay.write]];
      const ready = await net.select(relay.read, relay.write, NONE);
      turns++;
      const { read: readyRead, write: readyWrite, scanned } = ready;
      const waited = net.now() - began;
      note({ step: 'select', read, write, readyRead, readyWrite, scanned, timeout: null, waited });
      await turn(relay, ready);
    } while (relay.clients.length > 0);
    net.close(listener);
  })();
  const table = client('clients', sleeper > 0 ? { receiveBuffer: 4_096 } : {});
  const hears = async (fd: Fd): Promise<number> => {
    await table.select(new FdSet([fd]), NONE, NONE);
    return table.recv(fd, 65_536).length;
  };
  const fds: Fd[] = [];
  for (let i = 0; i < 3; i++) {
    fds.push(await table.connect(net.getsockname(listener)));
    await table.select(NONE, NONE, NONE, 5); // its turn is over
  }
  const text = sleeper > 0 ? `${'x'.repeat(3_999)}\n` : 'message 0\n';
  for (let i = 0; i < 10; i++) {
    const speaker = fds[sleeper > 0 ? 0 : i % 3] as Fd;
    table.send(speaker, toUtf8(text));
    if (sleeper === 0) await Promise.all(fds.map(hears));
    else await table.select(NONE, NONE, NONE, 5);
  }
  if (sleeper > 0) {
    await table.select(NONE, NONE, NONE, sleeper);
    await Promise.all(
      fds.map(async (fd) => {
        for (let heard = 0; heard < 10 * text.length; ) heard += await hears(fd);
      }),
    );
  }
  for (const fd of fds) {
    table.close(fd);
    await table.select(NONE, NONE, NONE, 5);
  }
  await loop;
  return events;
}
