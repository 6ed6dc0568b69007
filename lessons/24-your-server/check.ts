import { type Fd, joinBytes, type TraceEvent } from 'loopscope';
import { type Check, type Checker, type Guest, openRig, type Rig } from 'loopscope/lesson';
import { OTHERS } from './conversation.js';
import type { Kind } from './exercise.js';
import { Relay } from './serving.js';

type Exercise = typeof import('./exercise.js');

/** Which recording is of which kind. */
const MADE: readonly [Kind, string][] = [
  ['select', 'select.c'],
  ['edge', 'epoll.c'],
  ['asyncio', 'asyncio_chat.py'],
  ['libuv', 'node_net.mjs'],
];

/** The same loop on another machine: its calls have other names, its descriptors other numbers. */
function elsewhere(events: readonly TraceEvent[]): TraceEvent[] {
  const moved = (value: unknown, key: string): unknown => {
    if (key === 'call') return 'wait';
    if (key === 'fd' || key === 'listener') return Number(value) + 40;
    const isList = ['read', 'write', 'readyRead', 'readyWrite'].includes(key);
    return isList ? (value as Fd[]).map((fd) => fd + 40) : value;
  };
  return events.map((event) => {
    const entries = Object.entries(event).map(([key, value]) => [key, moved(value, key)]);
    return Object.fromEntries(entries) as TraceEvent;
  });
}

/** What is probably believed by who takes one kind for another. */
function misconception(right: Kind, given: unknown): string {
  const both = [right, given];
  const is = (one: Kind, other: Kind): boolean => both.includes(one) && both.includes(other);
  if (is('asyncio', 'edge')) return 'wrong.accept-only';
  if (is('asyncio', 'libuv')) return 'wrong.asks-first';
  if (is('select', 'edge')) return 'wrong.scanned';
  if (right === 'select' || given === 'select') return 'wrong.polls';
  return 'wrong.kind';
}

function checkWho({ whoMade }: Exercise, t: Checker): void {
  for (const place of ['here', 'elsewhere'] as const) {
    for (const [kind, name] of MADE) {
      const recorded = OTHERS.get(name) ?? [];
      const events = place === 'here' ? recorded : elsewhere(recorded);
      t.step(`step.${place}`, { name, length: events.length });
      t.trace = events;
      t.at = 0; // the whole of it is asked about
      const given = whoMade(events);
      // right where the calls had names
      const why = place === 'here' ? misconception(kind, given) : 'wrong.names';
      t.equal(given, kind, why, { name });
    }
  }
}

/** The server of the exercise, in which nobody may stand. */
class Judged extends Relay {
  readonly #t: Checker;
  /** What was found in the middle of a turn. */
  failure: unknown = null;
  /** What the socket of each client has taken. */
  readonly taken = new Map<Fd, Uint8Array[]>();

  constructor(t: Checker, rig: Rig) {
    super(rig.server, rig.listener, (step) => rig.note(step));
    this.#t = t;
  }

  override send(fd: Fd, bytes: Uint8Array): number {
    if (this.failure !== null) throw this.failure;
    this.#judged(() => this.#t.expect(this.outboxes.has(fd), 'wrong.gone', { fd }));
    const taken = super.send(fd, bytes);
    const list = this.taken.get(fd) ?? [];
    this.taken.set(fd, [...list, bytes.slice(0, taken)]);
    return taken;
  }

  protected override async stands(fd: Fd): Promise<void> {
    const reason = 'there is no room in its send buffer';
    this.note({ step: 'block', fd, syscall: 'send', reason });
    this.#judged(() => this.#t.fail('wrong.stands', { fd }));
  }

  #judged(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.failure = error; // the exercise may catch it
      throw error;
    }
  }
}

/** A room whose turn is the exercise's. */
class Room {
  readonly server: Judged;
  readonly #rig: Rig;
  readonly #t: Checker;
  readonly #turn: Exercise['turn'];
  /** All that was said so far. */
  #said = new Uint8Array(0);
  readonly #heard = new Map<Guest, Uint8Array>();

