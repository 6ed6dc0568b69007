/**
 * The TCP segment within a packet: past the link's header, IPv4 or IPv6. Checksums are not looked
 * at: a sender's network card often fills them in behind the capture's back.
 * @module
 */

import type { Packet } from './capture-form.js';
import type { CaptureTime } from './capture-time.js';

/** A segment, with what its headers say that joining needs. */
export interface Segment {
  /** Address and port of the sender: `127.0.0.1:8080`, `[::1]:8080`. */
  readonly from: string;
  /** The same of the receiver. */
  readonly to: string;
  /** The sequence number, 32 bits. */
  readonly sequence: number;
  /** The next byte that the sender awaits; null without ACK. */
  readonly acknowledgment: number | null;
  /** Opens the direction; takes one sequence number. */
  readonly syn: boolean;
  /** Ends the direction. */
  readonly fin: boolean;
  /** Ends the connection. */
  readonly rst: boolean;
  /** The bytes that were captured. */
  readonly payload: Uint8Array;
  /** Bytes that the capture cut off behind them. */
  readonly missing: number;
  /** When it was captured, where the capture says so. */
  readonly time?: CaptureTime;
}

/** Why a packet has no segment for us: it is another protocol's, a piece of a packet, cut, or of a link that is not known. */
export type NoSegment = 'other' | 'fragment' | 'cut' | 'link';

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const VLAN = [0x8100, 0x88a8, 0x9100];
const TCP = 6;

/** A packet being read, with the bytes that it had on the wire. */
interface Reading {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly length: number;
}

/** Thrown and caught here alone: the packet was cut in front of what is asked for. */
class Cut extends Error {}

/** Reads a packet's segment. */
export function segmentIn({ bytes, length, linkType, time }: Packet): Segment | NoSegment {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const segment = readLink({ bytes, view, length }, linkType);
    return time === undefined || typeof segment === 'string' ? segment : { ...segment, time };
  } catch (error) {
    if (error instanceof Cut) return 'cut';
    throw error;
  }
}

function u8({ view }: Reading, at: number): number {
  if (at + 1 > view.byteLength) throw new Cut();
  return view.getUint8(at);
}

function u16({ view }: Reading, at: number): number {
  if (at + 2 > view.byteLength) throw new Cut();
  return view.getUint16(at);
}

function u32({ view }: Reading, at: number): number {
  if (at + 4 > view.byteLength) throw new Cut();
  return view.getUint32(at);
}

/** @see the list of link types that libpcap keeps */
function readLink(reading: Reading, linkType: number): Segment | NoSegment {
  switch (linkType) {
    case 1: // Ethernet
      return readNetwork(reading, 12);
    case 113: // Linux cooked, of "any" interface
      return readNetwork(reading, 14);
    case 276: // Linux cooked, version 2: the protocol comes first, 18 bytes of others behind it
      return readNetwork(reading, 0, 18);
    case 0: // BSD loopback: a number of the family in the byte order of the machine
    case 108:
      return readIp(reading, 4);
    case 12: // raw IP, by the numbers of different systems
    case 14:
    case 101:
    case 228:
    case 229:
      return readIp(reading, 0);
    default:
      return 'link';
  }
}

/** @param at where the protocol's number stands */
function readNetwork(reading: Reading, at: number, behind = 0): Segment | NoSegment {
  const type = u16(reading, at);
  const next = at + 2 + behind;
  if (VLAN.includes(type)) return readNetwork(reading, next + 2);
  return type === IPV4 || type === IPV6 ? readIp(reading, next) : 'other';
}

function readIp(reading: Reading, at: number): Segment | NoSegment {
  const version = u8(reading, at) >>> 4;
  return version === 4 ? readIpv4(reading, at) : version === 6 ? readIpv6(reading, at) : 'other';
}

function readIpv4(reading: Reading, at: number): Segment | NoSegment {
  const header = (u8(reading, at) & 0b1111) * 4;
  if (header < 20) return 'other';
  const length = u16(reading, at + 2);
  if (u8(reading, at + 9) !== TCP) return 'other';
  if ((u16(reading, at + 6) & 0x3fff) !== 0) return 'fragment'; // more fragments, or an offset
  const address = (at: number) => [0, 1, 2, 3].map((i) => u8(reading, at + i)).join('.');
  const ends = { from: address(at + 12), to: address(at + 16) };
  // 0 where the network card was to cut a large packet into several
  return readTcp(reading, at + header, length === 0 ? reading.length : at + length, ends);
}

function readIpv6(reading: Reading, at: number): Segment | NoSegment {
  const length = u16(reading, at + 4);
  const ends = { from: ipv6Address(reading, at + 8), to: ipv6Address(reading, at + 24) };
  const end = length === 0 ? reading.length : at + 40 + length;
  let type = u8(reading, at + 6);
  let start = at + 40;
  while (type !== TCP) {
    const next = u8(reading, start);
    switch (type) {
      case 0: // hop-by-hop, routing, destination, mobility
      case 43:
      case 60:
      case 135:
        start += (u8(reading, start + 1) + 1) * 8;
        break;
      case 44:
        if ((u16(reading, start + 2) & 0xfff9) !== 0) return 'fragment';
        start += 8;
        break;
      case 51: // authentication, which counts in other units
        start += (u8(reading, start + 1) + 2) * 4;
        break;
      default:
        return 'other';
    }
    type = next;
  }
  return readTcp(reading, start, end, ends);
}

/** Writes an address as RFC 5952 has it: the longest run of zeros as `::`. */
function ipv6Address(reading: Reading, at: number): string {
  u32(reading, at + 12); // all of it is there
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((i) => u16(reading, at + i));
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

/** @param end where the segment ends on the wire: behind it an Ethernet frame may be filled up */
function readTcp(
  reading: Reading,
  at: number,
  end: number,
  { from, to }: { from: string; to: string },
): Segment | NoSegment {
  const header = (u8(reading, at + 12) >>> 4) * 4;
  const flags = u8(reading, at + 13);
  if (header < 20 || at + header > end) return 'other';
  const start = at + header;
  const payload = reading.bytes.subarray(start, end);
  return {
    from: `${from}:${u16(reading, at)}`,
    to: `${to}:${u16(reading, at + 2)}`,
    sequence: u32(reading, at + 4),
    acknowledgment: (flags & 0b1_0000) === 0 ? null : u32(reading, at + 8),
    syn: (flags & 0b10) !== 0,
    fin: (flags & 0b1) !== 0,
    rst: (flags & 0b100) !== 0,
    payload,
    missing: end - start - payload.length,
  };
}
