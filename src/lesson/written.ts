/**
 * The values of a call as a trace has them: in English, in a line that ends, whatever is in them.
 * @module
 */

import { FdSet } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import { DEFAULT_LANGUAGE } from '../texts/language.js';
import { rig } from '../texts/rig.en.js';
import { rig as rigZh } from '../texts/rig.zh.js';
import { fill, speaker } from '../texts/say.js';
import { cut } from '../trace/columns.js';
import { Connection } from '../websocket/connection.js';
import { ServerHandshake } from '../websocket/handshake.js';
import { Named, shown } from './shown.js';

/** A text of this length is as much as a line of a story may hold of a value. */
const SHOWN_COLUMNS = 160;

/** Entries of a list that are looked at, and those that are objects: more have no room in the line. */
const MOST_ENTRIES = 40;
const MOST_OBJECTS = 4;

const say = speaker({ en: rig, zh: rigZh }, DEFAULT_LANGUAGE, { grouping: false });

/** What of the kit's a call may hold, by the name that a page's build would shorten. */
const KIT = [
  [Connection, 'Connection'],
  [ServerHandshake, 'ServerHandshake'],
  [Outbox, 'Outbox'],
] as const;

/** A value as it stands in TypeScript, cut to 160 columns. */
export function written(value: unknown): string {
  try {
    return short(shown(value, say, [], named));
  } catch {
    return '…';
  }
}

/** What was thrown. */
export function writtenError(error: unknown): string {
  try {
    const text = error instanceof Error ? String(error) : written(error);
    return fill(rig['value.throws'], { error: short(text) });
  } catch {
    return '…';
  }
}

/** Names what has no form of its own, and cuts what is long. */
function named(value: object): object {
  if (value instanceof FdSet) return new Named(`FdSet(${value.size}) ${[...value].join(' ')}`);
  if (value instanceof Error) return new Named(String(value));
  if (Array.isArray(value)) return cutList(value);
  if (typeof (value as { listen?: unknown }).listen === 'function') return new Named('net');
  const isPlain = [Object.prototype, Map.prototype, Set.prototype, null].includes(
    Object.getPrototypeOf(value),
  );
  // all that it is, it keeps to itself
  if (!isPlain && Object.keys(value).length === 0) return new Named(nameOf(value));
  return value;
}

function nameOf(value: object): string {
  const kit = KIT.find(([kind]) => value instanceof kind);
  if (kit !== undefined) return kit[1];
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' ? name : Object.prototype.toString.call(value).slice(8, -1);
}

function cutList(list: readonly unknown[]): object {
  const most = typeof list[0] === 'object' ? MOST_OBJECTS : MOST_ENTRIES;
  if (list.length <= most + 1) return list; // with the ellipsis, when it comes again
  return [...list.slice(0, most), new Named('…')];
}

/** A text of a megabyte is not measured whole. */
function short(text: string): string {
  const near = text.slice(0, 4 * SHOWN_COLUMNS);
  if (!ASCII.test(near)) return cut(near, SHOWN_COLUMNS);
  // most are: nothing is measured
  return text.length <= SHOWN_COLUMNS ? text : `${near.slice(0, SHOWN_COLUMNS - 1)}…`;
}

const ASCII = /^[ -~]*$/;
