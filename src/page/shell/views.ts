/**
 * The table of rooms, and of the views in each, in the order in which they are offered.
 * @module
 */

import { COMMON, choice, type Parameter, type Parameters } from '../address.js';
import { bytesView } from '../bytes/view.js';
import { chatView } from '../chat/view.js';
import { classView, deskView } from '../class/view.js';
import { compareView } from '../compare/view.js';
import { cutsView } from '../cuts/view.js';
import { lessonsView } from '../lessons/view.js';
import { liveView } from '../live/view.js';
import { loopView } from '../loop/view.js';
import { mineView } from '../mine/view.js';
import { playView } from '../play/view.js';
import { predictView } from '../predict/view.js';
import type { Session } from '../session.js';
import type { TextKey } from '../texts.js';
import type { PageView } from '../view.js';

/** A few views that belong together. */
export interface Room {
  /** Its name; no address has it, since the view says the room. */
  name: string;
  /** Its name for a person. */
  title: TextKey;
  /** Its views; the first is the one that opens. */
  views: readonly [PageView, ...PageView[]];
}

/** All rooms. */
export const ROOMS: readonly Room[] = [
  { name: 'learn', title: 'room.learn', views: [lessonsView, mineView, predictView] },
  { name: 'scope', title: 'room.scope', views: [loopView, liveView, chatView] },
  { name: 'bytes', title: 'room.bytes', views: [bytesView, cutsView] },
  { name: 'compare', title: 'room.compare', views: [compareView, playView] },
  { name: 'class', title: 'room.class', views: [classView, deskView] },
];

/** All views. */
export const VIEWS: readonly PageView[] = ROOMS.flatMap(({ views }) => views);

/** The view that an address without one opens. */
const FIRST = loopView;

/** The view of a name, and its room. */
export function placeOf(name: string): { room: Room; view: PageView } {
  for (const room of ROOMS) {
    const view = room.views.find((one) => one.name === name);
    if (view !== undefined) return { room, view };
  }
  throw new Error(`bug: there is no view ${name}`);
}

/** The rooms that the header offers, and of each the views; where one is, is always among them. */
export function offeredRooms(session: Session): readonly { room: Room; views: PageView[] }[] {
  const present = session.parameter('view').value;
  const isOffered = (view: PageView): boolean =>
    view.name === present || (view.isOffered?.(session) ?? true);
  return ROOMS.map((room) => ({ room, views: room.views.filter(isOffered) })).filter(
    ({ views }) => views.length > 0,
  );
}

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
  const { fallback, mend } = choice(FIRST.name, ...VIEWS.map(({ name }) => name));
  const present = new Map(VIEWS.map(({ name, formerly }) => [formerly, name]));
  return { fallback, mend: (text) => mend(present.get(text) ?? text) };
}
