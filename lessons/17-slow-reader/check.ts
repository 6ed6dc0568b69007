import {
  encodeFrame,
  type Fd,
  FdSet,
  ForwardingNet,
  joinBytes,
  type Net,
  Opcode,
  Outbox,
  Random,
  SocketError,
} from 'loopscope';
import { type Check, type Checker, type Guest, openRig, type Rig } from 'loopscope/lesson';
import type { Client } from './exercise.js';

type Exercise = typeof import('./exercise.js');

const LIMIT = 20_000;
const ROUNDS = 40;
const MOST_PAYLOAD = 2_500;
/** Sends to one client, one after the other, that a function may make before it is said to wait. */
const MOST_SENDS = 20;
/** Reads only when the next frame would be too much for it: then nearly the limit waits, and there is room. */
const AT_LAST = Number.POSITIVE_INFINITY;
/** How often each client reads, in rounds; 0 is never. The one that never does stands in front. */
const READERS = [0, 1, 5, 1, AT_LAST];

const none = new FdSet();
const nothing = new Uint8Array(0);

/** A client as the check knows it. */
interface Peer {
  readonly guest: Guest;
  readonly every: number;
  readonly client: Client;
  /** What was said to it, all in one. */
  offered: Uint8Array;
  /** How much of this its socket has taken. */
  taken: number;
  /** How much it has read. */
  read: number;
  isGone: boolean;
}

/** A room whose sending is the exercise's. */
class Room {
  readonly peers: Peer[] = [];
  readonly write = new FdSet();
  readonly #exercise: Exercise;
  readonly #t: Checker;
  readonly #rig: Rig;
  readonly #net: Net;
  #sends = 0;
  /** What was found in the middle of a call. */
  #failure: unknown = null;

  constructor(exercise: Exercise, t: Checker, rig: Rig) {
    this.#exercise = exercise;
    this.#t = t;
    this.#rig = rig;
    this.#net = new ForwardingNet(rig.server, { send: (fd, bytes) => this.#send(fd, bytes) });
  }

  /** Lets everyone in. */
  async open(): Promise<void> {
    for (const [i, every] of READERS.entries()) {
      const guest = await this.#rig.joins(`client-${i}`, { receiveBuffer: 2_048 });
      const client = { fd: guest.at, outbox: new Outbox() };
      this.peers.push({ guest, every, client, offered: nothing, taken: 0, read: 0, isGone: false });
    }
  }