  constructor(t: Checker, rig: Rig, turn: Exercise['turn']) {
    this.server = new Judged(t, rig);
    this.#rig = rig;
    this.#t = t;
    this.#turn = turn;
  }

  /** Lets someone in, by the exercise's own accept. */
  async joins(name: string, receiveBuffer?: number): Promise<Guest> {
    const guest = await this.#rig.connects(
      name,
      receiveBuffer === undefined ? {} : { receiveBuffer },
    );
    await this.runs();
    guest.at = this.server.clients.at(-1) ?? -1;
    return guest;
  }

  /** Turns until nothing is ready. */
  async runs(): Promise<void> {
    const { server } = this;
    for (let turns = 0; ; turns++) {
      await this.#rig.world.settle();
      const ready = await this.#rig.select(server.read, server.write);
      if (ready.read.length + ready.write.length === 0) return;
      this.#t.expect(turns < 200, 'wrong.always-watched', { turns });
      await this.#turn(server, ready);
      if (server.failure !== null) throw server.failure;
    }
  }

  says(guest: Guest, text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.#said = joinBytes([this.#said, bytes]) as Uint8Array<ArrayBuffer>;
    guest.says(bytes);
  }

  /** Someone reads what has come. @returns how much it has read by now */
  async hears(guest: Guest): Promise<number> {
    const heard = joinBytes([this.#heard.get(guest) ?? new Uint8Array(0), await guest.hears()]);
    this.#heard.set(guest, heard);
    return heard.length;
  }

  /** Whoever reads has heard all that was said. */
  async checkHeard(guest: Guest): Promise<void> {
    await this.hears(guest);
    const heard = this.#heard.get(guest) ?? new Uint8Array(0);
    this.#t.bytes(heard, this.#said, this.#whyNot(heard), { fd: guest.at }, () => null);
  }

  #whyNot(heard: Uint8Array): string {
    if (heard.length < this.#said.length) return 'wrong.lost';
    return heard.length > this.#said.length ? 'wrong.twice' : 'wrong.order';
  }

  /** Whoever sleeps is watched for writing as long as something waits, and no longer. */
  checkWatched({ at: fd }: Guest): void {
    const taken = joinBytes(this.server.taken.get(fd) ?? []);
    const waiting = this.#said.length - taken.length;
    const start = this.#said.subarray(0, taken.length);
    this.#t.bytes(taken, start, 'wrong.order', { fd }, () => null);
    this.#t.expect(waiting === 0 || this.server.write.has(fd), 'wrong.never-watched', {
      fd,
      waiting,
    });
  }
}

async function checkTurn({ turn }: Exercise, t: Checker): Promise<void> {
  const rig = await openRig(t, { server: { sendBuffer: 4_096 } });
  const room = new Room(t, rig, turn);
  rig.step('step.joins');
  const ada = await room.joins('Ada');
  const ming = await room.joins('Ming', 2_048);
  const grace = await room.joins('Grace');
  for (let round = 1; round <= 12; round++) {
    rig.step('step.says', { round, fd: ming.at });
    room.says(round % 2 === 0 ? grace : ada, `${round} ${'.'.repeat(1_500)}\n`);
    await room.runs();
    for (const guest of [ada, grace]) await room.checkHeard(guest);
    room.checkWatched(ming);
  }
  rig.step('step.wakes', { fd: ming.at });
  for (let before = -1, heard = 0; heard !== before; ) {
    before = heard;
    heard = await room.hears(ming);
    await room.runs();
  }
  await room.checkHeard(ming);
  rig.step('step.leaves', { fd: ming.at });
  for (let i = 0; i < 6; i++) room.says(ada, `${'.'.repeat(1_500)}\n`);
  await room.runs();
  await room.hears(ming); // there is room again, and her end comes in the same turn
  ming.leaves('close');
  await room.runs();
  for (const guest of [ada, grace]) await room.checkHeard(guest);
}

export default (async (exercise, t) => {
  checkWho(exercise, t);
  await checkTurn(exercise, t);
}) satisfies Check<Exercise>;
