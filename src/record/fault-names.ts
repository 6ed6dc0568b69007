/**
 * The faults that a watched server can be tried with, by name: the help has them, and loads no more.
 * @module
 */

/** The names of all faults: first those of the server's calls, then those of its clients. */
export const FAULTS = [
  'emfile',
  'short-write',
  'slow-syscalls',
  'reset',
  'slow-reader',
  'silent-client',
  'split-handshake',
] as const;

/** One of them. */
export type Fault = (typeof FAULTS)[number];
