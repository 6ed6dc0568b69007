/**
 * Plays the students of a rehearsal against a class's room, each with a network of its own, as each has a
 * machine of its own: they come by WebSocket as pages do, and are served as everyone is. What they do is
 * planned in played.ts.
 * @module
 */

import { Progress } from '../lesson/progress.js';
import { FdSet, type Net, SocketError } from '../net/net.js';
import { Random } from '../net/sim-random.js';
import { runLoop } from '../trace/loop.js';
import { actsOf, type PlayedLesson, type Role, rolesOf } from './played.js';
import { type Played, Visit, type Where } from './visit.js';

/** The network of one of them. */
export type PlayerNet = Net & { closeAll(): void };

/** What a rehearsal is made of. */
export interface RehearsalOptions {
  readonly players: number;
  readonly seed: number;
  readonly lessons: readonly PlayedLesson[];
  /** What they say to each other. */
  readonly talk: readonly string[];
  /** Makes a network; called once for each of them. */
  newNet(role: Role): PlayerNet;
}

/** Who was thrown out, or found nobody, tries again after so many milliseconds, and at most as many more. */
const AGAIN_MS = 2_000;

const NONE = new FdSet();

/** A rehearsal. */
export class Rehearsal {
  readonly seed: number;
  readonly roles: readonly Role[];
  readonly #options: RehearsalOptions;
  #players: Player[] = [];

  constructor(options: RehearsalOptions) {
    this.#options = options;
    this.seed = options.seed;
    this.roles = rolesOf(options.players, options.seed);
  }

  /** Lets them come. @returns when all are gone, behind `end` */
  async run(where: Where): Promise<void> {
    this.#players = this.roles.map((role) => new Player(role, where, this.#options));
    await Promise.all(this.#players.map((player) => player.run()));
  }

  /** Ends all connections. */
  end(): void {
    for (const player of this.#players) player.end();
  }
}

/** One of them: comes, goes, and comes back. */
class Player {
  readonly #played: Played;
  readonly #where: Where;
  readonly #net: PlayerNet;
  readonly #random: Random;
  #isOver = false;

  constructor(role: Role, where: Where, { seed, lessons, talk, newNet }: RehearsalOptions) {
    this.#played = {
      role,
      seed,
      acts: actsOf(role, { seed, lessons, lines: talk.length }),
      progress: new Progress(),
      talk,
      answerOf: (number) => lessons.find((lesson) => lesson.number === number)?.answer,
    };
    this.#where = where;
    this.#net = newNet(role);
    this.#random = new Random(seed, role.index, 4);
  }

  async run(): Promise<void> {
    await this.#rest(this.#played.role.comesAfterMs);
    while (!this.#isOver) await this.#rest(await this.#visit());
  }

  end(): void {
    this.#isOver = true;
    this.#net.closeAll();
    this.#net.interrupt();
  }

  /** Is in the room until it leaves, or is thrown out. @returns milliseconds until it comes again */
  async #visit(): Promise<number> {
    let visit: Visit | null = null;
    try {
      visit = await Visit.open(this.#net, this.#played, this.#where);
      if (!this.#isOver) await runLoop(this.#net, visit);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error; // nobody listens, or it is over
    } finally {
      this.#net.closeAll();
    }
    return visit?.awayMs ?? AGAIN_MS + this.#random.below(AGAIN_MS);
  }

  async #rest(ms: number): Promise<void> {
    const until = this.#net.now() + ms;
    for (let left = ms; left > 0 && !this.#isOver; left = until - this.#net.now()) {
      await this.#net.select(NONE, NONE, NONE, Math.max(1, left));
    }
  }
}
