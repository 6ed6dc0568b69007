import { type Fd, FdSet, ForwardingNet, type SimHost } from 'loopscope';
import { type Check, type Checker, type Guest, openRig, type Rig } from 'loopscope/lesson';

type Exercise = typeof import('./exercise.js');

const none = new FdSet();

/** Deadlines in no order, two of them at the same time. */
const DEADLINES = [2_500, 1_000, 60_000.5, 2_500];
/** There are three moments at which something is to be done. */
const MOST_WAKE_UPS = 6;
/** How late a deadline may be met: a turn takes 0.1 ms. */
const LATE_MS = 1;
const TURN_MS = 0.1;

/** What the exercise says, if select can take it. */
function asked(
  waitAtMost: Exercise['waitAtMost'],
  t: Checker,
  now: number,
  deadlines: number[],
): number | null {
  const list = deadlines.join(', ');
  t.step('step.wait', { now, deadlines: list });
  const ms = waitAtMost(now, [...deadlines]);
  t.expect(ms === null || typeof ms === 'number', 'wrong.no-number');
  t.expect(ms === null || ms >= 0, 'wrong.negative', { ms: String(ms) });
  return ms;
}

/** A minute in which nobody says anything. */
async function checkDeadlines(waitAtMost: Exercise['waitAtMost'], t: Checker): Promise<void> {
  const { server, listener } = await openRig(t, { server: { turnMs: TURN_MS } });
  const read = new FdSet([listener]);
  let left = [...DEADLINES];
  for (let wakeUps = 1; left.length > 0; wakeUps++) {
    const ms = asked(waitAtMost, t, server.now(), left);
    const isEndless = ms === null || ms === Number.POSITIVE_INFINITY;
    t.expect(!isEndless, 'wrong.forever', { next: Math.min(...left) });
    await server.select(read, none, none, ms);
    const now = server.now();
    const due = Math.min(...left);
    t.expect(now - due <= LATE_MS, 'wrong.late', { due, now });
    left = left.filter((deadline) => deadline > now);
    t.expect(wakeUps <= MOST_WAKE_UPS, 'wrong.polls', { wakeUps, now, due });
  }
}

/** Nothing is to be done at all. */
async function checkIdle(waitAtMost: Exercise['waitAtMost'], t: Checker): Promise<void> {
  const { server, listener } = await openRig(t, { server: { turnMs: TURN_MS } });
  const read = new FdSet([listener]);
  for (let wakeUps = 1; ; wakeUps++) {
    const ms = asked(waitAtMost, t, server.now(), []);
    if (ms === null || ms === Number.POSITIVE_INFINITY) return;
    await server.select(read, none, none, ms);
    t.expect(wakeUps < 20, 'wrong.idle', { wakeUps, now: server.now() });
  }
}

/** Bytes of a line; dealing with one takes a millisecond. */
const LINE = 64;
/** Lines that the chatty client says, all at once. */
const CHATTER = 640;
/** Clients that say a line now and then. */
const QUIET = 8;
/** Most bytes of one client in a turn. */
const SHARE = 512;
/** Milliseconds between an answer and the next line of a quiet client. */
const PAUSE_MS = 20;
/** Two turns in which each of the quiet ones has a line too, and the way there and back. */
const MOST_WAIT_MS = 40;
/** Nothing takes longer, in virtual time. */
const OVER_MS = 5_000;

/** What happened in the turn that is on. */
interface Turn {
  readonly ready: readonly Fd[];
  /** Bytes of each recv, by client. */
  readonly taken: Map<Fd, number[]>;
}

/** A server that answers each line with a byte, and whose turn is the exercise's. */
class Room {
  readonly #exercise: Exercise;
  readonly #t: Checker;
  readonly #rig: Rig;
  readonly #dealt = new Map<Fd, number>();
  #turn: Turn = { ready: [], taken: new Map() };
  #isDealing = false;
  #chatty: Fd = -1;
  /** Since when each quiet client waits for an answer. */
  readonly #waiting = new Map<SimHost, number>();
  /** The longest such wait that is over. */
  #longest = 0;
  #isAtOnce = false;
  #isOver = false;

  constructor(exercise: Exercise, t: Checker, rig: Rig) {
    this.#exercise = exercise;
    this.#t = t;
    this.#rig = rig;
  }

  /** One chatty client, and some quiet ones, until the chatty one has its answers. */
  async run(): Promise<void> {
    try {
      await this.#loop();
    } finally {
      this.#isOver = true; // the clients stop
    }
  }

