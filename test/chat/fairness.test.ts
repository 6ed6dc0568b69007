import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { Announcements } from '../../src/chat/announcements.js';
import { Room } from '../../src/chat/room.js';
import { SocketError } from '../../src/net/net.js';
import { encodeClose } from '../../src/websocket/closing.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { ascii, clientFrame, MASKING_KEY, request } from '../support/room.js';
import { type SimPeer, SimRoom } from '../support/sim-room.js';

const says = (content: string): Uint8Array =>
  clientFrame(Opcode.text, JSON.stringify({ type: 'user', content }));
const many = (frame: Uint8Array, count: number): Uint8Array =>
  joinBytes(Array.from({ length: count }, () => frame));
const count = (text: string, piece: string): number => text.split(piece).length - 1;
/** A room in which nobody is thrown out for saying much. */
const open = (limits = {}): Promise<SimRoom> =>
  SimRoom.open({ limits: { maxFramesPerSecond: Infinity, ...limits } });

/** Sends what the send buffer takes. @returns false when that is not all */
function sendsAll({ host, fd }: SimPeer, bytes: Uint8Array): boolean {
  try {
    return host.send(fd, bytes) === bytes.length;
  } catch (error) {
    if (error instanceof SocketError && error.code === 'EAGAIN') return false;
    throw error;
  }
}

/** Whose frames were dealt with in each turn that had any: descriptors, one a frame. */
function served(room: SimRoom): number[][] {
  const turns = new Map<number, number[]>();
  for (const { turn, fd } of room.steps('parse')) turns.set(turn, [...(turns.get(turn) ?? []), fd]);
  return [...turns.values()];
}

