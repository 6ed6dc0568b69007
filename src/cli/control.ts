/**
 * The controls of a server that is stepped through from a page: what the page may ask for, and whose
 * page it is. The token is in the address of the teacher's page alone.
 * @module
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { STEP_NAMES } from '../trace/ndjson.js';
import { type Gate, NOWHERE, type Until } from './gate.js';

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
