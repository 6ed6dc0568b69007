/**
 * The stack behind a call, as strace -k prints it, a line a frame; and which steps are the work of the line
 * that made the call. Which line that is only who has the program can say.
 * @module
 */

import type { TraceEvent } from '../trace/event.js';

/** Where a function was, or where it will go on: behind its call. */
export interface Frame {
  /** The path of the program or of the library. */
  readonly binary: string;
  /** How far into its file, in bytes. */
  readonly offset: number;
}

/** Frames of a call that are kept: what is behind them is the beginning of the program. */
export const MOST_FRAMES = 64;

/** Characters of a path, at most: PATH_MAX. */
const LONGEST_PATH = 4_096;

/** Whether a line is one of a stack, of whatever form. */
export function isOfStack(line: string): boolean {
  return line.startsWith(' > ');
}

/** Reads ` > /srv/chat(main+0x1f) [0x1234]`; null for a frame that says no place. */
export function readFrame(line: string): Frame | null {
  const [, where = '', offset = ''] = /^ > (\/.*\)) \[0x([\da-f]{1,13})\]/.exec(line) ?? [];
  const end = openingOf(where);
  return end < 0 || end > LONGEST_PATH
    ? null
    : { binary: where.slice(0, end), offset: Number.parseInt(offset, 16) };
}

/** Where the last parenthesis is opened: names of C++ and Go have others within, and so may a path before. */
function openingOf(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    if (text[at] === '(' && --depth === 0) return at;
  }
  return -1;
}

/** Whether a binary is of the system: the functions around a call, which every program has. */
export function isOfSystem(binary: string): boolean {
  return /^\/(?:usr\/)?lib(?:32|64)?\/|\/(?:libc|libpthread|ld-linux)(?:-[-.\w]*)?\.so/.test(
    binary,
  );
}

/** Whether an event is what a call did, or what was worked out from it; others are only told with it. */
export function isWorkOf(event: TraceEvent, call: string): boolean {
  switch (event.step) {
    case 'parse':
    case 'handshake':
    case 'wake':
    case 'setsockopt':
      return true;
    default:
      return 'call' in event && event.call === call;
  }
}
