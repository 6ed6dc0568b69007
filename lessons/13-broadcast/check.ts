import {
  type Address,
  type BroadcastStep,
  diffTraces,
  encodeFrame,
  type Fd,
  type FdSet,
  ForwardingNet,
  type ListeningProgram,
  type Net,
  Opcode,
  OriginalServer,
  type Ready,
  readTrace,
  type SendStep,
  SocketError,
  type Step,
  simulate,
  type TraceEvent,
  toHex,
  tracesEqual,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import type { Client } from './exercise.js';
import { RECORDED } from './recorded.js';
import { SCENARIO } from './scenario.js';

type Exercise = typeof import('./exercise.js');

/** One fan out of the PHP trace: the step, and the sends that took something. */
interface Round {
  broadcast: BroadcastStep;
  sends: SendStep[];
}

/** What the exercise did with one of them. */
interface Done {
  /** Whom it handed bytes, in order, and the bytes. */
  calls: { fd: Fd; bytes: Uint8Array; taken: number }[];
  /** How many of these calls came before the first step. */
  early: number;
  steps: Step[];
  /** Descriptors whose send has failed. */
  broken: Map<Fd, SocketError>;
  thrown: unknown;
}

function roundsOf(events: readonly TraceEvent[]): Round[] {
  const rounds: Round[] = [];
  for (const event of events) {
    if (event.step === 'broadcast') rounds.push({ broadcast: event, sends: [] });
    if (event.step === 'send' && event.taken > 0) rounds.at(-1)?.sends.push(event);
    if (event.step === 'handshake') rounds.push({ broadcast: NOBODY, sends: [] });
  }
  return rounds.filter(({ broadcast }) => broadcast !== NOBODY); // without the greetings
}

const NOBODY: BroadcastStep = { step: 'broadcast', to: [], bytes: new Uint8Array(0) };

/** Runs the exercise once, from its first step to its last. */
function run(
  exercise: Exercise,
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  speaker: Fd,
  json: string,
  t: Checker,
): Done {
  const done: Done = { calls: [], early: 0, steps: [], broken: new Map(), thrown: null };
  const send: Net['send'] = (fd, bytes) => {
    try {
      const taken = net.send(fd, bytes);
      done.calls.push({ fd, bytes, taken });
      if (done.steps.length === 0) done.early++;
      return taken;
    } catch (error) {
      if (error instanceof SocketError) done.broken.set(fd, error);
      throw error;
    }
  };
  try {
    const tapped = new ForwardingNet(net, { send });
    const steps: Iterable<Step> | undefined = exercise.broadcast(tapped, clients, speaker, json);
    t.expect(typeof steps?.[Symbol.iterator] === 'function', 'wrong.no-steps');
    for (const step of steps) {
      t.expect(step?.step === 'broadcast' || step?.step === 'send', 'wrong.no-steps');
      done.steps.push(step);
    }
  } catch (error) {
    done.thrown = error;
  }
  return done;
}

/** The mirror of the PHP original, with the exercise in the place of its broadcast. */
class Server implements ListeningProgram {
  watched = false;
  /** What went wrong first; from there on the mirror goes on alone. */
  failure: unknown = null;
  readonly #exercise: Exercise;
  readonly #t: Checker;
  readonly #net: Net;
  readonly #events: readonly TraceEvent[];
  readonly #mirror: OriginalServer;
  readonly #clients = new Map<Fd, Client>();
  readonly #rounds: Round[];
  /** While the mirror writes what the exercise has sent already. */
  #done: Done | null = null;

  constructor(
    exercise: Exercise,
    t: Checker,
    rounds: Round[],
    net: Net,
    events: readonly TraceEvent[],
  ) {
    this.#exercise = exercise;
    this.#t = t;
    this.#rounds = rounds;
    this.#net = net;
    this.#events = events;
    const send: Net['send'] = (fd, bytes) => this.#send(fd, bytes);
    this.#mirror = new OriginalServer(new ForwardingNet(net, { send }));
  }

  get read(): FdSet {
    return this.#mirror.read;
  }

  get write(): FdSet {
    return this.#mirror.write;
  }

  timeoutMs(): null {
    return null;
  }

  listen(address: Address): Promise<Step[]> {
    return this.#mirror.listen(address);
  }

  stop(): void {
    this.#mirror.stop();
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    let spoken: { fd: Fd; reply: string } = { fd: -1, reply: '' };
    for (const step of this.#mirror.turn(ready)) {
      if (step.step === 'send' && this.#done !== null) continue;
      this.#done = null;
      this.#follow(step);
      if (step.step === 'deal') spoken = step;
      if (step.step === 'broadcast' && this.failure === null) {
        yield* this.#broadcast(spoken.fd, spoken.reply);
      } else yield step;
    }
    this.#done = null;
  }

  /** Keeps the table, in the order of connecting. */
  #follow(step: Step): void {
    if (step.step === 'accept') this.#clients.set(step.fd, { uname: '' });
    if (step.step === 'disconnect') this.#clients.delete(step.fd);
    if (step.step !== 'deal') return;
    const reply = JSON.parse(step.reply);
    const client = this.#clients.get(step.fd);
    if (reply.type === 'login' && client !== undefined) client.uname = reply.content;
  }

  *#broadcast(speaker: Fd, json: string): Generator<Step, void, void> {
    const t: Checker = this.#t;
    const turn = this.#events.at(-1)?.turn ?? 0;
    t.step('step.broadcast', { turn, speaker, clients: [...this.#clients.keys()].join(' ') });
    t.trace = this.#events;
    this.#done = run(this.#exercise, this.#net, this.#clients, speaker, json, t);
    const { steps, thrown } = this.#done;
    if (thrown !== null && !(thrown instanceof SocketError)) {
      this.failure = thrown;
      return;
    }
    yield* steps;
    t.trace = [...this.#events];
    try {
      this.#judge(this.#done, this.#rounds.shift(), speaker, json);
    } catch (error) {
      this.failure = error;
    }
  }

  #judge(done: Done, round: Round | undefined, speaker: Fd, json: string): void {
    const t: Checker = this.#t;
    if (round === undefined) throw new Error('bug: more fan outs than PHP has recorded');
    const { calls, steps, broken } = done;
    const to = [...round.broadcast.to];
    const frame = round.broadcast.bytes;
    const all = steps.filter((step) => step.step === 'broadcast');
    t.expect(all.length > 0, 'wrong.no-broadcast-step');
    const frames = Math.max(all.length, framesIn(calls.map((call) => call.bytes)));
    t.expect(all.length === 1, 'wrong.frame-each', { frames });
    t.expect(steps[0]?.step === 'broadcast' && done.early === 0, 'wrong.sends-first');
    for (const bytes of [...all.map((step) => step.bytes), ...calls.map((call) => call.bytes)]) {
      t.bytes(bytes, frame, misread(bytes, json));
    }
    t.expect(frames === 1, 'wrong.frame-each', { frames });
    const heard = [...calls.map(({ fd }) => fd)];
    const living = to.filter((fd) => !broken.has(fd));
    const [gone = -1] = broken.keys();
    if (broken.size > 0 && heard.length < living.length) t.fail('wrong.gone-ends-it', { gone });
    const others = to.filter((fd) => fd !== speaker);
    const isWithout = String(heard) === String(others) && to.includes(speaker);
    t.expect(!isWithout, 'wrong.without-speaker', { speaker });
    const named = living.filter((fd) => this.#clients.get(fd)?.uname !== '');
    const isNamed = String(heard) === String(named) && named.length < living.length;
    const [nameless = -1] = living.filter((fd) => !named.includes(fd));
    t.expect(!isNamed, 'wrong.only-named', { nameless });
    const sorted = (fds: readonly Fd[]): Fd[] => [...fds].sort((a, b) => a - b);
    const isOrder = String(sorted(heard)) === String(sorted(living));
    t.equal(heard, living, isOrder ? 'wrong.order' : 'wrong.not-everyone');
    t.equal(all[0]?.to, to, 'wrong.told-otherwise');
    const told = steps.filter((step) => step.step === 'send');
    t.expect(!told.some(({ fd }) => broken.has(fd)), 'wrong.send-steps');
    const sent = told.filter(({ taken }) => taken > 0);
    const plain = sent.map(({ fd, length, taken }) => ({ fd, length, taken }));
    const right = round.sends.map(({ fd, length, taken }) => ({ fd, length, taken }));
    t.equal(plain, right, 'wrong.send-steps');
  }

  #send(fd: Fd, bytes: Uint8Array): number {
    if (this.#done === null || this.failure !== null) return this.#net.send(fd, bytes);
    const error = this.#done.broken.get(fd);
    if (error !== undefined) throw error;
    return bytes.length;
  }
}

/** How many pieces of memory these are: the same bytes made anew are other bytes. */
function framesIn(all: readonly Uint8Array[]): number {
  const made: Uint8Array[] = [];
  for (const bytes of all) {
    const isMade = made.some(
      ({ buffer, byteOffset }) => buffer === bytes.buffer && byteOffset === bytes.byteOffset,
    );
    if (!isMade) made.push(bytes);
  }
  return made.length;
}

/** What is probably believed by someone who sends these bytes. */
function misread(bytes: unknown, json: string): string {
  if (!(bytes instanceof Uint8Array)) return 'wrong.frame';
  if (((bytes[1] ?? 0) & 0b1000_0000) !== 0) return 'wrong.masked';
  const payload = new TextEncoder().encode(json);
  const isPlain = bytes.length === payload.length && bytes.every((byte, i) => byte === payload[i]);
  const ofText = encodeFrame(Opcode.text, json as unknown as Uint8Array); // in it, each letter is 00
  if (toHex(bytes) === toHex(ofText)) return 'wrong.text-payload';
  const last = encodeFrame(Opcode.text, payload);
  return isPlain && bytes.length < last.length ? 'wrong.no-frame' : 'wrong.frame';
}

export default (async (exercise, t: Checker) => {
  const recorded = readTrace(RECORDED).events;
  const rounds = roundsOf(recorded);
  let server: Server | null = null;
  const { events } = await simulate(SCENARIO, {
    jitterMs: 0, // as in the recording, who speaks first is heard first
    program: (net, events) => {
      server = new Server(exercise, t, rounds, net, events);
      return server;
    },
  });
  const { failure } = server as unknown as Server;
  if (failure !== null) throw failure;
  t.step('step.trace', { events: recorded.length });
  t.trace = events;
  t.expect(tracesEqual(diffTraces(recorded, events)), 'wrong.trace');
}) satisfies Check<Exercise>;
