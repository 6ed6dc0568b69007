/**
 * The addresses under which others on the local network find this machine, and a QR code that a
 * telephone can read from the terminal.
 * @module
 */

import type { NetworkInterfaceInfo } from 'node:os';
import encodeQR from 'qr';
import { pc } from '../lesson/colours.js';

/** Networks that live inside this machine, or lead elsewhere: seldom the one of the class. */
const VIRTUAL = /^(docker|br-|veth|virbr|vbox|vmnet|utun|tun|tap|wg|zt|tailscale|vEthernet)/i;

/**
 * The addresses of this machine for others, the likeliest first.
 *
 * @param host what is listened on
 * @param interfaces as os.networkInterfaces gives them
 * @returns for an address of one network, this; for the loopback or a name, none
 */
export function addressesFor(
  host: string,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
): string[] {
  const isAny = host === '0.0.0.0' || host === '::';
  const all = Object.entries(interfaces)
    .flatMap(([name, infos = []]) => infos.map((info) => ({ ...info, name })))
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .sort((a, b) => Number(VIRTUAL.test(a.name)) - Number(VIRTUAL.test(b.name)))
    .map(({ address }) => address);
  return isAny ? all : all.filter((address) => address === host);
}

/** Draws a QR code: black on white, whatever the terminal's own colours; two rows a line. */
export function qrCode(text: string): string {
  const rows = encodeQR(text, 'raw');
  let drawn = '';
  for (let y = 0; y < rows.length; y += 2) {
    const upper = rows[y] ?? [];
    const lower = rows[y + 1] ?? [];
    const line = upper.map((isDark, x) => BLOCKS[(isDark ? 2 : 0) + (lower[x] ? 1 : 0)]).join('');
    drawn += `  ${pc.bgWhiteBright(pc.black(line))}\n`;
  }
  return drawn;
}

/** Neither, the lower, the upper, both. */
const BLOCKS = [' ', '▄', '▀', '█'];
