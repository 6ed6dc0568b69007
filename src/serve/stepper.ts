/**
 * The stepper of `serve --step` on the teacher's terminal, and the way from there to the page that has the
 * controls too.
 * @module
 */

import type { Walk } from '../terminal/walk.js';
import type { Language } from '../texts/language.js';
import {
  type Banner,
  joinOf,
  type ServeSay,
  serveSpeaker,
  teacherUrl,
  usableUrl,
} from './banner.js';
import { openInBrowser } from './browser.js';
import type { Tickets } from './control.js';
import { joinScreen } from './join-screen.js';
import type { ServeOptions } from './options.js';
import type { Live } from './page-server.js';

/** The stepper, with this server behind its last step. */
export async function openWalk(
  banner: Banner,
  { profile }: ServeOptions,
  { gate, tickets }: Live,
  onQuit: () => void,
  language: Language,
): Promise<Walk> {
  const say = serveSpeaker(language);
  const url = usableUrl(banner);
  const { Walk } = await import('../terminal/walk.js');
  const walk = new Walk({
    loops: [{ events: [], title: profile === 'original' ? say('title.original', { url }) : url }],
    profile,
    onQuit,
    gate,
    join: (size) => joinScreen(joinOf(banner, language), size, language),
    openPage: () => openTeacherPage(banner, tickets, say),
    language,
  });
  walk.open();
  return walk;
}

/** Opens the page with the controls. @returns what to say of it; nothing secret */
async function openTeacherPage(banner: Banner, tickets: Tickets, say: ServeSay): Promise<string> {
  const url = teacherUrl(banner, tickets.make(performance.now()));
  if (url === null) return say('page.none');
  return say((await openInBrowser(url)) ? 'page.opens' : 'page.noBrowser');
}
