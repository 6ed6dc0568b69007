/**
 * What stands in front of IP in a packet: the header of its link, and tunnels that carry packets in
 * packets. What is not read is named.
 * @module
 */

import type { Reading } from './reading.js';

/** Where a layer begins, and which tunnel it comes out of. */
interface Place {
  readonly at: number;
  readonly tunnel?: string;
}

/** What comes next in a packet, and where. */
export type Layer =
  | (Place & { readonly next: 'ip' })
  | (Place & { readonly next: 'ethernet' })
  | (Place & { readonly next: 'ppp' })
  | (Place & { readonly next: 'ethertype'; readonly type: number })
  /** Nothing that is read: the name of what it is. */
  | { readonly next: 'other'; readonly name: string };

const ETHERTYPES: Readonly<Record<number, string>> = {
  2054: 'ARP',
  34915: 'PPPoE discovery',
  34958: 'EAPOL',
  35020: 'LLDP',
  35045: 'MACsec',
};

/** Carried in IP, by number. */
const PROTOCOLS: Readonly<Record<number, string>> = {
  1: 'ICMP',
  2: 'IGMP',
  17: 'UDP',
  50: 'IPsec ESP',
  58: 'ICMPv6',
  88: 'EIGRP',
  89: 'OSPF',
  112: 'VRRP',
  115: 'L2TP',
  132: 'SCTP',
};

/** Tunnels in UDP that are named and not read, by port. */
const UDP_TUNNELS: Readonly<Record<number, string>> = {
  443: 'QUIC',
  500: 'IPsec',
  1701: 'L2TP',
  2152: 'GTP-U',
  3544: 'Teredo',
  4500: 'IPsec',
  51820: 'WireGuard',
};

/** What a packet begins with; null for a link type that is not read. @see libpcap's list of link types */
export function firstLayer(reading: Reading, linkType: number): Layer | null {
  switch (linkType) {
    case 1: // Ethernet
      return { next: 'ethernet', at: 0 };
    case 113: // Linux cooked, of "any" interface
      return { next: 'ethertype', type: reading.u16(14), at: 16 };
    case 276: // Linux cooked, version 2: the protocol comes first, 18 bytes of others behind it
      return { next: 'ethertype', type: reading.u16(0), at: 20 };
    case 0: // BSD loopback: a number of the family in the byte order of the machine
    case 108:
      return { next: 'ip', at: 4 };
    case 9: // PPP
    case 50: // PPP, as a serial line frames it
      return { next: 'ppp', at: 0 };
    case 12: // raw IP, by the numbers of different systems
    case 14:
    case 101:
    case 228:
    case 229:
      return { next: 'ip', at: 0 };
    default:
      return null;
  }
}

/** What an Ethernet frame carries. */
export function behindEthernet(reading: Reading, at: number): Layer {
  return { next: 'ethertype', type: reading.u16(at + 12), at: at + 14 };
}

/** What the number of a protocol stands for, and what is behind its header. */
export function behindEtherType(reading: Reading, type: number, at: number): Layer {
  switch (type) {
    case 0x0800:
    case 0x86dd:
      return { next: 'ip', at };
    case 0x8100: // VLAN
    case 0x88a8:
    case 0x9100:
      return { next: 'ethertype', type: reading.u16(at + 2), at: at + 4 };
    case 0x8847: // MPLS, RFC 3032
    case 0x8848:
      return behindMpls(reading, at);
    case 0x8864: // PPPoE, RFC 2516
      return { next: 'ppp', at: at + 6, tunnel: 'PPPoE' };
    case 0x6558: // Ethernet within GRE and Geneve
      return { next: 'ethernet', at };
    case 0x880b:
      return { next: 'ppp', at };
    default:
      break;
  }
  // a length, and LLC: with SNAP the type stands behind it
  if (type <= 1_500 && reading.u16(at) === 0xaaaa && reading.u8(at + 2) === 3) {
    return { next: 'ethertype', type: reading.u16(at + 6), at: at + 8 };
  }
  if (type <= 1_500) return { next: 'other', name: 'LLC' };
  return { next: 'other', name: ETHERTYPES[type] ?? `EtherType ${hexOf(type)}` };
}

