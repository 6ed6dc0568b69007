/**
 * The one thing that is asked of an ELF file: at which address a byte of it stands in memory. strace says
 * where in the file a function was, and addr2line asks for the address.
 * @module
 */

import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** A piece of the file that is loaded. */
interface Segment {
  readonly offset: number;
  readonly size: number;
  readonly address: number;
}

/** Where the bytes of a file stand, before it is moved as a whole. */
export type AddressOf = (offset: number) => number;

/** Reads the headers of an ELF file of 64 bits, little-endian; of any other, bytes stand where they are. */
export function addressesOf(path: string): AddressOf {
  let segments: Segment[] = [];
  try {
    segments = segmentsOf(path);
  } catch {
    // who cannot be read has no symbols either, and that is said
  }
  return (offset) => {
    const segment = segments.find((one) => offset >= one.offset && offset < one.offset + one.size);
    return segment === undefined ? offset : offset - segment.offset + segment.address;
  };
}

const LOAD = 1;

function segmentsOf(path: string): Segment[] {
  if (!statSync(path).isFile()) return []; // to open a pipe waits for whoever writes it
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(64);
    readSync(file, head, 0, 64, 0);
    if (head.toString('latin1', 0, 6) !== '\u007fELF\u0002\u0001') return [];
    const [at, size, count] = [
      Number(head.readBigUInt64LE(0x20)), // e_phoff
      head.readUInt16LE(0x36), // e_phentsize
      head.readUInt16LE(0x38), // e_phnum
    ];
    const table = Buffer.alloc(size * count);
    readSync(file, table, 0, table.length, at);
    return Array.from({ length: count }, (_, i) => table.subarray(i * size))
      .filter((entry) => entry.readUInt32LE(0) === LOAD)
      .map((entry) => ({
        offset: Number(entry.readBigUInt64LE(0x08)), // p_offset
        address: Number(entry.readBigUInt64LE(0x10)), // p_vaddr
        size: Number(entry.readBigUInt64LE(0x20)), // p_filesz
      }));
  } finally {
    closeSync(file);
  }
}
