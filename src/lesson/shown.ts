/**
 * A value of a student's as it is shown to the student.
 * @module
 */

import { toHex } from '../bytes.js';
import type { rig } from '../texts/rig.en.js';
import type { Say } from '../texts/say.js';

/** Most bytes that are shown of some. */
export const SHOWN_BYTES = 16;

/** How deep a value is shown. */
const SHOWN_DEPTH = 6;

/** A value that is shown as a name: a network has no other form. */
export class Named {
  readonly is: string;

  constructor(is: string) {
    this.is = is;
  }
}

/**
 * A value as it stands in TypeScript, in one line.
 *
 * @param within the lists and objects around it
 * @param instead gives what is shown in place of an object: the object itself, or a name for it
 */
export function shown(
  value: unknown,
  say: Say<keyof typeof rig>,
  within: readonly unknown[] = [],
  instead: (value: object) => object = (same) => same,
): string {
  if (value instanceof Named) return value.is;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return say('value.function', { name: value.name });
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Uint8Array) return shownBytes(value, say);
  if (value instanceof Promise) return say('value.promise');
  if (within.includes(value)) return say('value.itself');
  if (within.length === SHOWN_DEPTH) return '…';
  const named = instead(value);
  if (named !== value) return shown(named, say, [...within, value], instead);
  if (value instanceof Map || value instanceof Set) {
    const name = value instanceof Map ? 'Map' : 'Set';
    return `${name} ${shown([...value], say, within, instead)}`;
  }
  const inner = (one: unknown): string => shown(one, say, [...within, value], instead);
  if (Array.isArray(value)) return `[${value.map(inner).join(',')}]`;
  const fields = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}:${inner(one)}`,
  );
  return `{${fields.join(',')}}`;
}

function shownBytes(bytes: Uint8Array, say: Say<keyof typeof rig>): string {
  const { length } = bytes;
  const more = length - SHOWN_BYTES;
  const hex = toHex(bytes.subarray(0, SHOWN_BYTES)).replace(/..(?=.)/g, '$& ');
  return say(more > 0 ? 'value.bytes.more' : 'value.bytes', { length, hex, more }).trim();
}
