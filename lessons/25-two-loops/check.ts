import { type Envelope, FdSet, Random } from 'loopscope';
import { type Check, type Checker, type Guest, openRig, type Rig } from 'loopscope/lesson';
import { Judged } from './fold.js';

type Exercise = typeof import('./exercise.js');

/** The loops, and who is in each. */
const PEOPLE = { 'loop-a': 'Ada', 'loop-b': 'Ming', 'loop-c': 'Grace' } as const;
type Name = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as Name[];
/** Few, so that the same is said more than once. */
const TEXTS = ['yes', 'no', '你好'];

/** A world: a broker, and loops that are connected to it as long as nothing cuts them off. */
class World {
  readonly #rig: Rig;
  readonly #loops = new Map<Name, Judged>();
  readonly #wires = new Map<Name, Guest>();
  #connections = 0;
  /** What the broker was given, a line each. */
  readonly #past: string[] = [];

  constructor(exercise: Exercise, t: Checker, rig: Rig) {
    this.#rig = rig;
    for (const name of NAMES) this.#loops.set(name, new Judged(exercise, t, name));
  }

  async connects(name: Name): Promise<void> {
    if (this.#wires.has(name)) return;
    this.#rig.step('step.connects', { loop: name });
    // each time from another host of its own: nothing of the old connection is left
    this.#wires.set(name, await this.#rig.joins(`${name}.${++this.#connections}`));
  }

  /** What is on its way to it is lost. */
  async cut(name: Name): Promise<void> {
    const wire = this.#wires.get(name);
    if (wire === undefined) return;
    this.#rig.step('step.cut', { loop: name });
    wire.leaves('shutdown');
    this.#wires.delete(name);
    await this.brings();
  }

  says(name: Name, content: string): void {
    this.#rig.step('step.said', { loop: name, who: PEOPLE[name], content });
    const envelope = this.#loops.get(name)?.said({ type: 'user', from: PEOPLE[name], content });
    this.#wires.get(name)?.says(`${JSON.stringify(envelope)}\n`);
  }

  /** The broker gives what it was given to all, until nothing comes. */
  async brings(): Promise<void> {
    const { world, server, listener } = this.#rig;
    const clients = new FdSet(server.openFds.filter((fd) => fd !== listener));
    for (;;) {
      await world.settle();
      const { read } = await this.#rig.select(clients);
      if (read.length === 0) return;
      for (const fd of read) {
        const lines = this.#rig.recv(fd, 65_536);
        if (lines.length === 0) {
          server.close(fd);
          clients.delete(fd);
          continue;
        }
        this.#past.push(...linesOf(lines));
        for (const one of clients) this.#rig.send(one, lines);
      }
    }
  }

  /** The broker brings one loop once more what it was given so many lines before the last. */
  again(name: Name, before = 0): void {
    const wire = this.#wires.get(name);
    const line = this.#past.at(-1 - before);
    if (wire !== undefined && line !== undefined) {
      this.#rig.send(wire.at, new TextEncoder().encode(`${line}\n`));
    }
  }

  /** Each loop deals with what has come. */
  async hear(): Promise<void> {
    for (const [name, wire] of this.#wires) {
      for (const line of linesOf(await wire.hears())) {
        const envelope: Envelope = JSON.parse(line);
        const { loop, n, message } = envelope;
        this.#rig.step('step.came', { loop: name, from: loop, n, content: message.content });
        this.#loops.get(name)?.came(envelope);
      }
    }
  }
}

function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder().decode(bytes).split('\n').slice(0, -1);
}

/** One world by its seed: all say something, and some are cut off for a while. */
async function play(exercise: Exercise, t: Checker, seed: number): Promise<void> {
  const random = new Random(25, seed);
  const rig = await openRig(t, { seed, jitterMs: 2 });
  const world = new World(exercise, t, rig);
  const any = (): Name => NAMES[random.below(NAMES.length)] as Name;
  for (const name of NAMES) await world.connects(name);
  for (let round = 0; round < 30; round++) {
    const dice = random.below(10);
    if (dice < 2) await world.cut(any());
    else if (dice < 4) await world.connects(any());
    for (let i = random.below(3); i >= 0; i--) {
      world.says(any(), TEXTS[random.below(TEXTS.length)] as string);
    }
    await world.brings();
    if (random.below(3) === 0) world.again(any(), random.below(20));
    await world.hear();
  }
}

/** Nothing is cut, and one line comes twice. */
async function playCalm(exercise: Exercise, t: Checker): Promise<void> {
  const rig = await openRig(t);
  const world = new World(exercise, t, rig);
  for (const name of NAMES) await world.connects(name);
  for (const [name, text] of [
    ['loop-a', 'yes'],
    ['loop-b', 'no'],
    ['loop-a', 'yes'],
    ['loop-c', '你好'],
  ] as const) {
    world.says(name, text);
    await world.brings();
    await world.hear();
  }
  world.again('loop-a');
  await world.hear();
}

export default (async (exercise, t) => {
  await playCalm(exercise, t);
  for (let seed = 1; seed <= 12; seed++) await play(exercise, t, seed);
}) satisfies Check<Exercise>;
