/**
 * The calls in which a loop waits, in one form: select(2), poll(2), epoll_wait(2) and their kin.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { Call } from './calls.js';
import { isForReading, isForWriting } from './interest.js';
import type { Kernel } from './kernel.js';
import { fieldsOf, listOf, numberOf, type Value, wordOf } from './values.js';

/** How descriptors are named to the kernel: all at each call, or once. */
export type Family = 'select' | 'poll' | 'epoll';

/** A wait. */
export interface Wait {
  readonly family: Family;
  readonly read: Fd[];
  readonly write: Fd[];
  readonly readyRead: Fd[];
  readonly readyWrite: Fd[];
  /** Milliseconds; null for none; undefined where strace did not say. */
  readonly timeout: number | null | undefined;
  /** How many are watched; null where that is not known. */
  readonly watched: number | null;
  /** Whether who is ready is a guess: of an epoll whose list was made before the recording, or unseen. */
  readonly isGuessed: boolean;
}

const FAMILIES: Record<string, Family> = {
  select: 'select',
  _newselect: 'select',
  pselect6: 'select',
  poll: 'poll',
  ppoll: 'poll',
  epoll_wait: 'epoll',
  epoll_pwait: 'epoll',
  epoll_pwait2: 'epoll',
};

/** Reads a call that waits; null for any other. */
export function readWait(call: Call, kernel: Kernel): Wait | null {
  switch (FAMILIES[call.name]) {
    case 'select':
      return readSelect(call);
    case 'poll':
      return readPoll(call);
    case 'epoll':
      return readEpoll(call, kernel);
    default:
      return null;
  }
}

function readSelect({ args, notes }: Call): Wait {
  const ready = new Map<string, readonly Value[]>();
  for (const [i, note] of notes.entries()) {
    const set = notes[i + 1];
    if (note.kind === 'word' && set?.kind === 'list') ready.set(note.text, set.values);
  }
  const read = fdsOf(listOf(args[1]));
  const write = fdsOf(listOf(args[2]));
  return {
    family: 'select',
    ...{ read, write, watched: new Set([...read, ...write]).size, isGuessed: false },
    readyRead: fdsOf(ready.get('in') ?? []),
    readyWrite: fdsOf(ready.get('out') ?? []),
    timeout: args.length > 4 ? timeOf(args[4]) : undefined,
  };
}

function readPoll({ name, args, notes }: Call): Wait {
  const asked = entriesOf(listOf(args[0]), 'events');
  const ready = entriesOf(listOf(notes[0]), 'revents');
  const limit = args[2];
  return {
    family: 'poll',
    read: asked.filter(([, events]) => isForReading(events)).map(([fd]) => fd),
    write: asked.filter(([, events]) => isForWriting(events)).map(([fd]) => fd),
    readyRead: ready.filter(([, events]) => isForReading(events)).map(([fd]) => fd),
    readyWrite: ready.filter(([, events]) => isForWriting(events)).map(([fd]) => fd),
    watched: new Set(asked.map(([fd]) => fd)).size,
    isGuessed: false,
    timeout: name === 'poll' ? millisecondsOf(limit) : timeOf(limit),
  };
}

function readEpoll({ pid, name, args }: Call, kernel: Kernel): Wait {
  const interest = kernel.fileOfValue(pid, args[0])?.interest ?? null;
  const { read, write } = interest?.listed() ?? { read: [], write: [] };
  const readyRead: Fd[] = [];
  const readyWrite: Fd[] = [];
  let isGuessed = false;
  for (const found of kernel.epolls.readyOf(pid, args)) {
    isGuessed ||= found.isGuessed;
    if (isForReading(found.events)) readyRead.push(found.fd);
    if (isForWriting(found.events)) readyWrite.push(found.fd);
  }
  const limit = args[3];
  const timeout = name === 'epoll_pwait2' ? timeOf(limit) : millisecondsOf(limit);
  const watched = interest?.isWhole === true ? interest.size : null;
  return {
    family: 'epoll',
    ...{ read: isGuessed ? joined(read, readyRead) : read, readyRead },
    ...{ write: isGuessed ? joined(write, readyWrite) : write, readyWrite },
    ...{ timeout, watched, isGuessed },
  };
}

/** Whoever is ready is watched, also where nobody saw it named. */
function joined(watched: Fd[], ready: readonly Fd[]): Fd[] {
  if (ready.every((fd) => watched.includes(fd))) return watched; // traces share what is the same
  return [...new Set([...watched, ...ready])];
}

function fdsOf(values: readonly Value[]): Fd[] {
  return values.map(numberOf).filter((fd) => fd !== null);
}

function entriesOf(values: readonly Value[], key: string): [Fd, string][] {
  return values.flatMap((value): [Fd, string][] => {
    const fields = fieldsOf(value);
    const fd = numberOf(fields.get('fd'));
    return fd === null || fd < 0 ? [] : [[fd, wordOf(fields.get(key))]];
  });
}

function millisecondsOf(value: Value | undefined): number | null | undefined {
  const number = numberOf(value);
  if (number === null) return undefined;
  return number < 0 ? null : number;
}

/** `{tv_sec=0, tv_nsec=500000000}`, `NULL`. */
function timeOf(value: Value | undefined): number | null | undefined {
  if (wordOf(value) === 'NULL') return null;
  const fields = fieldsOf(value);
  const seconds = numberOf(fields.get('tv_sec'));
  if (seconds === null) return undefined;
  const micro = numberOf(fields.get('tv_usec')) ?? 0;
  const nano = numberOf(fields.get('tv_nsec')) ?? 0;
  return seconds * 1_000 + micro / 1_000 + nano / 1e6;
}
