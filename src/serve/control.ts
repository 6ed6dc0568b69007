/**
 * The controls of a server that is stepped through from a page: what the page may ask for, and whose
 * page it is. The token is in the address of the teacher's page alone.
 * @module
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Gate, NOWHERE, type Until } from '../terminal/gate.js';
import { STEP_NAMES } from '../trace/ndjson.js';

/** Makes a token that nobody guesses. */
export function newToken(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * Whether a request carries the token.
 *
 * @param authorization its Authorization field, `Bearer` and the token
 */
export function isAllowed(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
  // digests are equally long, so the time taken tells nothing
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Milliseconds within which a ticket is to be used. */
const TICKET_MS = 60_000;

/**
 * Tickets for the token, each good for one page: an address stays in the history of a browser and in
 * the list of processes, so the one that we open there holds nothing that is of use twice.
 */
export class Tickets {
  #last = '';
  #until = 0;

  /** Makes one; the one before is void. @param now in milliseconds */
  make(now: number): string {
    this.#last = `once-${newToken()}`;
    this.#until = now + TICKET_MS;
    return this.#last;
  }

  /** Takes one in. @param authorization as for `isAllowed` @returns whether it was good */
  take(authorization: string | undefined, now: number): boolean {
    const isGood = this.#last !== '' && now <= this.#until && isAllowed(authorization, this.#last);
    if (isGood) this.#last = '';
    return isGood;
  }
}

/**
 * Does what a page asks for: `{"do":"next"}`, `turn`, `run`, `stop`; `{"do":"to","step":"parse"}`;
 * `{"do":"client","fd":5}`.
 *
 * @param json the command
 * @returns false for what is no command
 */
export function obey(gate: Gate, json: string): boolean {
  const until = untilOf(json);
  if (until === null) return false;
  if (!gate.goOn(until)) gate.stopAt(until);
  return true;
}

function untilOf(json: string): Until | null {
  const { do: what, step, fd } = readCommand(json);
  switch (what) {
    case 'next':
    case 'stop':
      return () => true;
    case 'run':
      return NOWHERE;
    case 'turn':
      return (event) => event.step === 'select';
    case 'to':
      return STEP_NAMES.some((name) => name === step) ? (event) => event.step === step : null;
    case 'client':
      return Number.isInteger(fd) ? (event) => 'fd' in event && event.fd === fd : null;
    default:
      return null;
  }
}

function readCommand(json: string): Record<string, unknown> {
  try {
    return (JSON.parse(json) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
