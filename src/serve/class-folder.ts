/**
 * The folder of `loopscope class serve`: opens it for one server at a time, and writes down what happens
 * before anyone is told that it did. What a server had written is there when it was killed.
 * @module
 */

import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { CLASS_FILES, MAX_RECORD_BYTES, type ReadClass, readClass } from '../class/folder.js';
import { type ClassRecord, formatRecord } from '../class/records.js';
import type { ClassState } from '../class/state.js';
import { makeFolder } from '../lesson/folders.js';
import { Failure } from '../terminal/failure.js';
import { newToken } from './control.js';

/** The ports of a room and its page, kept so that everyone finds back. */
export interface Ports {
  readonly port: number;
  readonly pagePort: number;
}

/** Only the teacher's account reads what lies there. */
const OWN = { mode: 0o600 } as const;

/** An open folder. */
export class ClassFolder {
  /** Its whole path. */
  readonly path: string;
  readonly state: ClassState;
  /** The desk's, the same at each start. */
  readonly token: string;
  /** Those of the last time; null where there was none. */
  readonly ports: Ports | null;
  /** What of the file was no record: lines by number, and whether its end was cut off. */
  readonly read: Pick<ReadClass, 'passedOver' | 'isCut'>;
  readonly #file: number;
  #bytes: number;

  private constructor(path: string) {
    this.path = path;
    const { state, wholeBytes, ...read } = readClass(path);
    this.state = state;
    this.read = read;
    this.token = tokenIn(path);
    this.ports = portsIn(path);
    this.#file = openSync(join(path, CLASS_FILES.records), 'a', OWN.mode);
    ftruncateSync(this.#file, wholeBytes); // what was cut off nobody was told of
    this.#bytes = wholeBytes;
  }

  /**
   * Opens it; makes it where it is not there.
   *
   * @throws Failure where another server has it, or it cannot be written
   */
  static open(folder: string): ClassFolder {
    const path = resolve(folder);
    try {
      makeFolder(path, 0o700);
      lock(path);
    } catch (error) {
      throw whyNot(error, path);
    }
    try {
      return new ClassFolder(path);
    } catch (error) {
      unlock(path);
      throw whyNot(error, path);
    }
  }

  /** Whether nothing more is kept. */
  get isFull(): boolean {
    return this.#bytes >= MAX_RECORD_BYTES;
  }

  /** Writes records, together or not at all. @returns why not; null where it did */
  keep(records: readonly ClassRecord[]): 'disk' | 'full' | null {
    if (this.isFull) return 'full';
    const time = new Date().toISOString();
    const text = records.map((record) => `${formatRecord(record, time)}\n`).join('');
    const bytes = Buffer.from(text);
    try {
      if (writeSync(this.#file, bytes) !== bytes.length) throw new Error('cut');
    } catch {
      this.#takeBack();
      return 'disk';
    }
    this.#bytes += bytes.length;
    return null;
  }

  /** Keeps the ports for the next start. */
  keepPorts(ports: Ports): void {
    const file = join(this.path, CLASS_FILES.ports);
    writeFileSync(`${file}.tmp`, `${JSON.stringify(ports)}\n`, OWN);
    renameSync(`${file}.tmp`, file);
  }

  /** Gives it to the next. */
  close(): void {
    closeSync(this.#file);
    unlock(this.path);
  }

  /** Half a line that a full disk took would be glued to the next one. */
  #takeBack(): void {
    try {
      ftruncateSync(this.#file, this.#bytes);
    } catch {
      // then the next reader passes that line over
    }
  }
}

function tokenIn(path: string): string {
  const file = join(path, CLASS_FILES.token);
  const kept = textIn(file)?.trim() ?? '';
  if (/^[\w-]{16,64}$/.test(kept)) return kept;
  const token = newToken();
  rmSync(file, { force: true }); // what is there may be for more than its owner to read
  writeFileSync(file, `${token}\n`, { ...OWN, flag: 'wx' });
  return token;
}

function portsIn(path: string): Ports | null {
  try {
    const kept = JSON.parse(textIn(join(path, CLASS_FILES.ports)) ?? '') as Partial<Ports>;
    const { port, pagePort } = kept;
    return isPort(port) && isPort(pagePort) ? { port, pagePort } : null;
  } catch {
    return null;
  }
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536;
}

/** @throws Failure where a process that lives has it */
function lock(path: string): void {
  const file = join(path, CLASS_FILES.lock);
  try {
    writeFileSync(file, `${process.pid}\n`, { ...OWN, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = Number.parseInt(textIn(file) ?? '', 10);
    if (isAlive(pid)) throw new Failure('class.taken', { path, pid: String(pid), file });
    rmSync(file, { force: true }); // of a server that was killed
    writeFileSync(file, `${process.pid}\n`, { ...OWN, flag: 'wx' });
  }
}

function unlock(path: string): void {
  rmSync(join(path, CLASS_FILES.lock), { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return false; // a container begins its numbers anew
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function textIn(file: string): string | null {
  try {
    return statSync(file).size > 1_024 ? null : readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function whyNot(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  return new Failure('class.folder', { path, message: (error as Error).message });
}
