/**
 * The mirror with some of its mistakes mended, to see what each of them does: a comparison is played
 * again with one mended, and the first difference then lies later, or it does not. The mirror itself
 * stays as it is; a network in front of it hands it what a server without the mistake would have
 * read, and sends what such a server would have written.
 * @module
 */

import type { Net } from '../net/net.js';
import { failing } from '../texts/errors.js';
import { DEFECTS } from './defects.js';
import { MendedNet } from './mended-net.js';

/** The defects that cannot be mended so, one by one. */
export const NOT_MENDED: readonly string[] = [
  'D21', // it takes 1,021 clients to be seen
  'D22', // it takes a limit on descriptors to be seen
  'D23', // it happens before any client comes
  'D28', // a connect that waits is nothing that a client gets
  'D29', // no byte that JSON holds shows it
  'D31', // the server passes on what it is given, as it should: the mistake is in the page
  'D35', // the mirror is no PHP 8
];

/** The numbers of the defects that can be mended one by one, in order. */
export const MENDABLE: readonly string[] = DEFECTS.map(({ number }) => number).filter(
  (number) => !NOT_MENDED.includes(number),
);

/**
 * A network before another one, on which the mirror runs without these defects. The loop selects on it
 * too.
 *
 * @param net as `OriginalServer` takes it
 * @param numbers of {@link MENDABLE}; none gives the network as it is
 * @throws RangeError for a number that is none of them
 */
export function mendedNet(net: Net, numbers: readonly string[]): Net {
  const unknown = numbers.find((number) => !MENDABLE.includes(number));
  if (unknown !== undefined) throw failing(RangeError, 'mend.unknown', { defect: unknown });
  return numbers.length === 0 ? net : new MendedNet(net, new Set(numbers));
}
