/**
 * The header of an IP packet, of version 4 or 6 with its extensions.
 * @module
 */

import type { Reading } from './reading.js';

/** An IP packet: what it carries, and from whom to whom. */
export interface Datagram {
  /** The number of what it carries: 6 for TCP. */
  readonly protocol: number;
  readonly ends: { readonly from: string; readonly to: string };
  /** Where what it carries begins. */
  readonly start: number;
  /** Where that ends on the wire. */
  readonly end: number;
  /** Where it is a piece of a packet: the packet's number, and the piece's place. */
  readonly fragment: {
    readonly id: number;
    readonly offset: number;
    readonly more: boolean;
  } | null;
}

/**
 * Reads a packet's header.
 *
 * @returns null for what is no IP
 * @throws Cut where the packet is
 */
export function readIp(reading: Reading, at: number): Datagram | null {
  const version = reading.u8(at) >>> 4;
  return version === 4 ? readIpv4(reading, at) : version === 6 ? readIpv6(reading, at) : null;
}

/** @see RFC 791 3.1 */
function readIpv4(reading: Reading, at: number): Datagram | null {
  const header = (reading.u8(at) & 0b1111) * 4;
  if (header < 20) return null;
  const length = reading.u16(at + 2);
  const place = reading.u16(at + 6);
  const [more, offset] = [(place & 0x2000) !== 0, (place & 0x1fff) * 8];
  const address = (at: number) => [0, 1, 2, 3].map((i) => reading.u8(at + i)).join('.');
  const id = reading.u16(at + 4);
  return {
    protocol: reading.u8(at + 9),
    ends: { from: address(at + 12), to: address(at + 16) },
    start: at + header,
    // 0 where the network card was to cut a large packet into several
    end: length === 0 ? reading.length : at + length,
    fragment: more || offset > 0 ? { id, offset, more } : null,
  };
}

/** @see RFC 8200 3, 4 */
function readIpv6(reading: Reading, at: number): Datagram {
  const length = reading.u16(at + 4);
  const ends = { from: ipv6Address(reading, at + 8), to: ipv6Address(reading, at + 24) };
  const end = length === 0 ? reading.length : at + 40 + length;
  let protocol = reading.u8(at + 6);
  let start = at + 40;
  for (;;) {
    switch (protocol) {
      case 0: // hop-by-hop, routing, destination, mobility
      case 43:
      case 60:
      case 135: {
        const behind = start + (reading.u8(start + 1) + 1) * 8;
        protocol = reading.u8(start);
        start = behind;
        break;
      }
      case 51: {
        // authentication, which counts in other units
        const behind = start + (reading.u8(start + 1) + 2) * 4;
        protocol = reading.u8(start);
        start = behind;
        break;
      }
      case 44: {
        const place = reading.u16(start + 2);
        const [more, offset] = [(place & 1) !== 0, place & 0xfff8];
        const id = reading.u32(start + 4);
        protocol = reading.u8(start);
        start += 8;
        // behind the first one's offset stand no headers but the middle of what is carried
        if (more || offset > 0) {
          return { protocol, ends, start, end, fragment: { id, offset, more } };
        }
        break;
      }
      default:
        return { protocol, ends, start, end, fragment: null };
    }
  }
}

/** Writes an address as RFC 5952 has it: the longest run of zeros as `::`. */
function ipv6Address(reading: Reading, at: number): string {
  reading.u32(at + 12); // all of it is there
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((i) => reading.u16(at + i));
  let [first, most] = [0, 1];
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (groups[i + n] === 0) n++;
    if (n > most) [first, most] = [i, n];
  }
  const text = (list: number[]) => list.map((group) => group.toString(16)).join(':');
  if (most === 1) return `[${text(groups)}]`;
  return `[${text(groups.slice(0, first))}::${text(groups.slice(first + most))}]`;
}