  get #present(): Peer[] {
    return this.peers.filter(({ isGone }) => !isGone);
  }

  /** One frame for everyone, and what is to be seen after it. */
  async say(frame: Uint8Array): Promise<void> {
    const t: Checker = this.#t;
    const turn = ++this.#rig.turn;
    this.#rig.step('step.broadcast', { turn, length: frame.length });
    const clients = this.#present.map(({ client }) => client);
    this.#rig.note({ step: 'broadcast', to: clients.map(({ fd }) => fd), bytes: frame });
    for (const peer of this.#present) peer.offered = joinBytes([peer.offered, frame]);
    const tooSlow = this.#guarded(() =>
      this.#exercise.broadcast(this.#net, clients, frame, this.write, LIMIT),
    );
    t.expect(Array.isArray(tooSlow), 'wrong.no-list');
    for (const peer of this.#present) {
      this.#checkSent(peer);
      const waiting = peer.offered.length - peer.taken;
      const isGivenUp = tooSlow.includes(peer.client);
      const values = { fd: peer.client.fd, waiting, limit: LIMIT };
      t.expect(isGivenUp || waiting <= LIMIT, 'wrong.unbounded', values);
      t.expect(!isGivenUp || waiting > LIMIT, 'wrong.too-early', values);
      if (isGivenUp) t.expect(!(await this.#hasRoom(peer)), 'wrong.judged-first', values);
      if (isGivenUp) this.#letGo(peer);
      else await this.#checkWatched(peer);
    }
  }

  /**
   * A payload after which just the limit waits for the first client, which never reads; null where that
   * is not near.
   */
  payloadToLimit(most: number): number | null {
    const [never] = this.peers;
    if (never === undefined || never.isGone || never.taken === 0) return null;
    const left = LIMIT - (never.offered.length - never.taken);
    const length = left - (left <= 127 ? 2 : 4); // less the frame's header
    return length >= 0 && length <= most && left !== 128 && left !== 129 ? length : null;
  }

  /** What select reports as writable is sent, until nothing is. */
  async drainAll(): Promise<void> {
    const rig = this.#rig;
    for (;;) {
      await rig.world.settle();
      const { write } = await rig.select(none, this.write);
      if (write.length === 0) return;
      for (const peer of this.#present) {
        if (!write.includes(peer.client.fd)) continue;
        rig.step('step.drain', { turn: rig.turn, fd: peer.client.fd });
        this.#guarded(() => this.#exercise.drain(this.#net, peer.client, this.write));
        this.#checkSent(peer);
        await this.#checkWatched(peer);
      }
    }
  }

  /** A client reads all that has come, and all that comes behind it. */
  async hear(peer: Peer): Promise<void> {
    peer.read += (await peer.guest.hears()).length;
  }

  /** Whether the socket would take something now. */
  async #hasRoom({ client: { fd } }: Peer): Promise<boolean> {
    return (await this.#rig.server.select(none, new FdSet([fd]), none, 0)).write.length > 0;
  }

  #letGo(peer: Peer): void {
    const { fd } = peer.client;
    peer.isGone = true;
    this.write.delete(fd);
    this.#rig.server.reset(fd);
    this.#rig.note({ step: 'disconnect', fd, cause: 'limit' });
  }

  /** Calls the exercise: a socket that is full must not end the server. */
  #guarded<T>(call: () => T): T {
    this.#sends = 0;
    try {
      const given = call();
      if (this.#failure === null) return given;
      throw this.#failure; // the exercise has caught it
    } catch (error) {
      if (!(error instanceof SocketError) || error.code !== 'EAGAIN') throw error;
      this.#t.fail('wrong.eagain', { error: error.message.replace(/;.*/, '') });
    }
  }

  /** The server's send, as the exercise gets it. */
  #send(fd: Fd, bytes: Uint8Array): number {
    const t: Checker = this.#t;
    if (this.#failure !== null) throw this.#failure;
    t.expect(++this.#sends <= MOST_SENDS * READERS.length, 'wrong.waits', { sends: this.#sends });
    const taken = this.#rig.send(fd, bytes);
    const peer = this.#present.find(({ client }) => client.fd === fd);
    if (peer === undefined) return taken;
    const rest = peer.offered.subarray(peer.taken, peer.taken + taken);
    peer.taken += taken;
    try {
      const why = taken > rest.length ? 'wrong.twice' : 'wrong.order';
      t.bytes(bytes.subarray(0, taken), rest, why, { fd }, () => null);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
    return taken;
  }

  /** All that was said is either with the socket or in the outbox. */
  #checkSent({ client: { fd, outbox }, offered, taken }: Peer): void {
    const waiting = offered.length - taken;
    const values = { fd, waiting, kept: outbox.length };
    this.#t.expect(outbox.length >= waiting, 'wrong.lost', values);
    this.#t.expect(outbox.length <= waiting, 'wrong.twice', values);
  }

  async #checkWatched({ client: { fd }, offered, taken }: Peer): Promise<void> {
    const t: Checker = this.#t;
    const waiting = offered.length - taken;
    if (waiting > 0) t.expect(this.write.has(fd), 'wrong.not-watched', { fd, waiting });
    else if (this.write.has(fd)) {
      const turns = await this.#rig.spins(fd, 'write');
      t.fail('wrong.always-watched', { fd, turns });
    }
  }
}

/** Whether a client reads in this round. */
function isDue({ every, isGone, offered, taken }: Peer, round: number, frame: Uint8Array): boolean {
  if (isGone || every === 0) return false;
  if (every === AT_LAST) return offered.length - taken + frame.length > LIMIT;
  return round % every === 0;
}

export default (async (exercise, t) => {
  const rig = await openRig(t, { server: { sendBuffer: 4_096 } });
  const room = new Room(exercise, t, rig);
  await room.open();
  const random = new Random(17);
  for (let round = 1; round <= ROUNDS; round++) {
    const drawn = 500 + random.below(MOST_PAYLOAD - 500);
    const payload = new Uint8Array(room.payloadToLimit(MOST_PAYLOAD) ?? drawn);
    random.fill(payload);
    const frame = encodeFrame(Opcode.binary, payload);
    // who reads, does it before the frame: the socket has room again, and something still waits
    for (const peer of room.peers) if (isDue(peer, round, frame)) await room.hear(peer);
    await room.say(frame);
    await room.drainAll();
  }
  for (const peer of room.peers.filter(({ isGone }) => !isGone)) {
    t.step('step.end', { fd: peer.client.fd });
    for (let left = -1; left !== peer.read; ) {
      left = peer.read;
      await room.hear(peer);
      await room.drainAll();
    }
    t.equal(peer.read, peer.offered.length, 'wrong.lost', {
      fd: peer.client.fd,
      waiting: peer.offered.length - peer.read,
      kept: peer.client.outbox.length,
    });
  }
}) satisfies Check<Exercise>;