  async #loop(): Promise<void> {
    const t: Checker = this.#t;
    const clients = await this.#enterAll();
    const rig = this.#rig;
    const net = new ForwardingNet(rig.server, { recv: (fd, length) => this.#recv(fd, length) });
    const deal = (fd: Fd, bytes: Uint8Array): Promise<void> => this.#deal(fd, bytes);
    while (!this.#isOver) {
      const { read: ready } = await rig.select(clients, none, 1_000);
      this.#turn = { ready, taken: new Map() };
      rig.step('step.serve', { turn: rig.turn, fds: ready.join(' ') });
      await this.#exercise.serve(net, ready, deal);
      t.expect(!this.#isDealing && !this.#isAtOnce, 'wrong.not-awaited');
      t.expect(this.#rig.server.now() < OVER_MS, 'wrong.not-served', {
        fd: this.#chatty,
        ms: OVER_MS,
      });
      this.#checkWait();
    }
  }

  /** Says what made someone wait, by what the turn did. */
  #checkWait(): void {
    const now = this.#rig.server.now();
    const waited = Math.max(this.#longest, ...[...this.#waiting.values()].map((at) => now - at));
    if (waited <= MOST_WAIT_MS) return;
    const taken = this.#turn.taken.get(this.#chatty) ?? [];
    const values = {
      waited: Math.round(waited),
      fd: this.#chatty,
      times: taken.length,
      bytes: Math.max(0, ...taken),
      ready: this.#turn.ready.length,
      served: this.#turn.taken.size,
      limit: MOST_WAIT_MS,
    };
    if (taken.length > 1) this.#t.fail('wrong.until-empty', values);
    if (values.bytes > SHARE) this.#t.fail('wrong.share', values);
    this.#t.fail(values.served < values.ready ? 'wrong.first-only' : 'wrong.waited', values);
  }

  async #enterAll(): Promise<FdSet> {
    const clients = new FdSet();
    for (let i = 0; i <= QUIET; i++) {
      const guest = await this.#rig.joins(`client-${i}`);
      clients.add(guest.at);
      if (i === 0) {
        this.#chatty = guest.at;
        void this.#chat(guest);
      } else void this.#say(guest);
    }
    return clients;
  }

  async #chat({ net, fd }: Guest): Promise<void> {
    net.send(fd, new Uint8Array(CHATTER * LINE));
    for (let answers = 0; answers < CHATTER; ) {
      await net.select(new FdSet([fd]), none, none);
      answers += net.recv(fd, 2_048).length;
    }
    this.#isOver = true;
  }

  async #say({ net, fd }: Guest): Promise<void> {
    while (!this.#isOver) {
      const start = net.now();
      this.#waiting.set(net, start);
      net.send(fd, new Uint8Array(LINE));
      await net.select(new FdSet([fd]), none, none);
      net.recv(fd, 1);
      this.#waiting.delete(net);
      this.#longest = Math.max(this.#longest, net.now() - start);
      await net.select(none, none, none, PAUSE_MS);
    }
  }

  #recv(fd: Fd, length: number): Uint8Array {
    const bytes = this.#rig.recv(fd, length);
    const { taken } = this.#turn;
    taken.set(fd, [...(taken.get(fd) ?? []), bytes.length]);
    return bytes;
  }

  /** Takes its time, and answers each line that is whole. */
  async #deal(fd: Fd, bytes: Uint8Array): Promise<void> {
    this.#isAtOnce ||= this.#isDealing;
    this.#isDealing = true;
    await this.#rig.server.select(none, none, none, bytes.length / LINE);
    this.#isDealing = false;
    const before = this.#dealt.get(fd) ?? 0;
    const after = before + bytes.length;
    this.#dealt.set(fd, after);
    const lines = Math.floor(after / LINE) - Math.floor(before / LINE);
    if (lines > 0) this.#rig.server.send(fd, new Uint8Array(lines));
  }
}

export default (async (exercise, t) => {
  await checkDeadlines(exercise.waitAtMost, t);
  const late = asked(exercise.waitAtMost, t, 5_000, [6_000, 4_000]);
  t.equal(late, 0, 'wrong.over', { now: 5_000, due: 4_000 });
  await checkIdle(exercise.waitAtMost, t);
  const rig = await openRig(t, { server: { turnMs: TURN_MS } });
  await new Room(exercise, t, rig).run();
}) satisfies Check<Exercise>;
