/**
 * The tables of descriptors: which thread has which one, and what each number stands for by now. A number
 * means something else after close(2); threads share a table, a fork has a copy.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { Call } from './calls.js';
import { type FileKind, newFile, type OpenFile } from './files.js';
import { fieldsOf, wordOf } from './values.js';

/** What a process runs. */
export interface Program {
  /** The file, as it was named. */
  readonly path: string;
  /** What it was called with, behind its name. */
  readonly arguments: readonly string[];
}

/** The table of a process with all its threads. */
interface Table {
  readonly files: Map<Fd, OpenFile>;
  /** Those that execve(2) closes. */
  readonly closedByExec: Set<Fd>;
  /** What execve(2) has made of the process; null where nobody saw it. */
  program: Program | null;
  /** Threads that have it. */
  threads: number;
}

/** Threads that are followed; a program that forks without end gets no more. */
const MOST_THREADS = 10_000;

/** Descriptors that a table holds. */
const MOST_FILES = 65_536;

/** Keeps them. */
export class Tables {
  readonly #tables = new Map<number, Table>();
  /** Calls that make a thread and have not returned, by the thread that made them. */
  readonly #forking = new Map<number, Call>();

  /** What the descriptors of a thread stand for, in the order of opening. */
  files(pid: number): ReadonlyMap<Fd, OpenFile> {
    return this.#tableOf(pid).files;
  }

  /** What a thread's process runs; null where nobody saw it begin. */
  programOf(pid: number): Program | null {
    return this.#tableOf(pid).program;
  }

  /** @param isNew whether it was made just now, and not before the recording began */
  open(pid: number, fd: Fd, kind: FileKind, isNew = false): OpenFile {
    const table = this.#tableOf(pid);
    closeIn(table, fd);
    const file = newFile(kind, isNew);
    if (table.files.size < MOST_FILES) table.files.set(fd, file);
    return file;
  }

  close(pid: number, fd: Fd | null): void {
    closeIn(this.#tableOf(pid), fd);
  }

  dup(pid: number, from: Fd | null, to: Fd): void {
    const table = this.#tableOf(pid);
    const file = from === null ? undefined : table.files.get(from);
    if (from === to) return;
    closeIn(table, to);
    if (file === undefined) return;
    table.files.set(to, file);
    file.links++;
  }

  /** A descriptor that execve(2) is to close. */
  closeByExec(pid: number, fd: Fd): void {
    this.#tableOf(pid).closedByExec.add(fd);
  }

  exec(pid: number, program: Program): void {
    const table = this.#tableOf(pid);
    for (const fd of table.closedByExec) closeIn(table, fd);
    table.program = program;
  }

  exited(pid: number): void {
    const table = this.#tables.get(pid);
    this.#tables.delete(pid);
    this.#forking.delete(pid);
    if (table === undefined || --table.threads > 0) return;
    for (const fd of [...table.files.keys()]) closeIn(table, fd);
  }

  /** Threads that were there before the recording, and have one table. */
  share([first, ...others]: readonly number[]): void {
    if (first === undefined) return;
    const table = this.#tableOf(first);
    for (const pid of others) {
      if (this.#tables.has(pid) || this.#tables.size >= MOST_THREADS) continue;
      this.#tables.set(pid, table);
      table.threads++;
    }
  }

  /** A new thread or process. Its first lines may come before the call that made it has returned. */
  fork(call: Call): void {
    if (call.state === 'begun') {
      this.#forking.set(call.pid, call);
      return;
    }
    this.#forking.delete(call.pid);
    const child = call.result;
    if (child === null || child <= 0 || this.#tables.has(child)) return;
    this.#inherit(call, child);
  }

  #inherit(call: Call, child: number): void {
    if (this.#tables.size >= MOST_THREADS) return;
    const table = this.#tableOf(call.pid);
    if (flagsOf(call).includes('CLONE_FILES')) {
      this.#tables.set(child, table);
      table.threads++;
      return;
    }
    for (const file of table.files.values()) file.links++;
    this.#tables.set(child, {
      files: new Map(table.files),
      closedByExec: new Set(table.closedByExec),
      program: table.program,
      threads: 1,
    });
  }

  #tableOf(pid: number): Table {
    const known = this.#tables.get(pid);
    if (known !== undefined) return known;
    // a thread that nobody is known to have made: the child of who is making one just now
    const [[parent, call] = []] = this.#forking;
    if (parent !== undefined && call !== undefined && parent !== pid) {
      this.#forking.delete(parent);
      this.#inherit(call, pid);
      const inherited = this.#tables.get(pid);
      if (inherited !== undefined) return inherited;
    }
    const none = { files: new Map(), closedByExec: new Set<Fd>() };
    const table: Table = { ...none, program: null, threads: 1 };
    if (this.#tables.size < MOST_THREADS) this.#tables.set(pid, table);
    return table;
  }
}

/** What no descriptor stands for any more is gone from every interest list too: epoll(7). */
function closeIn(table: Table, fd: Fd | null): void {
  const file = fd === null ? undefined : table.files.get(fd);
  if (fd === null || file === undefined) return;
  table.files.delete(fd);
  table.closedByExec.delete(fd);
  if (--file.links > 0) return;
  for (const { list, fd: watched } of file.watchers) list.deleteFile(watched, file);
}

/** The flags of a clone, which fork(2) and vfork(2) have not. */
function flagsOf({ name, args }: Call): string {
  if (name === 'clone3') return wordOf(fieldsOf(args[0]).get('flags'));
  return args.map(wordOf).find((word) => /CLONE_|SIG/.test(word)) ?? '';
}
