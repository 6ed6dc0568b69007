/**
 * What `loopscope serve` says at its start: where the room is, where its page is, who has the
 * controls, and on the local network how others get there.
 * @module
 */

import { networkInterfaces } from 'node:os';
import { isLoopbackAddress } from '../chat/origin.js';
import { pc } from '../terminal/colours.js';
import { printable } from '../trace/text.js';
import { addressesFor, qrCode } from './addresses.js';
import type { Join } from './join-screen.js';

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
export function joinOf({ host, port, pagePort, token }: Banner): Join {
  const near = usableHost(host);
  const isPage = pagePort !== null;
  const view = token === null ? 'view=chat' : 'view=live';
  return {
    address: isPage
      ? pageUrl(near, pagePort, view)
      : `npx loopscope chat ${roomUrl({ host: near, port })}`,
    short: `${bracketed(near)}:${pagePort ?? port}`,
    isPage,
    note: isLoopbackAddress(near)
      ? 'for this machine alone; serve --host 0.0.0.0 lets others in'
      : '',
  };
}

/** The likeliest address for others; where there is none, the one for this machine. */
function usableHost(host: string): string {
  return addressesFor(host, networkInterfaces())[0] ?? nearest(host);
}

/** All lines, with a blank one behind them. */
export function bannerText(banner: Banner): string {
  const { host, port, pagePort, file, hasStepper, taken } = banner;
  const near = nearest(host);
  const { token } = banner;
  const lines = [`The room is open on ${pc.bold(roomUrl(banner))}`];
  if (pagePort !== null) {
    lines.push(`  its page: ${pc.bold(pageUrl(near, pagePort, ''))}`);
  }
  if (token !== null && pagePort !== null) {
    const watch = `            ${pageUrl(near, pagePort, 'view=live')}`;
    lines.push(
      ...(hasStepper // what is secret is not for the projector
        ? [
            '  controls: the keys of this terminal; o opens the page that has them too',
            '            u shows where others join; they only watch:',
          ]
        : [
            `  controls: ${teacherUrl(banner, token)}`,
            '            whoever has this address steps the server; the others only watch:',
          ]),
      watch,
    );
  }
  lines.push(`  join it:  npx loopscope chat ${roomUrl({ host: near, port })} --name Ada`);
  lines.push(`            ${inBrowser(banner)}`);
  lines.push(hasStepper ? '  q or Ctrl-C stops it' : '  Ctrl-C stops it');
  if (file !== null) lines.push(`  steps go to ${printable(file)}`);
  for (const one of taken) lines.push(`  port ${one} is taken, so the next free one is used`);
  return `${lines.join('\n')}\n${forOthers(banner)}\n`;
}

function inBrowser({ host, pagePort, letsInDisk }: Banner): string {
  if (pagePort !== null) return `or open ${pageUrl(nearest(host), pagePort, 'view=chat')}`;
  return letsInDisk
    ? 'or open examples/client.html in a browser'
    : 'or, after serve --allow-origin null, open examples/client.html in a browser';
}

/** The addresses on the local network, and the first as a QR code. */
function forOthers({ host, port, pagePort, token }: Banner): string {
  const addresses = addressesFor(host, networkInterfaces());
  const [first] = addresses;
  if (first === undefined) return '';
  const view = token === null ? 'view=chat' : 'view=live';
  const lines = addresses.map((address) => {
    const page = pagePort === null ? '' : `, its page ${pageUrl(address, pagePort, view)}`;
    return `  ${roomUrl({ host: address, port })}${page}\n`;
  });
  const code = pagePort === null ? '' : `\n${qrCode(pageUrl(first, pagePort, view))}`;
  return `\nFor others in this network:\n${lines.join('')}${code}`;
}

/** Where this machine itself finds it. */
function nearest(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}

function pageUrl(host: string, port: number, hash: string): string {
  return `http://${bracketed(host)}:${port}/${hash === '' ? '' : `#${hash}`}`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
