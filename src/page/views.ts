/**
 * The table of views, in the order in which they are offered. The first is the one that opens.
 * @module
 */

import { COMMON, choice, type Parameters } from './address.js';
import type { PageView } from './view.js';
import { benchView } from './views/bench.js';
import { bytesView } from './views/bytes.js';
import { chatView } from './views/chat.js';
import { compareView } from './views/compare.js';
import { cutView } from './views/cut.js';
import { lessonsView } from './views/lessons.js';
import { liveView } from './views/live.js';
import { loopView } from './views/loop.js';
import { predictView } from './views/predict.js';

/** All views. */
export const VIEWS: readonly PageView[] = [
  loopView,
  bytesView,
  cutView,
  compareView,
  benchView,
  predictView,
  lessonsView,
  liveView,
  chatView,
];

/** All that an address can say: the view, what all have, and what each has of its own. */
export function allParameters(): Parameters {
  const [first = '', ...others] = VIEWS.map(({ name }) => name);
  const all: Record<string, Parameters[string]> = { view: choice(first, ...others), ...COMMON };
  for (const { parameters = {} } of VIEWS) {
    for (const [name, parameter] of Object.entries(parameters)) {
      if (Object.hasOwn(all, name)) throw new Error(`bug: two parameters are called ${name}`);
      all[name] = parameter;
    }
  }
  return all;
}
