/**
 * The arguments of a system call, as values: a number, maybe with what it stands for; a string; a list; a
 * struct; a word; and what is asked of them. Whoever asks one kind of another gets nothing.
 * @module
 */

/** One argument, or a part of one. */
export type Value = NumberValue | StringValue | ListValue | StructValue | WordValue;

/** A number, such as a descriptor. */
export interface NumberValue {
  readonly kind: 'number';
  readonly value: number;
  /** What strace says that a descriptor stands for, with -y or -yy: `TCP:[127.0.0.1:80->…]`, a path. */
  readonly of: string | null;
}

/** A text or a buffer. */
export interface StringValue {
  readonly kind: 'string';
  /** One character a byte. */
  readonly bytes: string;
  /** False where strace cut it off (`-s`). */
  readonly whole: boolean;
}

/** `[4 5]`, `[{fd=3, …}, {…}]`. */
export interface ListValue {
  readonly kind: 'list';
  readonly values: readonly Value[];
}

/** `{events=EPOLLIN, data={u32=7, u64=7}}`; a member without a name has its number for one. */
export interface StructValue {
  readonly kind: 'struct';
  readonly fields: ReadonlyMap<string, Value>;
}

/** `NULL`, `EPOLLIN|EPOLLOUT`, `0x7ffd…`, `htons(80)`. */
export interface WordValue {
  readonly kind: 'word';
  readonly text: string;
  /** In `htons(80)`, what stands in the brackets; else none. */
  readonly args: readonly Value[];
}

/** A number of the arguments; null for anything else. */
export function numberOf(value: Value | undefined): number | null {
  return value?.kind === 'number' ? value.value : null;
}

/** A word of the arguments, such as flags; empty for anything else. */
export function wordOf(value: Value | undefined): string {
  return value?.kind === 'word' ? value.text : '';
}

/** The members of a struct; none for anything else. */
export function fieldsOf(value: Value | undefined): ReadonlyMap<string, Value> {
  return value?.kind === 'struct' ? value.fields : new Map();
}

/** The values of a list; none for anything else. */
export function listOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.values : [];
}

/** The bytes of a string; none for anything else. */
export function bytesOf(value: Value | undefined): Uint8Array {
  if (value?.kind !== 'string') return new Uint8Array(0);
  return Uint8Array.from(value.bytes, (character) => character.charCodeAt(0) & 0xff);
}
