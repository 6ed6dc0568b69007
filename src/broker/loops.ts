/**
 * Who is in the other loops of a room: a fold over what they say, held against what each of them
 * keeps at the broker. A loop of which nothing is heard for a while is gone, and all in it are.
 * @module
 */

import { Deadlines } from '../net/deadlines.js';
import type { Found } from './directory.js';
import type { Envelope, Unfit } from './envelope.js';

/** Someone in another loop. */
export interface Elsewhere {
  /** The name. */
  readonly name: string;
}

/** Someone in another loop has come or left. */
export interface Change {
  /** Which of the two. */
  readonly type: 'login' | 'logout';
  /** Who. */
  readonly who: Elsewhere;
}

/** A loop as it is known here. */
interface Loop {
  /** The number of the last thing that it said; what has this number or a lower one was heard. */
  n: number;
  members: Elsewhere[];
  /** When it was last heard, or found at the broker, in milliseconds. */
  seenAt: number;
}

/** Loops that are kept at the most: a room of ours has far fewer. */
const MAX_LOOPS = 1_000;

/** The other loops of a room. */
export class Loops {
  readonly #self: string;
  readonly #loops = new Map<string, Loop>();
  /** A loop lives on with each word of it. */
  readonly #lives: Deadlines<string>;

  /** @param self our own loop @param lifeMs how long a loop counts of which nothing is heard */
  constructor(self: string, lifeMs: number) {
    this.#self = self;
    this.#lives = new Deadlines(lifeMs);
  }

  /** How many there are. */
  get size(): number {
    return this.#loops.size;
  }

  /** How many are in them. */
  get members(): number {
    let count = 0;
    for (const { members } of this.#loops.values()) count += members.length;
    return count;
  }

  /** All names, the same list in every loop: by loop, and in each in the order of logging in. */
  list(own: readonly string[]): string[] {
    const all = [...this.#loops].map(([id, { members }]) => ({
      id,
      names: members.map(({ name }) => name),
    }));
    all.push({ id: this.#self, names: [...own] });
    all.sort((a, b) => (a.id < b.id ? -1 : 1));
    return all.flatMap(({ names }) => names);
  }

  /**
   * A loop has said something.
   *
   * @returns why it is passed over; else whether something before it was lost, and who came or left
   */
  heard(
    { loop: id, n, message }: Envelope,
    now: number,
  ): Unfit | { lost: boolean; change: Change | null } {
    if (id === this.#self) return 'own';
    const known = this.#loops.get(id);
    if (known !== undefined && n <= known.n) return 'again';
    if (known === undefined && this.#loops.size >= MAX_LOOPS) return 'loops';
    const loop = known ?? { n: 0, members: [], seenAt: now };
    this.#loops.set(id, loop);
    const lost = n !== loop.n + 1;
    loop.n = n;
    this.#seen(id, loop, now);
    return {
      lost,
      change: message.type === 'user' ? null : change(loop, message.type, message.content),
    };
  }

  /**
   * The parts that lay at the broker.
   *
   * @returns who came and left by them
   */
  found({ parts, dead, askedAt }: Found, now: number): Change[] {
    const changes: Change[] = [];
    for (const [id, part] of parts) {
      if (id === this.#self) continue;
      const known = this.#loops.get(id);
      if (known === undefined && this.#loops.size >= MAX_LOOPS) continue;
      const loop = known ?? { n: -1, members: [], seenAt: now };
      this.#loops.set(id, loop);
      this.#seen(id, loop, now);
      if (part.n <= loop.n) continue; // what we have heard is newer
      loop.n = part.n;
      changes.push(...adopt(loop, part.names));
    }
    for (const id of dead) {
      // one that was heard since may have come meanwhile
      if ((this.#loops.get(id)?.seenAt ?? askedAt) < askedAt) changes.push(...this.#drop(id));
    }
    return changes;
  }

  /** When the next loop is given up, if nothing is heard of it; null when there is none. */
  get next(): number | null {
    return this.#lives.next;
  }

  /** Gives up loops of which nothing was heard for too long. @returns who is gone with them */
  expire(now: number): Change[] {
    return this.#lives.expired(now).flatMap((id) => this.#drop(id));
  }

  #seen(id: string, loop: Loop, now: number): void {
    loop.seenAt = now;
    this.#lives.start(id, now);
  }

  #drop(id: string): Change[] {
    const { members = [] } = this.#loops.get(id) ?? {};
    this.#loops.delete(id);
    this.#lives.stop(id);
    return members.map((who) => ({ type: 'logout', who }));
  }
}

function change(loop: Loop, type: Change['type'], name: string): Change | null {
  if (type === 'login') {
    const who = { name };
    loop.members.push(who);
    return { type, who };
  }
  const place = loop.members.findIndex((one) => one.name === name);
  const [who] = place < 0 ? [] : loop.members.splice(place, 1);
  return who === undefined ? null : { type, who };
}

/** Takes a whole list of names over; who is in both stays who it is. */
function adopt(loop: Loop, names: readonly string[]): Change[] {
  const before = new Map<string, Elsewhere[]>();
  for (const who of loop.members) {
    before.set(who.name, [...(before.get(who.name) ?? []), who]);
  }
  const come: Elsewhere[] = [];
  loop.members = names.map((name) => {
    const known = before.get(name)?.shift();
    if (known !== undefined) return known;
    const who = { name };
    come.push(who);
    return who;
  });
  const left = [...before.values()].flat();
  return [
    ...left.map((who) => ({ type: 'logout' as const, who })),
    ...come.map((who) => ({ type: 'login' as const, who })),
  ];
}
