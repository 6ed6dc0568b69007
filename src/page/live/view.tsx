/**
 * The Live view: the panes of the Loop view on a real server, `serve --step`. The teacher's page
 * steps it; the others watch, and chat.
 * @module
 */

import type { Parameter } from '../address.js';
import { walkSavings } from '../shared/savings.js';
import { say } from '../texts.js';
import type { PageView } from '../view.js';
import { LiveBody, liveShortcuts } from './body.js';
import { liveOf } from './state.js';

/**
 * It is taken out of the address as soon as it was read, so that it is on no projector. Nor is a wrong
 * one, in a notice: what was copied with it falls away, and of the rest the server says what it thinks.
 */
const token: Parameter = {
  fallback: '',
  mend: (text) => text.replace(/[^\w-]/g, '').slice(0, 64),
};

/** The view. */
export const liveView: PageView = {
  name: 'live',
  title: 'live.title',
  where: (session) => {
    const { walk } = liveOf(session);
    return [say('live.title'), say('app.step', { step: String(walk.position.value) })];
  },
  saves: (session) => {
    const { walk, maker } = liveOf(session);
    return walkSavings(walk, 'live', maker);
  },
  Body: LiveBody,
  parameters: { token },
  shortcuts: liveShortcuts,
};
