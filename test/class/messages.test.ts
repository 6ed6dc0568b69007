import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommand } from '../../src/class/desk.js';
import { type Done, mergeDone, readDone } from '../../src/class/done.js';
import {
  classTypeOf,
  isPerson,
  MAX_MESSAGE,
  newPerson,
  readClassAnswer,
  readClassMessage,
} from '../../src/class/messages.js';

const person = newPerson(new Uint8Array(16).fill(7));
const vote = { type: 'vote', person, name: 'Ada', lesson: 7, round: 1, letter: 'b' };
const done: Done = {
  prediction: { given: 'b', right: true },
  begun: true,
  checks: 3,
  passed: false,
  failures: { 'wrong.mask': 2, 'trouble.endless': 1 },
  hints: [1, 2],
};
const progress = {
  type: 'progress',
  person,
  lesson: 7,
  what: 'checked',
  failure: 'wrong.mask',
  done,
};

const read = (message: object): unknown => readClassMessage(JSON.stringify(message));

describe('what a client says to the class', () => {
  test('a vote has a person, a lesson, a round and a letter; a name or none', () => {
    expect(read(vote)).toEqual(vote);
    expect(read({ ...vote, name: undefined })).toEqual({ ...vote, name: null });
  });

  test('progress has what a lesson has in progress.json', () => {
    expect(read(progress)).toEqual({ ...progress, name: null });
    expect(read({ ...progress, what: 'opened', failure: null, done: null })).toMatchObject({
      what: 'opened',
      done: null,
    });
  });

  test('a hello has a person, or only looks', () => {
    expect(read({ type: 'class', person, name: '小明' })).toEqual({
      type: 'class',
      person,
      name: '小明',
    });
    expect(read({ type: 'class' })).toEqual({ type: 'class', person: null, name: null });
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '"vote"',
    '{"type":"login","content":"Ada"}',
    '{"type":["vote"]}',
    `{"type":"vote","more":[${'1,'.repeat(300)}1]}`,
  ])('what is not of the class is left to the chat: %s', (text) => {
    expect(readClassMessage(text)).toBeNull();
    expect(classTypeOf(text)).toBeNull();
  });

  test.each([
    ['person', { person: undefined }],
    ['person', { person: 'short' }],
    ['person', { person: `${person} ` }],
    ['person', { person: [person] }],
    ['name', { name: 7 }],
    ['name', { name: 'a'.repeat(65) }],
    ['name', { name: 'a\u001b[2J' }],
    ['name', { name: ' \u200b' }],
    ['lesson', { lesson: -1 }],
    ['lesson', { lesson: 100 }],
    ['lesson', { lesson: '7' }],
    ['round', { round: 3 }],
    ['letter', { letter: 'B' }],
    ['letter', { letter: 'bb' }],
    ['letter', { letter: ['b'] }],
    ['form', { more: 'x'.repeat(MAX_MESSAGE) }],
  ])('a vote with a wrong %s is told so by code: %j', (why, change) => {
    expect(read({ ...vote, ...change })).toEqual({ type: 'vote', why });
  });

  test.each([
    { what: 'cheated' },
    { what: 'opened' },
    { failure: 'a b' },
    { failure: 'x'.repeat(65) },
    { done: [] },
    { done: { ...done, checks: -1 } },
    { done: { ...done, checks: 1.5 } },
    { done: { ...done, prediction: { given: '=1+1', right: true } } },
    { done: { ...done, failures: { '=cmd()': 1 } } },
    {
      done: { ...done, failures: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, 1])) },
    },
    { done: { ...done, hints: Array(17).fill(1) } },
  ])('progress that is none is told so: %j', (change) => {
    expect(read({ ...progress, ...change })).toEqual({ type: 'progress', why: 'progress' });
  });

  test('a key `__proto__` is no reason of a failure', () => {
    const failures = JSON.parse('{"__proto__":1}') as Done['failures'];
    expect(readDone({ ...done, failures })).toBeNull();
  });

  test('whatever comes, it is read, or left, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const message = readClassMessage(text);
        return message === null || ['class', 'vote', 'progress'].includes(message.type);
      }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(vote)), fc.jsonValue()),
        (change) => {
          const message = readClassMessage(JSON.stringify({ ...change, type: 'vote' }));
          return message?.type === 'vote';
        },
      ),
    );
  });
});

describe('what was done in a lesson', () => {
  const anyDone: fc.Arbitrary<Done> = fc.record({
    prediction: fc.option(
      fc.record({ given: fc.constantFrom('a', 'b', 'c'), right: fc.boolean() }),
    ),
    begun: fc.boolean(),
    checks: fc.nat(100),
    passed: fc.boolean(),
    failures: fc.dictionary(fc.constantFrom('wrong.a', 'wrong.b', 'trouble.todo'), fc.nat(9)),
    hints: fc.uniqueArray(fc.constantFrom(1, 2, 3)),
  });

  test('told twice, it is as if told once; an older one changes nothing', () => {
    fc.assert(
      fc.property(anyDone, anyDone, (a, b) => {
        const once = mergeDone(a, b);
        expect(mergeDone(once, b)).toEqual(once);
        expect(mergeDone(once, a)).toEqual(once);
      }),
    );
  });

  test('goes over the network as it is', () => {
    fc.assert(
      fc.property(anyDone, (one) => {
        expect(readDone(JSON.parse(JSON.stringify(one)))).toEqual(one);
      }),
    );
  });
});

describe('what the room says to the class', () => {
  const state = {
    state: 'shown',
    id: 3,
    lesson: 7,
    round: 1,
    title: 'TCP is a stream',
    question: 'How many?',
    choices: [
      ['a', 'One'],
      ['b', 'Two'],
    ],
    answered: 2,
    counts: [{ a: 1, b: 1 }],
    answer: null,
    meanings: null,
  };

  test.each([
    { type: 'class', vote: null },
    { type: 'class', vote: state },
    { type: 'answered', lesson: 7, round: 2, answered: 12 },
    { type: 'vote', taken: true, why: null },
    { type: 'progress', taken: false, why: 'often' },
  ])('is read: %j', (message) => {
    expect(readClassAnswer(JSON.stringify(message))).toEqual(message);
  });

  test.each([
    '',
    '{"type":"user","from":"a","content":"b"}',
    '{"type":"class"}',
    '{"type":"class","vote":{}}',
  ])('anything else is left: %s', (text) => {
    expect(readClassAnswer(text)).toBeNull();
  });
});

test('a person is a key that nobody foretells, and needs no secure page', () => {
  expect(person).toHaveLength(22);
  expect(isPerson(person)).toBe(true);
  expect(newPerson()).not.toBe(newPerson());
});

describe('what the desk asks for', () => {
  test.each([{ do: 'open', lesson: 7 }, { do: 'show' }, { do: 'again' }, { do: 'close' }])(
    '%j',
    (command) => {
      expect(readCommand(JSON.stringify(command))).toEqual(command);
    },
  );

  test.each(['', 'null', '{}', '{"do":"open"}', '{"do":"open","lesson":-1}', '{"do":"drop"}'])(
    'and nothing else: %s',
    (text) => {
      expect(readCommand(text)).toBeNull();
    },
  );
});
