/**
 * What `loopscope serve` says at its start: where the room is, where its page is, who has the
 * controls, and on the local network how others get there.
 * @module
 */

import { networkInterfaces } from 'node:os';
import { isLoopbackAddress } from '../chat/origin.js';
import { pc } from '../terminal/colours.js';
import { terminalWidth } from '../terminal/story.js';
import type { Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { serve } from '../texts/serve.en.js';
import { serve as serveZh } from '../texts/serve.zh.js';
import { printable } from '../trace/text.js';
import { addressesFor, qrCode } from './addresses.js';
import { type Join, largeText } from './join-screen.js';

/** What the lines tell. */
export interface Banner {
  /** The address that is listened on. */
  host: string;
  /** The room's port. */
  port: number;
  /** Usual ports that were taken, so that the next free ones are used. */
  taken: readonly number[];
  /** The page's port; null where none is served. */
  pagePort: number | null;
  /** The token of the controls; null where the server does not stand still. */
  token: string | null;
  /** Whether the room lets in a page that is opened from disk. */
  letsInDisk: boolean;
  /** The file that the steps go to; null for none. */
  file: string | null;
  /** Whether the stepper has the terminal. */
  hasStepper: boolean;
  /** The folder of the class that comes here; null for none. */
  folder: string | null;
}

/** Says what `loopscope serve` says. */
export type ServeSay = Say<keyof typeof serve>;

/** Its texts in a language. Ports are copied, so thousands are not set apart. */
export function serveSpeaker(language?: Language): ServeSay {
  return speaker({ en: serve, zh: serveZh }, language, { grouping: false });
}

/** The room's address as a URL. */
export function roomUrl({ host, port }: { host: string; port: number }): string {
  return `ws://${bracketed(host)}:${port}`;
}

/** The address of the page with the controls, by the token or a ticket; null where there is no page. */
export function teacherUrl({ host, pagePort }: Banner, token: string): string | null {
  return pagePort === null ? null : pageUrl(nearest(host), pagePort, `view=live&token=${token}`);
}

/** The room's address as others can use it: nobody gets anywhere with 0.0.0.0. */
export function usableUrl({ host, port }: Banner): string {
  return roomUrl({ host: usableHost(host), port });
}

/** Where others join, for the whole screen. */
export function joinOf(banner: Banner, language?: Language): Join {
  const { host, port, pagePort } = banner;
  const near = usableHost(host);
  const isPage = pagePort !== null;
  return {
    address: isPage
      ? joinUrl(banner, near, pagePort)
      : `npx loopscope chat ${roomUrl({ host: near, port })}`,
    short: `${bracketed(near)}:${pagePort ?? port}`,
    isPage,
    note: isLoopbackAddress(near) ? serveSpeaker(language)('join.loopback') : '',
  };
}

/** The likeliest address for others; where there is none, the one for this machine. */
function usableHost(host: string): string {
  return addressesFor(host, networkInterfaces())[0] ?? nearest(host);
}

/** Where others join a class, an address a network card. */
export function joinUrls(banner: Banner): string[] {
  const { host, pagePort } = banner;
  if (pagePort === null) return [];
  return addressesFor(host, networkInterfaces()).map((one) => joinUrl(banner, one, pagePort));
}

/** All lines, with a blank one behind them. */
export function bannerText(banner: Banner, language?: Language): string {
  const say = serveSpeaker(language);
  const { host, port, pagePort, file, hasStepper, taken, folder } = banner;
  const isClass = folder !== null; // the desk has the controls, and where one joins is said below
  const near = nearest(host);
  const { token } = banner;
  const lines = [say('banner.open', { url: pc.bold(roomUrl(banner)) })];
  if (pagePort !== null) {
    lines.push(`  ${say('banner.page', { url: pc.bold(pageUrl(near, pagePort, '')) })}`);
  }
  if (token !== null && pagePort !== null && (hasStepper || !isClass)) {
    const url = teacherUrl(banner, token) ?? '';
    lines.push(
      ...(hasStepper // what is secret is not for the projector
        ? [`  ${say('banner.controls.keys')}`, `${BELOW}${say('banner.controls.join')}`]
        : [`  ${say('banner.controls', { url })}`, `${BELOW}${say('banner.controls.url')}`]),
      `${BELOW}${pageUrl(near, pagePort, 'view=live')}`,
    );
  }
  if (!isClass) {
    const command = `npx loopscope chat ${roomUrl({ host: near, port })} --name Ada`;
    lines.push(`  ${say('banner.join', { command })}`, `${BELOW}${inBrowser(banner, say)}`);
  }
  lines.push(`  ${say(hasStepper ? 'banner.stop.stepper' : 'banner.stop')}`);
  if (file !== null) lines.push(`  ${say('banner.file', { file: printable(file) })}`);
  for (const one of taken) lines.push(`  ${say('banner.taken', { port: one })}`);
  const all = `${lines.join('\n')}\n${forOthers(banner, say)}\n`;
  return isClass ? `${all}${ofClass(banner, folder, say)}\n` : all;
}

/** What belongs to the line above stands behind its first words. */
const BELOW = ' '.repeat(12);

function inBrowser({ host, pagePort, letsInDisk }: Banner, say: ServeSay): string {
  if (pagePort !== null) {
    return say('banner.join.page', { url: pageUrl(nearest(host), pagePort, 'view=chat') });
  }
  return say(letsInDisk ? 'banner.join.disk' : 'banner.join.diskAllowed');
}

/** Of a class: where its folder is, the desk, and where one joins in letters for the last row. */
function ofClass(banner: Banner, folder: string, say: ServeSay): string {
  const { host, pagePort, token } = banner;
  if (pagePort === null || token === null) return '';
  const url = pageUrl(nearest(host), pagePort, `view=desk&token=${token}`);
  const short = `${bracketed(usableHost(host))}:${pagePort}`;
  const lines = [
    say('class.folder', { folder: printable(folder) }),
    say('class.desk', { url: pc.bold(url) }),
    `${BELOW}${say('class.desk.url')}`,
    say('class.join', { url: pc.bold(joinUrl(banner, usableHost(host), pagePort)) }),
    ...(isLoopbackAddress(usableHost(host)) ? [`${BELOW}${say('class.loopback')}`] : []),
  ];
  return ['', ...lines, '', ...largeText(short, terminalWidth() ?? 80), ''].join('\n');
}

/** The addresses on the local network, and the first as a QR code. */
function forOthers(banner: Banner, say: ServeSay): string {
  const { host, port, pagePort } = banner;
  const addresses = addressesFor(host, networkInterfaces());
  const [first] = addresses;
  if (first === undefined) return '';
  const lines = addresses.map((address) => {
    const room = roomUrl({ host: address, port });
    if (pagePort === null) return `  ${room}\n`;
    return `  ${say('banner.others.page', { room, url: joinUrl(banner, address, pagePort) })}\n`;
  });
  const code = pagePort === null ? '' : `\n${qrCode(joinUrl(banner, first, pagePort))}`;
  return `\n${say('banner.others')}\n${lines.join('')}${code}`;
}

/** Where this machine itself finds the room, and the origin of the page beside it. */
export function hereOf({ host, port, pagePort }: Banner): { url: string; origin: string } {
  const near = nearest(host);
  return { url: roomUrl({ host: near, port }), origin: `http://${bracketed(near)}:${pagePort}` };
}

/** Where this machine itself finds it. */
function nearest(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

/** What others open: of a class, a short address, since some type it. */
function joinUrl({ token, folder }: Banner, host: string, pagePort: number): string {
  if (folder !== null) return `http://${bracketed(host)}:${pagePort}/class`;
  return pageUrl(host, pagePort, token === null ? 'view=chat' : 'view=live');
}

function pageUrl(host: string, port: number, hash: string): string {
  return `http://${bracketed(host)}:${port}/${hash === '' ? '' : `#${hash}`}`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
