/**
 * Where others join, for a projector: the address as large as the wall takes it, a QR code for each
 * network card, and how many are here. It holds no secret.
 * @module
 */

import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import encodeQR from 'qr';
import { Dialog } from '../shared/dialog.js';
import { say } from '../texts.js';

/** The panel. */
export function JoinDialog(props: {
  isOpen: Signal<boolean>;
  addresses: readonly string[];
  here: number;
}): JSX.Element {
  const { isOpen, addresses, here } = props;
  const isAlone = addresses.length === 0;
  const ways = isAlone ? [`${location.origin}/class`] : addresses;
  return (
    <Dialog isOpen={isOpen} title={say('class.desk.join.title')} class="join">
      {() => (
        <>
          <p>{say(isAlone ? 'class.desk.join.none' : 'class.desk.join.how')}</p>
          <ul class="join-ways">
            {ways.map((address) => (
              <li key={address} class="join-way">
                <Code address={address} />
                <p class="join-address" style={{ '--letters': String(shortOf(address).length) }}>
                  {shortOf(address)}
                </p>
              </li>
            ))}
          </ul>
          <p class="join-here" role="status">
            {say('class.desk.here', { n: here })}
          </p>
        </>
      )}
    </Dialog>
  );
}

/** As it is typed. */
function shortOf(address: string): string {
  return address.replace(/^http:\/\//, '');
}

/** Black on white in both schemes: telephones read it so. */
function Code({ address }: { address: string }): JSX.Element {
  const rows = encodeQR(address, 'raw');
  const dark = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg
      class="join-code"
      viewBox={`-2 -2 ${rows.length + 4} ${rows.length + 4}`}
      role="img"
      aria-label={say('class.desk.join.code', { address })}
      shape-rendering="crispEdges"
    >
      <path d={`M-2 -2h${rows.length + 4}v${rows.length + 4}h-${rows.length + 4}z`} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
}
