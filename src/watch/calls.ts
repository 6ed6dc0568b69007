/**
 * What strace(1) wrote, as calls: one by one as the text comes, in bounded memory and linear time.
 * A call that others interrupted is printed in two lines, and is one call here. Of any option but
 * `-o`, `-f` and the times nothing is asked; more of them tell more.
 * @module
 */

import { type Frame, isOfStack, MOST_FRAMES, readFrame } from './stack.js';
import { ValueReader } from './value-reader.js';
import type { Value } from './values.js';

/** A system call, begun or returned. */
export interface Call {
  /** The thread that made it; 0 where strace followed only one and says no number. */
  readonly pid: number;
  readonly name: string;
  /** Of a call that has not returned only those that strace knows by then. */
  readonly args: readonly Value[];
  /** Seconds on the recorder's clock; of `-r` those since its first line; 0 without times. */
  readonly began: number;
  /** The milliseconds that it took (`-T`); null where they are not known. */
  readonly took: number | null;
  /** Whether it has returned. */
  readonly state: 'begun' | 'returned';
  /** What it returned, -1 for an error; null for one that has not returned, or whose result is no number. */
  readonly result: number | null;
  /** What strace says that a returned descriptor stands for. */
  readonly of: string | null;
  /** `EAGAIN`, say; null for none. */
  readonly error: string | null;
  /** What stands in brackets behind the result: `in [4 5]`, `Timeout`. */
  readonly notes: readonly Value[];
  readonly note: string;
  /** Whether strace made the result itself (`-e inject`). */
  readonly injected: boolean;
  /** Who made it, the innermost first; absent where the reader asks for no stacks. */
  readonly stack?: readonly Frame[];
}

/** A thread has ended. */
export interface Exit {
  readonly pid: number;
  readonly state: 'exited';
  /** Its exit code, or the signal that killed it. */
  readonly how: string;
}

/** One line's worth. */
export type Told = Call | Exit;

/** The longest line that is read, in characters: 4 MiB in one call, printed with -xx. */
const LONGEST_LINE = 17_000_000;

/** The longest beginning of a call that is looked at while the call stands. */
const LONGEST_STANDING = 1 << 22;

/** Threads with an interrupted call that are remembered. */
const MOST_BEGUN = 4_096;

/** Takes the text in any pieces. */
export class CallReader {
  #rest = '';
  /** The line is longer than any that is read; its rest is passed over. */
  #skipping = false;
  readonly #hasStacks: boolean;
  /** A call that has returned, behind which its stack may stand. */
  #held: (Call & { stack: Frame[] }) | null = null;
  readonly #begun = new Map<number, { began: number; text: string }>();
  #clock = 0;

  /** Lines that are no line of strace's, by now. */
  unread = 0;

  /** Calls of which one of their two lines is missing, by now; not those that began before strace did. */
  lost = 0;

  /** @param stacks whether calls come with their stacks (`-k`): each is told when that is whole */
  constructor({ stacks = false } = {}) {
    this.#hasStacks = stacks;
  }

  /** Takes the next piece, and gives what its whole lines tell. */
  push(piece: string): Told[] {
    const told: Told[] = [];
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      this.#line(this.#rest + piece.slice(from, end), told);
      this.#rest = '';
      from = end + 1;
    }
    this.#rest += piece.slice(from);
    if (this.#rest.length > LONGEST_LINE) {
      this.#rest = '';
      this.#skipping = true;
    }
    // the next call has begun
    if (this.#rest.length > 2 && !isOfStack(this.#rest)) told.push(...this.release());
    return told;
  }

  /** The call whose stack may not be whole yet: where nothing more comes, it is. */
  release(): Told[] {
    const held = this.#held;
    this.#held = null;
    return held === null ? [] : [held];
  }

