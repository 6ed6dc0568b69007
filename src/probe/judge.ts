/**
 * What is to be said of a server by the frames that came from it: pure, no network.
 * @module
 */

import type { probe } from '../texts/probe.en.js';
import { shown } from '../websocket/http.js';
import type { Message } from '../websocket/message.js';
import type { Came } from './came.js';
import { isSame, type Manners } from './manners.js';
import type { Expect, Expected } from './rule.js';

/** Kept; a SHOULD not kept; a MUST broken; not to be seen, or not asked. */
export type Outcome = 'pass' | 'noted' | 'fail' | 'unseen';

/** Why an outcome is what it is: the key behind `why.` in the table. */
export type WhyCode = keyof typeof probe extends infer Key
  ? Key extends `why.${infer Code}`
    ? Code
    : never
  : never;

/** What is in the braces of a reason. */
export type WhyValues = Readonly<Record<string, string | number | readonly string[]>>;

/** An outcome, and why. */
export interface Verdict {
  /** What it is. */
  outcome: Outcome;
  /** Why; null where all was as it should be. */
  why: { code: WhyCode; values: WhyValues } | null;
}

/** What came of a conversation behind its opening. */
export type Standing =
  /** It goes on: it answered what stands behind. */
  | 'stands'
  /** A Close came first. */
  | 'closed'
  /** The connection ended without a Close. */
  | 'ended'
  /** Nothing came, and nothing ended. */
  | 'silent';

/** All was as it should be. */
export const PASS: Verdict = { outcome: 'pass', why: null };

/** A verdict with its reason. */
export function verdict(outcome: Outcome, code: WhyCode, values: WhyValues = {}): Verdict {
  return { outcome, why: { code, values } };
}

/**
 * Judges what a server did with frames.
 *
 * @param said messages that came since the frames were sent
 */
export function judgeFrames(
  expect: Expect,
  standing: Standing,
  came: Came,
  said: readonly Message[],
  manners: Manners,
): Verdict {
  const { problem } = came;
  if (problem !== null) {
    const { message, section } = problem;
    return verdict('fail', 'broke', { problem: message, section });
  }
  if (came.end === 'flood') return verdict('fail', 'flood', { bytes: came.bytes });
  if (came.late > 0) return verdict('fail', 'late', { n: came.late });
  switch (expect.is) {
    case 'taken':
      return judgeTaken(expect, standing, came, said, manners);
    case 'either':
      if (standing === 'closed' && expect.codes.includes(came.close?.code ?? 0)) return PASS;
      if (standing === 'ended') return judgeRefused(expect.codes, standing, came, manners);
      return judgeTaken(expect, standing, came, said, manners);
    case 'refused':
      return judgeRefused(expect.codes, standing, came, manners);
    case 'closed':
      return judgeClosed(expect, came, said, manners);
    case 'close-refused':
      return judgeBadClose(expect.codes, came, manners);
    default:
      throw new Error(`bug: ${expect.is} is not about frames`);
  }
}

/** Codes by which a server says that a rule of its own was broken, and not the RFC's. */
const OWN_RULES = [1003, 1008, 1009];

function judgeTaken(
  { echo, ...expect }: { echo?: readonly Expected[]; whole?: boolean },
  standing: Standing,
  came: Came,
  said: readonly Message[],
  manners: Manners,
): Verdict {
  if (standing === 'closed') {
    const { code = 0, reason = '' } = came.close ?? {};
    const own = OWN_RULES.includes(code);
    return verdict(own ? 'unseen' : 'fail', own ? 'own-rule' : 'closed-instead', {
      code: String(code),
      reason: shown(reason),
    });
  }
  if (standing === 'ended') return verdict('fail', 'ended-instead', endOf(came));
  if (standing === 'silent') {
    return manners.pongs ? verdict('fail', 'deaf') : verdict('unseen', 'no-pong');
  }
  if (!echo?.every((one) => isEchoed(one, manners))) {
    if (!manners.pongs) return verdict('unseen', 'no-pong');
    return expect.whole === true ? verdict('unseen', 'no-echo') : PASS;
  }
  return judgeEcho(echo, said);
}

/** Whether such a message would come back. */
export function isEchoed({ opcode }: Expected, manners: Manners): boolean {
  return opcode === 1 ? manners.echoesText : manners.echoesBinary;
}

/** All that is expected has to be there, in its order; something else may be between. */
function judgeEcho(echo: readonly Expected[], said: readonly Message[]): Verdict {
  let at = 0;
  for (const { payload } of said) {
    const next = echo[at];
    if (next !== undefined && isSame(payload, next.payload)) at++;
  }
  const missing = echo[at];
  if (missing === undefined) return PASS;
  // an application may well have nothing to say to an empty message
  if (missing.payload.length === 0) return verdict('unseen', 'no-echo');
  if (said.length === at) return verdict('fail', 'echo-missing', { n: at, of: echo.length });
  const length = said[at]?.payload.length ?? 0;
  return verdict('fail', 'echo-differs', { n: at + 1, length, expected: missing.payload.length });
}

function judgeRefused(
  codes: readonly number[],
  standing: Standing,
  came: Came,
  manners: Manners,
): Verdict {
  switch (standing) {
    case 'closed': {
      const code = came.close?.code ?? 0;
      if (codes.includes(code)) return PASS;
      return verdict('noted', 'other-code', { code: String(code), usual: codes.map(String) });
    }
    case 'ended':
      // 7.1.7: "SHOULD send a Close frame with an appropriate status code"
      return verdict('noted', 'no-close-frame', endOf(came));
    case 'stands':
      return verdict('fail', 'went-on');
    case 'silent':
      return manners.pongs ? verdict('fail', 'waits') : verdict('unseen', 'no-pong');
  }
}

function judgeClosed(
  { code, echo, ends }: Extract<Expect, { is: 'closed' }>,
  came: Came,
  said: readonly Message[],
  manners: Manners,
): Verdict {
  if (came.close === null) {
    return came.end === null
      ? verdict('fail', 'close-unanswered')
      : verdict('fail', 'ended-instead', endOf(came));
  }
  if (ends === true && came.end === null) return verdict('fail', 'tcp-open');
  if (came.close.code !== code) {
    // 5.5.1: "the endpoint typically echos the status code it received"
    return verdict('noted', 'other-code', { code: String(came.close.code), usual: String(code) });
  }
  if (echo === undefined) return PASS;
  if (!manners.echoesText) return verdict('unseen', 'no-echo');
  if (echo.length > 0) return judgeEcho(echo, said);
  return said.length === 0 ? PASS : verdict('fail', 'late', { n: said.length });
}

function judgeBadClose(codes: readonly number[], came: Came, manners: Manners): Verdict {
  const { close } = came;
  if (!manners.closes) return verdict('unseen', 'no-close-ever');
  if (close === null) {
    return came.end === null
      ? verdict('fail', 'waits')
      : verdict('noted', 'no-close-frame', endOf(came));
  }
  if (codes.includes(close.code)) return PASS;
  return verdict('fail', 'bad-close-taken', { code: String(close.code), usual: codes.map(String) });
}

/** How the connection ended, for a sentence. */
export function endOf({ end }: Came): WhyValues {
  return { end: end === 'reset' ? 'RST' : 'FIN' };
}
