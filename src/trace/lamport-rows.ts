/**
 * What a Lamport diagram is made of: lanes, rows, and how much of a row is said.
 * @module
 */

import { cut } from './columns.js';

/** What a row is about; each has its letter and its colour. */
export type Kind =
  | 'connect'
  | 'handshake'
  | 'recv'
  | 'broadcast'
  | 'send'
  | 'fin'
  | 'disconnect'
  | 'error'
  | 'block'
  | 'listen';

/** One row: an arrow to a server or from it, or a mark on one lane. */
export interface Row {
  kind: Kind;
  turn: number;
  t: number;
  /** The number of its event in the trace. */
  seq: number;
  /** The lane of the server whose event it is. */
  home: number;
  /** An arrow `in` starts at a client, one `out` ends there; a mark stands at the lane itself. */
  way: 'in' | 'out' | 'mark';
  /** The clients' lanes; the server's for a mark of its own. */
  lanes: number[];
  /** What is said; it is cut where there is no room. */
  says: string;
  /** What must not be cut: the number of bytes. */
  size: string;
}

/** One process. From which row it is there, since when it has left, when it ends. */
export interface Lane {
  name: string;
  from: number;
  left: number;
  gone: number;
}

/** The letter of each kind, in text the sign of a mark. */
export const SIGNS: Record<Kind, string> = {
  connect: 'C',
  handshake: 'H',
  recv: 'R',
  broadcast: 'B',
  send: 'S',
  fin: 'F',
  disconnect: '×',
  error: '!',
  block: '■',
  listen: '●',
};

/** What a row says, cut to so many columns; the number of bytes stays. */
export function labelOf({ says, size }: Row, columns: number): string {
  return cut(`${cut(says, Math.max(8, columns - size.length))}${size}`, columns);
}