describe('a client has a share of each turn', () => {
  test('of so many frames: the next wait for the next turn, and select knows that they wait', async () => {
    const room = await open({ maxFramesPerTurn: 4 });
    const bob = await room.join('Bob');
    const fd = room.steps('accept')[0]?.fd ?? 0;
    room.events.length = 0;
    bob.send(many(says('x'), 10));
    await room.sim.settle();
    expect(served(room).map((fds) => fds.length)).toEqual([4, 4, 2]);
    const [first, second, third, fourth] = room.steps('select');
    expect(first).toMatchObject({ readyRead: [fd] });
    expect(first).not.toHaveProperty('pending');
    for (const asked of [second, third]) {
      expect(asked).toMatchObject({ pending: [fd], readyRead: [] });
      expect(asked?.read).not.toContain(fd); // nothing more is taken from it meanwhile
    }
    expect(fourth).toBeUndefined(); // it waits
    expect(room.steps('recv')).toHaveLength(1);
    expect(count(ascii(bob.receive()), '"user"')).toBe(10);
    expect(await room.stop()).toEqual([]);
  });

  test('of so many bytes for outboxes: one broadcast may be more, those behind it wait', async () => {
    const room = await open({ maxBytesPerTurn: 1_000 });
    const bob = await room.join('Bob');
    const ada = await room.join('Ada');
    room.events.length = 0;
    bob.send(many(says('x'.repeat(2_000)), 3));
    await room.sim.settle();
    expect(served(room).map((fds) => fds.length)).toEqual([1, 1, 1]);
    expect(count(ascii(ada.receive()), '"user"')).toBe(3);
    expect(await room.stop()).toEqual([]);
  });

  test('and waits for nothing when its last frame has used it up', async () => {
    const room = await open({ maxFramesPerTurn: 4 });
    const bob = await room.join('Bob');
    bob.send(many(says('x'), 4));
    await room.sim.settle();
    expect(room.steps('select').filter(({ pending }) => pending !== undefined)).toEqual([]);
    expect(await room.stop()).toEqual([]);
  });

  test('everyone who is ready is served before anyone is served twice', async () => {
    const room = await open({ maxFramesPerTurn: 3 });
    const bob = await room.join('Bob');
    const others = [await room.join('Ada'), await room.join('Grace')];
    bob.send(many(says('x'), 30));
    for (const other of others) other.send(many(says('y'), 2));
    await room.sim.settle();
    const all = served(room).slice(-10);
    const [bobs, ...fds] = room.steps('accept').map(({ fd }) => fd);
    expect(all[0]).toEqual([bobs, bobs, bobs, ...fds.flatMap((fd) => [fd, fd])]);
    for (const turn of all.slice(1)) expect(turn).toEqual([bobs, bobs, bobs]);
    expect(await room.stop()).toEqual([]);
  });

  test('frames that wait are not lost behind a FIN', async () => {
    const room = await open();
    const ada = await room.join('Ada');
    const bob = await room.join('Bob');
    bob.send(many(says('x'), 700));
    bob.host.shutdown(bob.fd);
    await room.sim.settle();
    expect(count(ascii(ada.receive()), '"from":"Bob"')).toBe(700);
    expect(room.causes).toEqual(['fin']);
    expect(await room.stop()).toEqual([]);
  });

  test('nor behind the request of the handshake, and a Close behind them counts in its place', async () => {
    const room = await open({ maxFramesPerTurn: 3 });
    const peer = await room.connect();
    const login = clientFrame(Opcode.text, '{"type":"login","content":"Bob"}');
    const close = clientFrame(Opcode.close, encodeClose(1000));
    peer.send(joinBytes([utf8(request()), login, many(says('x'), 7), close, says('behind')]));
    await room.sim.settle();
    const heard = ascii(peer.receive());
    expect(count(heard, '"user"')).toBe(7);
    expect(heard).not.toContain('behind');
    expect(room.causes).toEqual(['close-frame']);
    expect(await room.stop()).toEqual([]);
  });

  test('a connection that is reset while its frames wait is over, and its number is free', async () => {
    const room = await open({ maxFramesPerTurn: 1 });
    const ada = await room.join('Ada');
    const bob = await room.join('Bob');
    bob.send(many(says('x'), 50));
    bob.host.reset(bob.fd);
    await room.sim.settle();
    expect(room.causes).toEqual(['reset']);
    expect(count(ascii(ada.receive()), '"logout"')).toBe(1);
    expect(room.server.pending.size).toBe(0);
    expect(await room.stop()).toEqual([]);
  });

  test('who does not read what it asked for is not served on: its own outbox stays bounded', async () => {
    const room = await open({ maxFramesPerTurn: 8 });
    const machine = room.sim.host('slow', { address: '10.0.3.3', receiveBuffer: 1_000 });
    const bob = await room.join('Bob', machine);
    const piece = many(says('x'.repeat(1_000)), 60);
    for (let all = true; all; await room.sim.settle()) all = sendsAll(bob, piece);
    expect(room.server.pending.size).toBe(0);
    expect(room.causes).toEqual([]);
    expect(room.server.timeoutMs()).not.toBe(0); // and no loop is busy because of it
    machine.reset(bob.fd);
    await room.sim.settle();
    expect(await room.stop()).toEqual([]);
  });
});

describe('every frame counts', () => {
  test('empty fragments too: more than the limit in a second get 1008', async () => {
    const room = await SimRoom.open({ limits: { maxFramesPerSecond: 10 } });
    const peer = await room.join('many');
    const empty = encodeFrame(Opcode.continuation, new Uint8Array(0), {
      fin: false,
      maskingKey: MASKING_KEY,
    });
    const first = encodeFrame(Opcode.text, new Uint8Array(0), {
      fin: false,
      maskingKey: MASKING_KEY,
    });
    peer.send(joinBytes([first, many(empty, 500)]));
    await room.sim.settle();
    expect(room.steps('error')).toMatchObject([{ code: 'too-many-frames', closeCode: 1008 }]);
    expect(room.causes).toEqual(['limit']);
    expect(await room.stop()).toEqual([]);
  });
});

