/**
 * When a check takes two values for equal: held against Node's own comparison where they should
 * agree, and told where they should not.
 */

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepEqual } from '../../src/lesson/equal.js';

/** Leaves, few of each kind, so that equal ones meet; without -0, on which the two disagree. */
const leaf = fc.oneof(
  fc.constantFrom<unknown[]>(0, 1, Number.NaN, '', 'a', '0', true, false, null, undefined, 1n),
  fc.uint8Array({ maxLength: 2, max: 1 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2, noNullPrototype: true }),
    fc
      .array(fc.tuple(fc.constantFrom(0, 'a', 'b'), tie('value')), { maxLength: 2 })
      .map((entries) => new Map(entries)),
    fc.array(fc.constantFrom(0, 1, 'a'), { maxLength: 2 }).map((members) => new Set(members)),
  ),
}));

describe('two values are equal for a check', () => {
  test('where they are for Node', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(deepEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      }),
      { numRuns: 2_000 },
    );
  });

  test('when one is a copy of the other', () => {
    fc.assert(fc.property(value, (a) => deepEqual(structuredClone(a), a)));
  });

  test('whatever the subclass of the bytes', () => {
    const bytes = Uint8Array.of(1, 2);
    expect(deepEqual(Buffer.from(bytes), bytes)).toBe(true);
    expect(deepEqual({ kept: bytes }, { kept: Buffer.of(0, 1, 2).subarray(1) })).toBe(true);
    expect(deepEqual(Buffer.of(1, 3), bytes)).toBe(false);
    expect(deepEqual([1, 2], bytes)).toBe(false);
  });

  test('whatever the class of an object', () => {
    class Client {
      uname = '';
    }
    expect(deepEqual(new Client(), { uname: '' })).toBe(true);
    expect(deepEqual(Object.assign(Object.create(null), { uname: '' }), { uname: '' })).toBe(true);
    expect(deepEqual({ uname: '', more: undefined }, { uname: '' })).toBe(false);
    expect(deepEqual({ length: 0 }, [])).toBe(false);
  });

  test('when they are 0 and -0', () => {
    expect(deepEqual(-0, 0)).toBe(true);
    expect(deepEqual([Number.NaN], [Number.NaN])).toBe(true);
  });

  test('not when a promise or a circle stands in the place of what was expected', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(deepEqual(circle, [[[1]]])).toBe(false);
    expect(deepEqual(Promise.resolve(1), {})).toBe(false);
    expect(
      deepEqual(
        () => 1,
        () => 1,
      ),
    ).toBe(false);
  });
});
