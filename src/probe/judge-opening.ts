/**
 * What is to be said of the answer to an opening request: pure, no network.
 * @module
 */

import { parseExtensions } from '../websocket/extensions.js';
import { shown } from '../websocket/http.js';
import { type Came, statusOf } from './came.js';
import { endOf, PASS, type Verdict, verdict } from './judge.js';
import { answerProblem, deflateOf } from './request.js';
import type { DeflateExpect, Expect } from './rule.js';

/** Judges the answer to an opening request; null where it opened the WebSocket as it should. */
export function judgeOpening(expect: Expect, came: Came, request: Uint8Array): Verdict | null {
  const { head, noHttp } = came;
  if (noHttp !== null) return verdict('fail', 'no-http', { reason: noHttp });
  if (expect.is === 'not-opened' || expect.is === 'answered')
    return judgeNot(expect, came, request);
  if (head === null) return unanswered(came);
  const status = statusOf(head);
  if (status !== 101) {
    const declined = expect.is === 'opens' && expect.deflate?.declined === true;
    // RFC 7692 7: such an offer is to be declined, and the rest of the request is right
    return verdict(declined ? 'noted' : 'fail', 'status', { status: String(status) });
  }
  const problem = answerProblem(head, request);
  if (problem !== null) {
    return verdict('fail', problem.code, 'values' in problem ? problem.values : {});
  }
  if (expect.is !== 'opens' || expect.deflate === undefined) return null;
  return judgeOffer(expect.deflate, came);
}

function unanswered(came: Came): Verdict {
  if (came.end === null) return verdict('fail', 'no-answer');
  return verdict('fail', 'ended-unanswered', endOf(came));
}

function judgeNot(
  expect: Extract<Expect, { is: 'not-opened' | 'answered' }>,
  came: Came,
  request: Uint8Array,
): Verdict | null {
  const { head } = came;
  if (expect.is === 'answered') {
    if (head === null) return came.end === null ? verdict('noted', 'no-answer') : PASS;
    const problem = statusOf(head) === 101 ? answerProblem(head, request) : null;
    if (problem === null) return PASS;
    return verdict('fail', problem.code, 'values' in problem ? problem.values : {});
  }
  if (head === null) {
    if (expect.drops === true) return came.end === null ? verdict('unseen', 'no-answer') : PASS;
    if (expect.status.length === 0 && came.end === null) return verdict('unseen', 'no-answer');
    return unanswered(came);
  }
  const status = statusOf(head);
  if (status === 101) return verdict('fail', 'opened-anyway');
  if (expect.field !== undefined && !head.headers.has(expect.field)) {
    return verdict('fail', 'field-missing', { field: 'Sec-WebSocket-Version' });
  }
  if (expect.status.length === 0 || expect.status.includes(status)) return PASS;
  const usual = expect.status.map(String);
  return verdict('noted', 'other-status', { status: String(status), usual });
}

/** What became of an offer of permessage-deflate. */
function judgeOffer(expect: DeflateExpect, { head }: Came): Verdict | null {
  const agreed = head && deflateOf(head);
  const field = head?.headers.get('sec-websocket-extensions') ?? '';
  if (agreed === null) return expect.declined === true ? PASS : verdict('unseen', 'declined');
  if (typeof agreed === 'string') return verdict('fail', 'offer-answer', { reason: shown(agreed) });
  const answer = shown(field);
  if (expect.declined === true) return verdict('fail', 'offer-taken', { answer });
  const named = parseExtensions(field)?.[0]?.parameters ?? [];
  const names = named.map(([name]) => name);
  // 7.1.2.2: who did not offer client_max_window_bits must not get it
  const window =
    names.includes('client_max_window_bits') && expect.clientMaxWindowBits === undefined;
  const takeover = expect.serverNoContextTakeover === true && !agreed.serverNoContextTakeover;
  const large = agreed.serverMaxWindowBits > (expect.serverMaxWindowBits ?? 15);
  return window || takeover || large ? verdict('fail', 'offer-answer', { reason: answer }) : null;
}
