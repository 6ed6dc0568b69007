/**
 * One loop of the check: what it has to do with each message, held against what the exercise does.
 * Made for lesson 25.
 */

import type { Envelope, Relayed } from 'loopscope';
import type { Checker } from 'loopscope/lesson';
import type { Loop } from './exercise.js';

type Exercise = typeof import('./exercise.js');

/** A loop whose two functions are the exercise's. */
export class Judged {
  readonly loop: Loop;
  readonly #exercise: Exercise;
  readonly #t: Checker;
  /** What is so, whatever the exercise has made of `loop`. */
  #n = 0;
  readonly #last = new Map<string, number>();
  readonly #texts = new Set<string>();
  #told: Relayed[] = [];
  #published: Envelope[] = [];
  #looks = 0;

  constructor(exercise: Exercise, t: Checker, id: string) {
    this.#exercise = exercise;
    this.#t = t;
    this.loop = { id, n: 0, last: new Map() };
  }

  /** Someone says something. @returns what goes to the broker */
  said(message: Relayed): Envelope {
    const t: Checker = this.#t;
    const { id } = this.loop;
    const n = ++this.#n;
    this.#act((ways) => this.#exercise.said(this.loop, { ...message }, ways));
    t.expect(this.#told.length > 0, 'wrong.waits', { loop: id });
    t.expect(this.#published.length > 0, 'wrong.kept', { loop: id });
    t.expect(this.#told.length + this.#published.length === 2, 'wrong.twice', { loop: id, n });
    t.expect(this.#looks === 0, 'wrong.looks', { loop: id });
    t.equal(this.#told[0], message, 'wrong.message');
    const [envelope] = this.#published;
    t.equal(envelope?.loop, id, 'wrong.id', { loop: id });
    t.equal(envelope?.n, n, 'wrong.number', { loop: id, n });
    t.equal(envelope?.message, message, 'wrong.message');
    return { loop: id, n, message };
  }

  /** The broker brings something. */
  came(envelope: Envelope): void {
    const t: Checker = this.#t;
    const { loop: from, n, message } = envelope;
    const { id } = this.loop;
    const last = this.#last.get(from) ?? 0;
    this.#act((ways) => this.#exercise.came(this.loop, structuredClone(envelope), ways));
    const values = { loop: id, from, n, last, next: last + 1 };
    t.expect(this.#published.length === 0, 'wrong.storm', values);
    const isNew = from !== id && n > last;
    if (this.#told.length > 0 && !isNew) {
      if (from === id) t.fail('wrong.echo', values);
      t.fail(n === last ? 'wrong.again' : 'wrong.late', values);
    }
    if (isNew) this.#checkNew(envelope, last);
    const isMissed = isNew && n > last + 1;
    t.expect(!isMissed || this.#looks > 0, 'wrong.not-looked', values);
    t.expect(isMissed || this.#looks === 0, 'wrong.looks', values);
    if (!isNew) return;
    this.#last.set(from, n);
    this.#texts.add(JSON.stringify(message));
  }

  #checkNew({ loop: from, n, message }: Envelope, last: number): void {
    const t: Checker = this.#t;
    const values = { loop: this.loop.id, from, n, next: last + 1, content: message.content };
    if (this.#told.length === 0) {
      if (n > last + 1) t.fail('wrong.dumb', values);
      const isKnown = this.#texts.has(JSON.stringify(message));
      t.fail(isKnown ? 'wrong.same-text' : 'wrong.other-loop', values);
    }
    t.expect(this.#told.length === 1, 'wrong.twice', values);
    t.equal(this.#told[0], message, 'wrong.message');
  }

  #act(act: (ways: Parameters<Exercise['said']>[2]) => void): void {
    [this.#told, this.#published, this.#looks] = [[], [], 0];
    act({
      tell: (message) => void this.#told.push(message),
      publish: (envelope) => void this.#published.push(envelope),
      look: () => void this.#looks++,
    });
  }
}
