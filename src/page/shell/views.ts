/**
 * The table of views, in the order in which they are offered. The first is the one that opens.
 * @module
 */

import { COMMON, choice, type Parameter, type Parameters } from '../address.js';
import { bytesView } from '../bytes/view.js';
import { chatView } from '../chat/view.js';
import { compareView } from '../compare/view.js';
import { cutsView } from '../cuts/view.js';
import { lessonsView } from '../lessons/view.js';
import { liveView } from '../live/view.js';
import { loopView } from '../loop/view.js';
import { playView } from '../play/view.js';
import { predictView } from '../predict/view.js';
import type { PageView } from '../view.js';

/** All views. */
export const VIEWS: readonly PageView[] = [
  loopView,
  bytesView,
  cutsView,
  compareView,
  playView,
  predictView,
  lessonsView,
  liveView,
  chatView,
];

/** All that an address can say: the view, what all have, and what each has of its own. */
export function allParameters(): Parameters {
  const all: Record<string, Parameters[string]> = { view: viewParameter(), ...COMMON };
  for (const { parameters = {} } of VIEWS) {
    for (const [name, parameter] of Object.entries(parameters)) {
      if (Object.hasOwn(all, name)) throw new Error(`bug: two parameters are called ${name}`);
      all[name] = parameter;
    }
  }
  return all;
}

/** Which view it is; a former name is mended into the present one. */
function viewParameter(): Parameter {
  const [first = '', ...others] = VIEWS.map(({ name }) => name);
  const { fallback, mend } = choice(first, ...others);
  const present = new Map(VIEWS.map(({ name, formerly }) => [formerly, name]));
  return { fallback, mend: (text) => mend(present.get(text) ?? text) };
}
