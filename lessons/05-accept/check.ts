import { type Fd, FdSet, ForwardingNet } from 'loopscope';
import { type Check, type Checker, openRig, type Rig } from 'loopscope/lesson';
import type { Client } from './exercise.js';

type Exercise = typeof import('./exercise.js');

const NAMES = ['Ada', 'Ming', 'Grace'];

/** A server whose accept branch is the exercise's. */
interface Room {
  rig: Rig;
  clients: Map<Fd, Client>;
  read: FdSet;
}

/** One turn. @returns what select reported */
async function turn(exercise: Exercise, t: Checker, room: Room): Promise<Fd[]> {
  const { rig } = room;
  const { read } = await rig.select(room.read);
  for (const fd of read) {
    if (fd === rig.listener) accept(exercise, t, room);
    else rig.recv(fd);
  }
  return read;
}

function accept(exercise: Exercise, t: Checker, { rig, clients, read }: Room): void {
  const { listener, server } = rig;
  const before = new Set(clients.keys());
  rig.step('step.accept', { turn: rig.turn, listener });
  /** What accept returned, call by call; null where nobody waited: a blocking call would stand still. */
  const accepted: (Fd | null)[] = [];
  let reads = 0;
  const net = new ForwardingNet(server, {
    accept(from) {
      const place = accepted.push(null) - 1;
      const fd = server.accept(from);
      accepted[place] = fd;
      return fd;
    },
    recv(from, length) {
      reads++;
      return server.recv(from, length);
    },
  });
  const returned = exercise.acceptClient(net, listener, clients, read);
  const [fd, ...more] = accepted;
  t.expect(fd !== undefined && fd !== null, 'wrong.not-accepted', { listener });
  rig.note({ step: 'accept', listener, fd, ...server.getpeername(fd) });
  t.expect(more.length === 0, 'wrong.accepts-again', { calls: accepted.length });
  t.expect(reads === 0, 'wrong.reads', { fd });
  t.expect(!clients.has(listener), 'wrong.listener-as-client', { fd, listener });
  const entered = [...clients.keys()].filter((key) => !before.has(key));
  t.equal(entered, [fd], 'wrong.number', { fd });
  const { uname, handshake } = clients.get(fd) ?? {}; // there may be more in a row
  t.equal({ uname, handshake }, { uname: '', handshake: false }, 'wrong.row', { fd });
  const rows = new Set(clients.values());
  t.expect(rows.size === clients.size, 'wrong.shared-row', { fd });
  t.expect(read.has(fd), 'wrong.not-watched', { fd });
  t.expect(read.has(listener), 'wrong.listener-dropped', { listener });
  t.equal(returned, fd, 'wrong.number', { fd });
}

export default (async (exercise, t) => {
  const rig = await openRig(t, { backlog: 9 });
  const room: Room = { rig, clients: new Map(), read: new FdSet([rig.listener]) };
  const { listener } = rig;
  const connects = (name: string) => {
    t.step('step.connect', { name });
    return rig.connects(name);
  };

  const guests = [];
  for (const name of NAMES) guests.push(await connects(name)); // all three before the first turn
  for (const _ of NAMES) await turn(exercise, t, room);
  t.equal(await turn(exercise, t, room), [], 'wrong.rest');

  t.step('step.leaves', { name: 'Ada', fd: 4 });
  room.clients.delete(4);
  room.read.delete(4);
  rig.server.close(4);
  await connects('Lin'); // gets the number that has become free
  t.step('step.speaks', { name: 'Grace' });
  guests[2]?.says('hello');
  await rig.world.settle();
  t.equal(await turn(exercise, t, room), [listener, 6], 'wrong.rest');
  t.equal([...room.read], [listener, 5, 6, 4], 'wrong.rest');
}) satisfies Check<Exercise>;
