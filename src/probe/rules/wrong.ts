/**
 * Rules about frames that break the protocol.
 * @module
 */

import type { Act, Expect, Rule, RuleCode } from '../rule.js';

/** The connection fails with 1002. */
export const PROTOCOL_ERROR: Expect = { is: 'refused', codes: [1002] };

/** A rule: the server fails the connection at this. */
export function wrong(
  group: Rule['group'],
  section: string,
  code: RuleCode,
  acts: () => readonly Act[],
): Rule {
  return { id: code, group, section, says: { code }, acts, expect: PROTOCOL_ERROR };
}
