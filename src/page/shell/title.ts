/**
 * The title of the document: where one is, the largest first.
 * @module
 */

import type { Session } from '../session.js';
import { say } from '../texts.js';
import { placeOf } from './views.js';

/** `Scope · two-clients · step 12 · Loopscope`. */
export function titleOf(session: Session): string {
  const { room, view } = placeOf(session.parameter('view').value);
  const place = say(room.title);
  const title = say(view.title);
  const inside = view.where?.(session) ?? [title];
  const parts = [place, ...inside.filter((one) => one !== place), say('app.name')];
  return parts.join(' · ');
}