describe('announcements', () => {
  /** A room of three in which the third announcement within a second is too soon. */
  const small = (): Promise<SimRoom> =>
    SimRoom.open({
      application: new Room(new Announcements({ bytesPerSecond: 200, burst: 200 })),
      limits: { pingIntervalMs: Infinity },
    });
  const presence = (bytes: Uint8Array): string[] =>
    [...ascii(bytes).matchAll(/"type":"(?:login|logout)".*?\]\}/g)].map(([text]) => text);

  test('a class of 48 with the longest names, all of them at once, hears of each', async () => {
    const room = await SimRoom.open();
    const peers = [];
    for (let i = 0; i < 48; i++) {
      const peer = await room.connect();
      peer.send(request());
      peers.push(peer);
    }
    await room.sim.settle();
    for (const [i, peer] of peers.entries()) {
      peer.say({ type: 'login', content: `${i}`.padEnd(64, '学') });
    }
    await room.sim.settle();
    const heard = peers.map(() => '');
    for (let more = true; more; await room.sim.settle()) {
      const came = peers.map((peer) => ascii(peer.receive()));
      more = came.some((text) => text !== '');
      for (const [i, text] of came.entries()) heard[i] += text;
    }
    for (const text of heard) expect(count(text, '"type":"login"')).toBe(48);
    expect(await room.stop()).toEqual([]);
  });

  test('what follows too soon is one, with the last state, when its time has come', async () => {
    const room = await small();
    const ada = await room.join('Ada');
    await room.join('Bob');
    await room.join('Cy');
    ada.receive();
    await room.join('Dee');
    await room.join('Eve');
    expect(presence(ada.receive())).toEqual([]);
    await room.sim.run(room.sim.now() + 60_000);
    expect(presence(ada.receive())).toEqual([
      '"type":"login","content":"Eve","user_list":["Ada","Bob","Cy","Dee","Eve"]}',
    ]);
    expect(await room.stop()).toEqual([]);
  });

  test('who logs in has its own answer at once, with who is there', async () => {
    const room = await small();
    for (const name of ['Ada', 'Bob', 'Cy']) await room.join(name);
    const dee = await room.connect();
    dee.send(request());
    dee.say({ type: 'login', content: 'Dee' });
    await room.sim.settle();
    expect(presence(dee.receive())).toEqual([
      '"type":"login","content":"Dee","user_list":["Ada","Bob","Cy","Dee"]}',
    ]);
    expect(await room.stop()).toEqual([]);
  });

  test('of one who has come and left meanwhile nobody hears; of one who was known everyone does', async () => {
    const room = await small();
    const ada = await room.join('Ada');
    const bob = await room.join('Bob');
    await room.join('Cy');
    ada.receive();
    const guest = await room.join('guest');
    guest.host.close(guest.fd);
    await room.sim.run(room.sim.now() + 60_000);
    expect(presence(ada.receive())).toEqual([]);
    await room.join('Dee');
    await room.join('Eve');
    ada.receive();
    bob.host.close(bob.fd);
    await room.sim.run(room.sim.now() + 60_000);
    expect(presence(ada.receive())).toEqual([
      '"type":"logout","content":"Bob","user_list":["Ada","Cy","Dee","Eve"]}',
    ]);
    expect(await room.stop()).toEqual([]);
  });

  test('a room that stops does not wait for one', async () => {
    const room = await small();
    for (const name of ['Ada', 'Bob', 'Cy', 'Dee']) await room.join(name);
    expect(room.server.timeoutMs()).toBeGreaterThan(0);
    expect(await room.stop()).toEqual([]);
  });
});

test('what a room has announced counts less and less, until one may go at once again', () => {
  const announcements = new Announcements({ bytesPerSecond: 1_000, burst: 1_000 });
  announcements.went(2_500, 0);
  expect(announcements.mayGo(1_499)).toBe(false);
  expect(announcements.mayGo(1_500)).toBe(true);
  announcements.went(600, 1_500);
  expect(announcements.mayGo(1_500)).toBe(false);
});
