import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Allowance } from '../../src/class/allowance.js';
import { readCommand } from '../../src/class/desk.js';
import { deskOf } from '../../src/class/desk-view.js';
import type { Done } from '../../src/class/done.js';
import { foldClass } from '../../src/class/folder.js';
import { classLessons } from '../../src/class/lessons.js';
import { newPerson, type ProgressMessage, type VoteMessage } from '../../src/class/messages.js';
import { type ClassRecord, formatRecord, parseRecord } from '../../src/class/records.js';
import { ClassState, countsOf, MAX_PERSONS, MAX_RECORDS } from '../../src/class/state.js';
import { choices } from '../../src/texts/choices.en.js';
import { LANGUAGES } from '../../src/texts/language.js';
import { utf8 } from '../support/bytes.js';

const lessons = classLessons();

function keyOf(n: number): string {
  return newPerson(new Uint8Array(16).fill(n % 256).fill(n >> 8, 1, 2));
}

/** A class as its room has it: what it decides is written, and then taken in. */
class Live {
  readonly state = new ClassState();
  readonly records: ClassRecord[] = [];

  keep(records: ClassRecord[] | string): string | null {
    if (typeof records === 'string') return records;
    for (const record of records) this.state.apply(record);
    this.records.push(...records);
    return null;
  }

  vote(
    n: number,
    letter: string,
    round: 1 | 2 = 1,
    lesson = 7,
    name: string | null = null,
  ): string | null {
    const person = keyOf(n);
    const met = this.keep(this.state.meet(person, name));
    if (met !== null) return met;
    const message: VoteMessage = { type: 'vote', person, name, lesson, round, letter };
    const known = this.state.personOf(person);
    if (known === undefined) throw new Error('not met');
    return this.keep(this.state.ballot(known, message));
  }

  work(n: number, change: Partial<ProgressMessage>): string | null {
    const person = keyOf(n);
    const met = this.keep(this.state.meet(person, null));
    if (met !== null) return met;
    const known = this.state.personOf(person);
    if (known === undefined) throw new Error('not met');
    const usual = { type: 'progress', person, name: null, lesson: 7, failure: null } as const;
    return this.keep(this.state.progress(known, { ...usual, what: 'done', done: null, ...change }));
  }

  do(what: 'open' | 'show' | 'again' | 'close', lesson = 7): string | null {
    const command = readCommand(JSON.stringify({ do: what, lesson }));
    if (command === null) throw new Error('no command');
    return this.keep(this.state.command(command, 'abc'));
  }

  /** The file, as it would lie in the folder. */
  get bytes(): Uint8Array {
    return utf8(this.records.map((record) => `${formatRecord(record, 'now')}\n`).join(''));
  }

  get counts(): unknown {
    return this.state.vote && countsOf(this.state.vote);
  }
}

const nothing: Done = {
  prediction: null,
  begun: false,
  checks: 0,
  passed: false,
  failures: {},
  hints: [],
};

describe('a vote', () => {
  test('is one a person, and the last letter counts until it is shown', () => {
    const live = new Live();
    live.do('open');
    expect(live.vote(1, 'a')).toBeNull();
    expect(live.vote(1, 'b')).toBeNull();
    expect(live.vote(2, 'b')).toBeNull();
    expect(live.counts).toEqual([]);
    live.do('show');
    expect(live.counts).toEqual([{ a: 0, b: 2, c: 0 }]);
  });

  test('that comes late is refused, and changes nothing', () => {
    const live = new Live();
    expect(live.vote(1, 'a')).toBe('closed');
    live.do('open');
    live.vote(1, 'a');
    live.do('show');
    expect(live.vote(1, 'b')).toBe('shown');
    expect(live.vote(2, 'b')).toBe('shown');
    live.do('close');
    expect(live.vote(1, 'b')).toBe('closed');
    expect(live.counts).toEqual([{ a: 1, b: 0, c: 0 }]);
  });

  test('that is asked again keeps the first counts beside the second', () => {
    const live = new Live();
    live.do('open');
    live.vote(1, 'a');
    live.do('show');
    expect(live.do('again')).toBeNull();
    expect(live.vote(1, 'b', 1)).toBe('other-round');
    expect(live.vote(1, 'b', 2)).toBeNull();
    expect(live.counts).toEqual([{ a: 1, b: 0, c: 0 }]);
    live.do('show');
    expect(live.counts).toEqual([
      { a: 1, b: 0, c: 0 },
      { a: 0, b: 1, c: 0 },
    ]);
    expect(live.do('again')).toBe('asked-twice');
  });

  test('is for the lesson that is open, and for a letter that it has', () => {
    const live = new Live();
    live.do('open');
    expect(live.vote(1, 'a', 1, 8)).toBe('closed');
    expect(live.vote(1, 'z')).toBe('letter');
    live.do('open', 8);
    expect(live.vote(1, 'a', 1, 8)).toBeNull();
  });

  test('given again as it was is not written again', () => {
    const live = new Live();
    live.do('open');
    live.vote(1, 'a');
    const before = live.records.length;
    live.vote(1, 'a');
    expect(live.records).toHaveLength(before);
  });

  test('the desk asks in order only', () => {
    const live = new Live();
    expect(live.do('show')).toBe('no-vote');
    live.do('open');
    expect(live.do('again')).toBe('not-shown');
    live.do('show');
    expect(live.do('show')).toBe('not-open');
    live.do('close');
    expect(live.do('close')).toBe('not-open');
    expect(live.state.command({ do: 'open', lesson: 98 }, null)).toBe('no-lesson');
  });
});