  /** The text has ended: a last line may lack its newline, or be cut off. */
  end(): Told[] {
    const told: Told[] = [];
    const { unread } = this;
    const standing = this.standing();
    if (this.#rest !== '') this.#line(this.#rest, told);
    told.push(...this.release());
    this.#rest = '';
    this.unread = unread; // strace may have been ended within its last line
    return told.length === 0 && standing !== null ? [standing] : told;
  }

  /** The call that the last line tells of, as long as it has not returned: strace writes its beginning at once. */
  standing(): Call | null {
    if (this.#skipping || this.#rest.length > LONGEST_STANDING) return null;
    const { pid, clock, text } = partsOf(this.#rest);
    if (text.includes(') = ') || text.startsWith('<')) return null;
    return readBegun(pid, timeOf(clock, this.#clock), text);
  }

  #line(line: string, told: Told[]): void {
    if (this.#skipping) {
      this.#skipping = false;
      this.unread++;
      return;
    }
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text.trim() === '') return;
    if (isOfStack(text)) {
      const frame = readFrame(text);
      const stack = this.#held?.stack ?? [];
      if (frame !== null && stack.length < MOST_FRAMES) stack.push(frame);
      return;
    }
    told.push(...this.release());
    const one = this.#read(text);
    if (one === null) this.unread++;
    else if (one !== 'nothing') this.#tell(one, told);
  }

  #tell(one: Told, told: Told[]): void {
    if (this.#hasStacks && one.state === 'returned') this.#held = { ...one, stack: [] };
    else told.push(one);
  }

  #read(line: string): Told | 'nothing' | null {
    const { pid, clock, text } = partsOf(line);
    const time = timeOf(clock, this.#clock);
    this.#clock = time;
    // a signal, a word of strace's own, a call that it let go
    if (/^(?:--- |strace: )|<detached \.\.\.>$/.test(text)) return 'nothing';
    const [, exit] = /^\+\+\+ (.*) \+\+\+$/.exec(text) ?? [];
    if (exit !== undefined) return this.#exited(pid, exit);
    if (text.endsWith('<unfinished ...>')) return this.#interrupted(pid, time, text);
    const [resumed] = /^<\.\.\. \w+ resumed> ?/.exec(text) ?? [];
    if (resumed === undefined) return readCall(pid, time, text);
    const begun = this.#begun.get(pid);
    this.#begun.delete(pid);
    if (begun === undefined) return 'nothing'; // it began before strace did
    if (text.endsWith('<unfinished ...>) = ?')) return 'nothing'; // its thread has ended within it
    const call = readCall(pid, begun.began, begun.text + text.slice(resumed.length));
    if (call === null) return null;
    return { ...call, took: call.took ?? 1_000 * Math.max(0, time - begun.began) };
  }

  #exited(pid: number, how: string): Exit {
    this.#begun.delete(pid);
    return { pid, state: 'exited', how };
  }

  #interrupted(pid: number, began: number, text: string): Told | null {
    const start = text.slice(0, -'<unfinished ...>'.length).trimEnd();
    if (this.#begun.size >= MOST_BEGUN || this.#begun.has(pid)) this.lost++;
    if (this.#begun.size < MOST_BEGUN) this.#begun.set(pid, { began, text: start });
    return readBegun(pid, began, start);
  }
}

/** Seconds: of the epoch (-ttt), of the day (-t, -tt), or since the line before (-r). */
function timeOf(clock: string | undefined, before: number): number {
  if (clock === undefined) return before;
  if (!clock.includes(':')) return Number(clock) > 1e8 ? Number(clock) : before + Number(clock);
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  const time = (hours * 60 + minutes) * 60 + seconds;
  const days = Math.floor(before / 86_400) * 86_400;
  // a day has ended
  return days + time < before - 43_200 ? days + time + 86_400 : days + time;
}

/**
 * Of arguments of a form that is not read, as netlink's, the first one: which descriptor it was. The reader
 * goes on behind their end.
 */
function firstOf(reader: ValueReader, start: number): Value[] | null {
  const end = reader.text.search(
    /\) += (?:-?\d+|\?|0x[\da-f]+)(?: E[A-Z\d]+ \([^()]*\))?(?: <[\d.]+>)?$/,
  );
  if (end < 0) return null;
  const [digits = ''] = /^\d*/.exec(reader.text.slice(start, start + 12)) ?? [];
  const first = new ValueReader(`${digits})`).values(')') ?? [];
  reader.at = end + 1;
  return first;
}

/** A thread's number, the time, and what it did. */
function partsOf(line: string): { pid: number; clock: string | undefined; text: string } {
  const [front = '', bracketed, plain] = /^(?:\[pid +(\d+)\] |(\d+) +(?=\S))?/.exec(line) ?? [];
  const [stamp = '', clock] =
    /^ *(\d+(?::\d\d:\d\d)?(?:\.\d+)?)? */.exec(line.slice(front.length)) ?? [];
  const text = line.slice(front.length + stamp.length);
  return { pid: Number(bracketed ?? plain ?? 0), clock, text };
}

/** A call that has not returned: the arguments that are known. */
function readBegun(pid: number, began: number, text: string): Call | null {
  const [, name] = /^(\w+)\(/.exec(text) ?? [];
  if (name === undefined) return null;
  const args = new ValueReader(text, name.length + 1).values(')', true) ?? [];
  const none = { took: null, result: null, of: null, error: null, notes: [], note: '' };
  return { pid, name, args, began, state: 'begun', ...none, injected: false };
}

/** A whole line; null for what is none. */
function readCall(pid: number, began: number, text: string): Call | null {
  const [, name] = /^(\w+)\(/.exec(text) ?? [];
  if (name === undefined) return null;
  const reader = new ValueReader(text, name.length + 1);
  const args = reader.values(')') ?? firstOf(reader, name.length + 1);
  if (args === null) return null;
  const [equals, shown] = /^ *= (-?\d+(?!x)|\?|0x[\da-f]+)/.exec(text.slice(reader.at)) ?? [];
  if (equals === undefined || shown === undefined) return null;
  reader.at += equals.length;
  const of = reader.decoration();
  const rest = text.slice(reader.at);
  const [, took] = / <(\d+\.\d+)>\s*$/.exec(rest) ?? [];
  const [, error = null] = /^ (E[A-Z\d]+)\b/.exec(rest) ?? [];
  const open = rest.indexOf('(');
  const note = open < 0 ? '' : rest.slice(open + 1, Math.max(open, rest.lastIndexOf(')')));
  const result = /^-?\d+$/.test(shown) ? Number(shown) : null;
  return {
    pid,
    name,
    args,
    began,
    took: took === undefined ? null : Number(took) * 1_000,
    state: result === null && shown === '?' ? 'begun' : 'returned',
    result,
    of,
    error,
    notes:
      error === null && note !== '' ? (new ValueReader(`${note})`).values(')', true) ?? []) : [],
    note: error === null ? note : '',
    injected: rest.includes('(INJECTED)'),
  };
}
