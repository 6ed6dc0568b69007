/**
 * The server that serves this page, if one does: a page from a disk asks nobody.
 * @module
 */

import type { Profile } from '../../scenario/simulate.js';

/** What it says of itself. */
export interface Served {
  /** The room's port. */
  port: number;
  /** Which server the room is. */
  profile: Profile;
  /** Whether it is stepped through, and its steps can be watched. */
  live: boolean;
  /** The program that is watched, where that is what the page shows: then there is no room. */
  watched: string | null;
  /** Of a class, whose room takes votes and progress: where others join, an address a network card. */
  join: readonly string[] | null;
}

/** Where the room is if nobody says. */
export const USUAL_ROOM = 'ws://127.0.0.1:8080';

let asked: Promise<Served | null> | undefined;

/** Asks the server, once, or anew where it may be another. @returns null where there is none, or one that is no Loopscope */
export function served(isAnew = false): Promise<Served | null> {
  if (isAnew) asked = undefined;
  asked ??= ask();
  return asked;
}

/** The room beside this page. */
export function roomOf(about: Served | null): string {
  return about === null ? USUAL_ROOM : `ws://${location.hostname}:${about.port}`;
}

async function ask(): Promise<Served | null> {
  if (!location.protocol.startsWith('http')) return null;
  try {
    const response = await fetch('server.json');
    const about = (await response.json()) as Partial<Record<string, unknown>>;
    const { port, profile, live } = about;
    if (!Number.isInteger(port)) return null;
    const known = profile === 'original' ? profile : 'rfc6455';
    const watched = typeof about.watched === 'string' ? about.watched : null;
    const join = joinOf(about.class);
    return { port: port as number, profile: known, live: live === true, watched, join };
  } catch {
    return null;
  }
}

function joinOf(about: unknown): readonly string[] | null {
  if (typeof about !== 'object' || about === null) return null;
  const { join } = about as { join?: unknown };
  return Array.isArray(join) ? join.filter((one) => typeof one === 'string') : [];
}
