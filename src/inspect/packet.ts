/**
 * The TCP segment within a packet: past the link's header, tunnels, IPv4 or IPv6, with fragments joined.
 * Checksums are not looked at: a sender's network card often fills them in behind the capture's back.
 * @module
 */

import type { Packet } from './capture-form.js';
import type { CaptureTime } from './capture-time.js';
import { Fragments } from './fragments.js';
import { type Datagram, readIp } from './ip.js';
import {
  behindEthernet,
  behindEtherType,
  behindIp,
  behindPpp,
  firstLayer,
  type Layer,
} from './layers.js';
import { Cut, Reading } from './reading.js';

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

/** Why a packet has no segment for us. */
export type NoSegment =
  /** It was cut in front of the end of its headers. */
  | { readonly why: 'cut' }
  /** It is a piece of a packet whose others are awaited; `PacketReader.fragments` counts those for good. */
  | { readonly why: 'fragment' }
  /** Its link type, of libpcap's list, is not known. */
  | { readonly why: 'link'; readonly name: string }
  /** It is of another protocol. */
  | { readonly why: 'other'; readonly name: string };

const TCP = 6;

/** Packets in packets in packets: more is no tunnel but a joke. */
const DEEPEST = 16;

/** Link types that have a name here and are not read. */
const LINKS: Readonly<Record<number, string>> = {
  105: '802.11',
  127: '802.11, radiotap',
  187: 'Bluetooth',
  189: 'USB',
  192: 'PPI',
  195: '802.15.4',
  201: 'Bluetooth',
  220: 'USB',
  239: 'NFLOG',
  249: 'USBPcap',
};

/** What is read of a packet. */
type CapturedPacket = Pick<Packet, 'bytes' | 'length' | 'linkType' | 'time'>;

/** Reads packets in the order of the capture, one at a time. */
export class PacketReader {
  /** The fragments that were met. */
  readonly fragments = new Fragments();
  /** Packets that were taken out of each kind of tunnel, by its name. */
  readonly tunnels = new Map<string, number>();

  /** Reads a packet's segment; for the last fragment of a packet that of the whole. */
  segmentIn({ bytes, length, linkType, time }: CapturedPacket): Segment | NoSegment {
    try {
      const reading = new Reading(bytes, length);
      const first = firstLayer(reading, linkType);
      const segment = first === null ? null : this.#read(reading, first);
      if (segment !== null) {
        return time === undefined || 'why' in segment ? segment : { ...segment, time };
      }
      const known = LINKS[linkType];
      return { why: 'link', name: `${linkType}${known === undefined ? '' : ` (${known})`}` };
    } catch (error) {
      if (error instanceof Cut) return { why: 'cut' };
      throw error;
    }
  }

  #read(start: Reading, first: Layer): Segment | NoSegment {
    const tunnels = new Set<string>();
    let [reading, layer] = [start, first];
    for (let depth = 0; depth < DEEPEST; depth++) {
      if (layer.next === 'other') return { why: 'other', name: within(layer.name, tunnels) };
      if (layer.tunnel !== undefined) tunnels.add(layer.tunnel);
      if (layer.next !== 'ip') {
        layer = next(reading, layer);
        continue;
      }
      const datagram = readIp(reading, layer.at);
      if (datagram === null) return { why: 'other', name: within('IP', tunnels) };
      const whole = this.#whole(reading, datagram);
      if (whole === null) return { why: 'fragment' };
      const { protocol, ends, start, end } = whole.datagram;
      reading = whole.reading;
      if (protocol === TCP) {
        const segment = readTcp(reading, start, end, ends);
        for (const name of tunnels) this.tunnels.set(name, (this.tunnels.get(name) ?? 0) + 1);
        return segment ?? { why: 'other', name: within('TCP?', tunnels) };
      }
      layer = behindIp(reading, protocol, start);
    }
    return { why: 'other', name: [...tunnels].join(' > ') };
  }

  /** A packet with what it carries; null while it is a fragment whose others are awaited. */
  #whole(reading: Reading, datagram: Datagram): { reading: Reading; datagram: Datagram } | null {
    const { fragment, start, end, ends, protocol } = datagram;
    if (fragment === null) return { reading, datagram };
    if (end > reading.bytes.length) throw new Cut();
    const { id, offset, more } = fragment;
    const packet = `${ends.from} ${ends.to} ${protocol} ${id}`;
    const bytes = reading.bytes.subarray(start, end);
    const whole = this.fragments.add({ packet, offset, more, bytes });
    if (whole === null) return null;
    const joined = { protocol, ends, start: 0, end: whole.length, fragment: null };
    return { reading: new Reading(whole), datagram: joined };
  }
}

/** The next layer that has no address of its own. */
function next(reading: Reading, layer: Exclude<Layer, { next: 'other' | 'ip' }>): Layer {
  switch (layer.next) {
    case 'ethernet':
      return behindEthernet(reading, layer.at);
    case 'ppp':
      return behindPpp(reading, layer.at);
    case 'ethertype':
      return behindEtherType(reading, layer.type, layer.at);
    default:
      return layer satisfies never;
  }
}

function within(name: string, tunnels: ReadonlySet<string>): string {
  return [...tunnels, name].join(' > ');
}

/**
 * @param end where the segment ends on the wire: behind it an Ethernet frame may be filled up
 * @returns null for what is no segment
 */
function readTcp(
  reading: Reading,
  at: number,
  end: number,
  { from, to }: Datagram['ends'],
): Segment | null {
  const header = (reading.u8(at + 12) >>> 4) * 4;
  const flags = reading.u8(at + 13);
  if (header < 20 || at + header > end) return null;
  const start = at + header;
  const payload = reading.bytes.subarray(start, end);
  return {
    from: `${from}:${reading.u16(at)}`,
    to: `${to}:${reading.u16(at + 2)}`,
    sequence: reading.u32(at + 4),
    acknowledgment: (flags & 0b1_0000) === 0 ? null : reading.u32(at + 8),
    syn: (flags & 0b10) !== 0,
    fin: (flags & 0b1) !== 0,
    rst: (flags & 0b100) !== 0,
    payload,
    missing: end - start - payload.length,
  };
}