describe('the limits of a class', () => {
  test('so many persons, and who comes then is told', () => {
    const live = new Live();
    live.do('open');
    for (let n = 0; n < MAX_PERSONS; n++) live.vote(n, 'a');
    expect(live.vote(MAX_PERSONS, 'a')).toBe('full');
    expect(live.vote(0, 'b')).toBeNull();
    expect(live.state.persons.size).toBe(MAX_PERSONS);
  });

  test('so many records of one person; its last vote stays', () => {
    const live = new Live();
    live.do('open');
    const letters = Array.from({ length: MAX_RECORDS + 9 }, (_, i) => (i % 2 === 0 ? 'a' : 'b'));
    expect(letters.map((letter) => live.vote(1, letter))).toContain('full');
    expect(live.records.length).toBe(MAX_RECORDS + 1);
    expect(live.vote(2, 'c')).toBeNull();
  });

  test('some changes at once, and then a few a second', () => {
    const allowance = new Allowance();
    const taken = Array.from({ length: 60 }, () => allowance.take(1_000));
    expect(taken.filter((one) => one)).toHaveLength(40);
    expect(allowance.take(1_500)).toBe(true);
    expect(allowance.take(1_500)).toBe(true);
    expect(allowance.take(1_500)).toBe(false);
  });
});

describe('the records of a class', () => {
  const deed = fc.oneof(
    fc.record({ do: fc.constantFrom('open', 'show', 'again', 'close'), lesson: fc.nat(2) }),
    fc.record({
      vote: fc.constantFrom('a', 'b', 'c', 'd'),
      by: fc.nat(4),
      round: fc.constantFrom<1 | 2>(1, 2),
      lesson: fc.nat(2),
      name: fc.option(fc.constantFrom('Ada', '小明', '=1+1')),
    }),
    fc.record({
      by: fc.nat(4),
      lesson: fc.nat(2),
      what: fc.constantFrom<ProgressMessage['what']>('opened', 'checked', 'done'),
      done: fc.option(fc.record({ begun: fc.boolean(), checks: fc.nat(5), passed: fc.boolean() })),
    }),
  );

  test('read again, they are the class that was there', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const live = new Live();
        for (const one of deeds) {
          if ('do' in one) live.do(one.do as 'open', one.lesson);
          else if ('vote' in one) live.vote(one.by, one.vote, one.round, one.lesson, one.name);
          else live.work(one.by, { ...one, done: one.done && { ...nothing, ...one.done } });
        }
        const read = foldClass(live.bytes);
        expect(read.state).toEqual(live.state);
        expect(read.passedOver).toEqual([]);
      }),
    );
  });

  test('cut off anywhere, they are a class of before, and what was cut is passed over', () => {
    const live = new Live();
    live.do('open');
    for (let n = 0; n < 5; n++) live.vote(n, 'b', 1, 7, `学员 ${n}`);
    const { bytes } = live;
    for (let end = 0; end <= bytes.length; end++) {
      const read = foldClass(bytes.subarray(0, end));
      expect(read.isCut).toBe(end > 0 && bytes[end - 1] !== 0x0a);
      expect(read.passedOver).toEqual([]);
      expect(read.state.persons.size).toBeLessThanOrEqual(5);
    }
  });

  test.each([
    'half a line',
    '{"is":"vote"}',
    '{"is":"progress","id":1,"lesson":7}',
    '{"is":"person","id":1,"key":"no"}',
    '[]',
    'null',
  ])('a line that is none is named and passed over: %s', (line) => {
    expect(parseRecord(line)).toBeNull();
    expect(foldClass(utf8(`${line}\n{"is":"close"}\n`)).passedOver).toEqual([1]);
  });

  test('one that does not fit changes nothing', () => {
    const live = new Live();
    live.keep([
      { is: 'vote', id: 9, lesson: 7, round: 1, letter: 'a' },
      { is: 'name', id: 9, name: 'nobody' },
      { is: 'again' },
    ]);
    expect(live.state).toEqual(new ClassState());
  });
});

describe('the desk', () => {
  test('says who is where, what many mean wrongly, and whose loop is endless', () => {
    const live = new Live();
    const failed = { ...nothing, begun: true, checks: 1, failures: { 'wrong.whole': 1 } };
    live.work(1, { what: 'checked', failure: 'trouble.endless', done: failed });
    live.work(2, { what: 'checked', failure: 'wrong.whole', done: failed });
    live.work(3, { what: 'checked', failure: 'wrong.whole', done: failed });
    live.work(4, { what: 'checked', failure: null, done: { ...failed, passed: true } });
    live.work(5, { what: 'opened', lesson: 8 });
    const { state } = live;
    const desk = deskOf({ state, lessons, vote: null, here: new Set([1, 2]), isFull: false });
    const [seven, eight] = desk.lessons;
    expect(seven).toMatchObject({ lesson: 7, at: [1, 2], begun: 4, passed: 1, endless: [1] });
    expect(seven?.misconceptions[0]).toMatchObject({ key: 'wrong.whole', people: [2, 3] });
    expect(eight).toMatchObject({ lesson: 8, at: [] });
    expect(desk.people[0]).toMatchObject({ id: 1, lesson: 7, last: { isEndless: true } });
    expect(JSON.stringify(desk)).not.toContain(keyOf(1));
  });
});

describe('the meanings of wrong letters', () => {
  test.each(LANGUAGES)(
    'each wrong letter of each lesson has one, and no other key is there: %s',
    (language) => {
      const all = [...classLessons(language).values()];
      for (const { number, choices, answer, meanings } of all) {
        const wrong = choices.map(([letter]) => letter).filter((letter) => letter !== answer);
        expect(Object.keys(meanings), `lesson ${number}`).toEqual(wrong);
        expect(Object.values(meanings)).not.toContain('');
      }
      const count = all.reduce((sum, { meanings }) => sum + Object.keys(meanings).length, 0);
      expect(Object.keys(choices)).toHaveLength(count);
    },
  );
});
