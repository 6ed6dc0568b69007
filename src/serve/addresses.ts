/**
 * The addresses under which others on the local network find this machine, and a QR code that a
 * telephone can read from the terminal.
 * @module
 */

import { hostname, type NetworkInterfaceInfo } from 'node:os';
import encodeQR from 'qr';
import { isLoopbackAddress } from '../chat/origin.js';
import { pc } from '../terminal/colours.js';

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

/**
 * The names by which others may call a server that listens there: the one that was listened on, and
 * for a server that others can reach, this machine's own name, with and without `.local`. None of
 * these is a stranger's: only a public name can be made to mean this machine from afar.
 *
 * @param host what is listened on
 * @param machine what this machine calls itself
 */
export function namesFor(host: string, machine = hostname()): string[] {
  if (host === 'localhost' || isLoopbackAddress(host)) return [host];
  const [short = ''] = machine.split('.');
  return [host, machine, short, `${short}.local`];
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
