/**
 * When two values say the same, however they were made: what a check means by equal. Bytes are equal
 * by their bytes, be they a Uint8Array or a Buffer; an object by its fields, whatever its class; 0 and
 * -0 are one number, and NaN is NaN. Needs nothing of Node.
 * @module
 */

/**
 * Whether two values are equal, to the depth of lists, maps, sets and objects. The order counts in a
 * list only, and an object has no other fields than the other.
 *
 * ```ts
 * import { deepEqual } from 'loopscope/lesson';
 *
 * console.log(deepEqual({ fds: [4, 5] }, { fds: [4, 5] })); // true
 * console.log(deepEqual([4, 5], [5, 4])); // false
 * ```
 *
 * @param actual what was given; it may hold anything
 * @param expected has no circle in it, so that the comparison ends
 */
export function deepEqual(actual: unknown, expected: unknown): boolean {
  if (actual === expected) return true;
  if (!isObject(actual) || !isObject(expected))
    return Number.isNaN(actual) && Number.isNaN(expected);
  const kind = kindOf(expected);
  if (kindOf(actual) !== kind) return false;
  switch (kind) {
    case 'Uint8Array':
      return equalLists(actual as Uint8Array, expected as Uint8Array);
    case 'Array':
      return equalLists(actual as unknown[], expected as unknown[]);
    case 'Map':
      return equalMaps(actual as Map<unknown, unknown>, expected as Map<unknown, unknown>);
    case 'Set':
      return equalSets(actual as Set<unknown>, expected as Set<unknown>);
    case 'Object':
      return equalFields(actual, expected);
    default: // functions, promises, dates: only the very same is equal
      return false;
  }
}

/** What a value is by the standard, its class aside: a Buffer is a Uint8Array. */
function kindOf(value: object): string {
  if (Array.isArray(value)) return 'Array';
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function equalLists(actual: ArrayLike<unknown>, expected: ArrayLike<unknown>): boolean {
  if (actual.length !== expected.length) return false;
  for (let i = 0; i < expected.length; i++) if (!deepEqual(actual[i], expected[i])) return false;
  return true;
}

function equalMaps(actual: Map<unknown, unknown>, expected: Map<unknown, unknown>): boolean {
  if (actual.size !== expected.size) return false;
  for (const [key, value] of expected) {
    if (!actual.has(key) || !deepEqual(actual.get(key), value)) return false;
  }
  return true;
}

function equalSets(actual: Set<unknown>, expected: Set<unknown>): boolean {
  if (actual.size !== expected.size) return false;
  for (const value of expected) if (!actual.has(value)) return false;
  return true;
}

function equalFields(actual: object, expected: object): boolean {
  const names = Object.keys(expected);
  if (Object.keys(actual).length !== names.length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(actual, name) &&
      deepEqual(Reflect.get(actual, name), Reflect.get(expected, name)),
  );
}
