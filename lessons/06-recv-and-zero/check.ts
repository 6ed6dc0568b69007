import { type Fd, FdSet, ForwardingNet, Random, SocketError, toHex } from 'loopscope';
import { type Check, type Checker, type Guest, openRig, type Rig } from 'loopscope/lesson';
import type { Client } from './exercise.js';

type Exercise = typeof import('./exercise.js');

const WAYS = ['close', 'reset', 'shutdown'] as const;

/** An echo server whose recv branch is the exercise's. */
interface Room {
  rig: Rig;
  clients: Map<Fd, Client>;
  read: FdSet;
  /** What was heard in this turn, in hex, by descriptor. */
  heard: string[];
}

async function turn(exercise: Exercise, t: Checker, room: Room): Promise<void> {
  const { rig, clients } = room;
  room.heard = [];
  await rig.world.settle();
  const { read } = await rig.select(room.read);
  for (const fd of read) {
    if (fd === rig.listener) {
      const client = rig.accept();
      clients.set(client, { uname: `client ${client}` });
      room.read.add(client);
    } else await serve(exercise, t, room, fd);
  }
}

async function serve(exercise: Exercise, t: Checker, room: Room, fd: Fd): Promise<void> {
  const { rig, clients, read } = room;
  rig.step('step.serve', { turn: rig.turn, fd });
  const others = [...clients.keys()].filter((other) => other !== fd);
  const end = call(exercise, t, room, fd);
  if (end === null) t.expect(clients.has(fd) && read.has(fd), 'wrong.short', { fd });
  else await checkGone(t, room, fd, end);
  const left = [...clients.keys()].filter((other) => other !== fd);
  t.equal(left, others, 'wrong.others');
}

/** Lets the exercise serve a client. @returns how the client left, null if it did not */
function call(exercise: Exercise, t: Checker, room: Room, fd: Fd): 'FIN' | 'RST' | null {
  const { rig, clients, read, heard } = room;
  let end: 'FIN' | 'RST' | null = null;
  let calls = 0;
  const recv = (from: Fd, length: number): Uint8Array => {
    calls++;
    try {
      const bytes = rig.recv(from, length);
      if (bytes.length === 0) end = 'FIN';
      return bytes;
    } catch (error) {
      if (error instanceof SocketError && error.code === 'ECONNRESET') end = 'RST';
      throw error;
    }
  };
  const hear = (from: Fd, bytes: Uint8Array): void => {
    t.expect(bytes?.length > 0, 'wrong.empty-message', { fd });
    heard.push(`${from}: ${toHex(bytes)}`);
    rig.server.send(from, bytes);
  };
  try {
    exercise.serveClient(new ForwardingNet(rig.server, { recv }), fd, clients, read, hear);
  } catch (error) {
    if (end === 'RST' && error instanceof SocketError) t.fail('wrong.reset-throws', { fd });
    throw error;
  }
  t.expect(calls === 1, 'wrong.one-recv', { fd, calls });
  return end;
}

/** Nothing may be left of a client that has gone. */
async function checkGone(t: Checker, room: Room, fd: Fd, end: 'FIN' | 'RST'): Promise<void> {
  const { rig, clients, read } = room;
  rig.note({ step: 'disconnect', fd, cause: end === 'FIN' ? 'fin' : 'reset' });
  const isOpen = rig.server.openFds.includes(fd);
  if (read.has(fd) && isOpen) {
    t.fail('wrong.spins', { fd, turns: await rig.spins(fd, 'read'), end });
  }
  t.expect(!read.has(fd), 'wrong.closed-but-watched', { fd });
  t.expect(!isOpen, 'wrong.leak', { fd, end });
  t.expect(!clients.has(fd), 'wrong.in-table', { fd });
}

export default (async (exercise, t) => {
  const rig = await openRig(t);
  const { server, listener } = rig;
  const room: Room = { rig, clients: new Map(), read: new FdSet([listener]), heard: [] };
  let count = 0;
  const joins = async (): Promise<Guest> => {
    const guest = await rig.connects(`client-${++count}`);
    await turn(exercise, t, room);
    guest.at = [...room.clients.keys()].at(-1) ?? -1;
    t.step('step.joins', { fd: guest.at });
    return guest;
  };
  const says = (guest: Guest, text: string): void => {
    t.step('step.says', { fd: guest.at, text, bytes: text.length });
    guest.says(text);
  };
  const leaves = (guest: Guest, way: (typeof WAYS)[number]): void => {
    t.step(`step.${way}`, { fd: guest.at });
    guest.leaves(way);
  };

  // what is said is heard, however short it is
  const ada = await joins();
  for (const text of ['hello, everyone', 'hi', '!']) {
    says(ada, text);
    await turn(exercise, t, room);
    const heard = `${ada.at}: ${toHex(new TextEncoder().encode(text))}`;
    t.equal(room.heard, [heard], 'wrong.not-heard', { bytes: text.length });
  }

  // each way to leave, alone; a half-closed client still gets its answer
  for (const way of WAYS) {
    const guest = await joins();
    if (way === 'shutdown') says(guest, 'bye');
    leaves(guest, way);
    for (let i = 0; i < 3; i++) await turn(exercise, t, room);
    if (way !== 'shutdown') continue;
    const heard = toHex(await guest.hears());
    t.equal(`${heard} ${guest.ended}`, '627965 FIN', 'wrong.last-bytes');
  }

  // many, in a seeded order, several a turn: nothing of them is left
  const random = new Random(6);
  const guests: Guest[] = [ada];
  for (let i = 0; i < 40; i++) guests.push(await joins());
  while (guests.length > 0) {
    for (let i = Math.min(guests.length, 1 + random.below(3)); i > 0; i--) {
      const [guest] = guests.splice(random.below(guests.length), 1);
      if (guest !== undefined) leaves(guest, WAYS[random.below(3)] ?? 'close');
    }
    const [other] = guests;
    if (other !== undefined) says(other, 'hm');
    await turn(exercise, t, room);
    if (other !== undefined)
      t.equal(room.heard, [`${other.at}: 686d`], 'wrong.not-heard', { bytes: 2 });
  }
  t.equal(server.openFds, [listener], 'wrong.leak', { fd: server.openFds.at(-1) ?? 0, end: 'FIN' });
}) satisfies Check<Exercise>;
