/**
 * All the rules that a probe asks, in their order.
 * @module
 */

import type { Rule } from './rule.js';
import { CONTROL, RESERVED } from './rules/control.js';
import { DEFLATE } from './rules/deflate.js';
import { CLOSE, LIMITS } from './rules/ending.js';
import { FRAMES } from './rules/frames.js';
import { FRAGMENTS, UTF8 } from './rules/messages.js';
import { NOT_OPENING } from './rules/not-opening.js';
import { OPENING } from './rules/opening.js';

/** Every rule, in the order of the groups. */
export const RULES: readonly Rule[] = [
  ...OPENING,
  ...NOT_OPENING,
  ...FRAMES,
  ...CONTROL,
  ...RESERVED,
  ...FRAGMENTS,
  ...UTF8,
  ...CLOSE,
  ...LIMITS,
  ...DEFLATE,
];
