/**
 * The folder of a class: what lies in it, and how its records are read. Writing is the server's.
 * @module
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../lesson/file-error.js';
import { type ClassRecord, parseRecord } from './records.js';
import { ClassState } from './state.js';

/** The files: the records; the desk's token, which is nobody else's; the ports; who has the folder. */
export const CLASS_FILES = {
  records: 'class.ndjson',
  token: 'token',
  ports: 'ports',
  lock: 'lock',
} as const;

/** Bytes of records that a class keeps: a hundred times what thirty students make in a day. */
export const MAX_RECORD_BYTES = 64 << 20;

/** The last record may go beyond. */
const MOST_READ = MAX_RECORD_BYTES + (1 << 20);

/** A class as its folder has it. */
export interface ReadClass {
  readonly state: ClassState;
  /** Numbers of lines, from 1, that are no record. */
  readonly passedOver: readonly number[];
  /** Bytes up to the end of the last whole line; what is behind it was cut off while it was written. */
  readonly wholeBytes: number;
  readonly isCut: boolean;
}

/** Whether a folder is a class's. */
export function hasRecords(folder: string): boolean {
  return existsSync(join(folder, CLASS_FILES.records));
}

/**
 * Reads the records of a class; none where there is no file.
 *
 * @throws FileError for a file that is larger than any class's, Error of the system
 */
export function readClass(folder: string): ReadClass {
  const path = join(folder, CLASS_FILES.records);
  if (!existsSync(path)) return foldClass(new Uint8Array(0));
  const { size } = statSync(path);
  if (size > MOST_READ) throw new FileError('file.larger', { most: MOST_READ });
  return foldClass(readFileSync(path));
}

/** A class of the bytes of its file. */
export function foldClass(bytes: Uint8Array): ReadClass {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const state = new ClassState();
  const passedOver: number[] = [];
  const lines = new TextDecoder().decode(bytes.subarray(0, wholeBytes)).split('\n').slice(0, -1);
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const record: ClassRecord | null = parseRecord(line);
    if (record === null) passedOver.push(i + 1);
    else state.apply(record);
  }
  return { state, passedOver, wholeBytes, isCut: wholeBytes < bytes.length };
}
