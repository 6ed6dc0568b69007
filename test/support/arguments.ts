/**
 * The arguments of the programs beside the tests: numbers by name; what is wrong is said in one line.
 * @module
 */

import { parseArgs } from 'node:util';

/** An argument that is not as it must be; the program ends with 2. */
export class UsageError extends Error {
  /** `UsageError`. */
  override readonly name = 'UsageError';
}

/** What an option holds, and the numbers that it may have. */
export interface NumberOption {
  /** The value when it is not given. */
  readonly default: number;
  /** The least. */
  readonly min: number;
  /** The most. */
  readonly max: number;
  /** Whether it must be whole. */
  readonly whole?: boolean;
}

/**
 * Reads `--name VALUE` arguments.
 *
 * @param numbers the options that hold numbers
 * @param texts the names of those that hold any text
 * @throws UsageError for what is unknown, or out of bounds
 */
export function readArguments<Name extends string, Text extends string>(
  args: readonly string[],
  numbers: Record<Name, NumberOption>,
  texts: readonly Text[] = [],
): Record<Name, number> & Partial<Record<Text, string>> {
  const names = [...Object.keys(numbers), ...texts];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\n.*/s, ''));
  }
  const read = Object.entries<NumberOption>(numbers).map(([name, option]) => {
    const text = values[name];
    return [name, text === undefined ? option.default : numberOf(name, String(text), option)];
  });
  return { ...values, ...Object.fromEntries(read) };
}

function numberOf(name: string, text: string, { min, max, whole = false }: NumberOption): number {
  const value = Number(text);
  const fits = text.trim() !== '' && value >= min && value <= max;
  if (fits && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'a whole number' : 'a number';
  throw new UsageError(`--${name} ${text}: give ${kind} from ${min} to ${max}`);
}