/** Behind the last label; what stands there says nothing of itself but by its first four bits. */
function behindMpls(reading: Reading, start: number): Layer {
  let at = start;
  while ((reading.u8(at + 2) & 1) === 0) at += 4;
  at += 4;
  const nibble = reading.u8(at) >>> 4;
  if (nibble === 4 || nibble === 6) return { next: 'ip', at, tunnel: 'MPLS' };
  // RFC 4385: a control word, and mostly Ethernet behind it
  if (nibble === 0) return { next: 'ethernet', at: at + 4, tunnel: 'MPLS' };
  return { next: 'other', name: 'MPLS' };
}

/** @see RFC 1661 2, RFC 1662 3.1; the highest byte of the protocol may be left out, and the address too */
export function behindPpp(reading: Reading, start: number): Layer {
  let at = reading.u16(start) === 0xff03 ? start + 2 : start;
  let protocol = reading.u8(at++);
  if ((protocol & 1) === 0) protocol = protocol * 256 + reading.u8(at++);
  if (protocol === 0x0021 || protocol === 0x0057) return { next: 'ip', at };
  if (protocol === 0x0281) return behindMpls(reading, at);
  return { next: 'other', name: `PPP ${hexOf(protocol)}` };
}

/** What IP carries, other than TCP. */
export function behindIp(reading: Reading, protocol: number, at: number): Layer {
  switch (protocol) {
    case 4:
    case 41:
      return { next: 'ip', at, tunnel: 'IP in IP' };
    case 47:
      return behindGre(reading, at);
    case 137:
      return behindMpls(reading, at);
    case 17:
      return behindUdp(reading, at);
    default:
      return { next: 'other', name: PROTOCOLS[protocol] ?? `IP protocol ${protocol}` };
  }
}

/** @see RFC 2784, RFC 2890; RFC 2637 for PPP */
function behindGre(reading: Reading, at: number): Layer {
  const flags = reading.u16(at);
  const type = reading.u16(at + 2);
  const field = (bit: number): number => ((flags & bit) !== 0 ? 4 : 0);
  const start = at + 4 + field(0x8000) + field(0x2000) + field(0x1000);
  const version = flags & 0b111;
  if (version === 1) {
    return { next: 'ethertype', type, at: start + field(0x0080), tunnel: 'GRE' };
  }
  if (version > 1 || (flags & 0x4000) !== 0) return { next: 'other', name: 'GRE' };
  if (type === 0x88be) {
    // ERSPAN: a copy of what a switch forwards, with a header of its own where it is numbered
    return { next: 'ethernet', at: start + (field(0x1000) === 0 ? 0 : 8), tunnel: 'ERSPAN' };
  }
  return { next: 'ethertype', type, at: start, tunnel: 'GRE' };
}

function behindUdp(reading: Reading, at: number): Layer {
  const ports = [reading.u16(at), reading.u16(at + 2)];
  const to = ports[1];
  // RFC 7348 5: the flag says that there is a network's number
  if ((to === 4_789 || to === 8_472) && (reading.u8(at + 8) & 0x08) !== 0) {
    return { next: 'ethernet', at: at + 16, tunnel: 'VXLAN' };
  }
  if (to === 6_081) {
    // RFC 8926 3.4: options in words of 4 bytes
    const options = (reading.u8(at + 8) & 0b11_1111) * 4;
    return {
      next: 'ethertype',
      type: reading.u16(at + 10),
      at: at + 16 + options,
      tunnel: 'Geneve',
    };
  }
  const tunnel = ports.map((port) => UDP_TUNNELS[port]).find((name) => name !== undefined);
  return { next: 'other', name: tunnel === undefined ? 'UDP' : `UDP (${tunnel})` };
}

function hexOf(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}
