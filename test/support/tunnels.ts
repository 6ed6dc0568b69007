/**
 * Packets in tunnels and in fragments, made of packets that are in none.
 * @module
 */

import { joinBytes } from '../../src/bytes.js';
import { hex } from './bytes.js';
import type { WrittenPacket } from './pcap.js';

const MACS = '020000000001 020000000002';
const ETHERNET = hex(`${MACS} 0800`);

/** What stands in front of a packet of raw IPv4, in each kind of tunnel. */
const TUNNELS = {
  GRE: [ip(47), '0000 0800'],
  'GRE with a key and a number': [ip(47), '3000 0800 00000001 00000002'],
  'GRE with a checksum': [ip(47), '8000 0800 00000000'],
  'GRE with Ethernet': [ip(47), '0000 6558', MACS, '0800'],
  'GRE of PPTP': [ip(47), '3081 880b 0000 0001 00000001 00000002', 'ff03 0021'],
  'IP in IP': [ip(4)],
  'IP in IPv6': [ipv6(4)],
  VXLAN: [ip(17), 'c000 12b5 0000 0000', '08000000 00000100', MACS, '0800'],
  Geneve: [ip(17), 'c000 17c1 0000 0000', '01000800 00000100 00000000'],
  PPPoE: ['8864', '1100 0001 0000 0021'],
  'PPPoE with a short protocol': ['8864', '1100 0001 0000 21'],
  MPLS: ['8847', '00010040 000201ff'],
  'MPLS with Ethernet': ['8847', '000101ff', '00000000', MACS, '0800'],
  ERSPAN: [ip(47), '1000 88be 00000001', '1000000000000000', MACS, '0800'],
  SNAP: ['0040', 'aaaa03 000000 0800'],
} as const;

/** Their names. */
export const TUNNEL_NAMES = Object.keys(TUNNELS) as (keyof typeof TUNNELS)[];

/** Puts a packet of raw IPv4 into a tunnel, within Ethernet. */
export function tunnelled({ bytes }: WrittenPacket, name: keyof typeof TUNNELS): WrittenPacket {
  const front = hex(TUNNELS[name].join(''));
  // an outer IP's own type stands in front of it, others bring theirs
  const isIp = front[0] === 0x45 || front[0] === 0x60;
  const type = hex(isIp ? (front[0] === 0x45 ? '0800' : '86dd') : '');
  return { linkType: 1, bytes: withLengths(joinBytes([hex(MACS), type, front, bytes])) };
}

/** Fills in the lengths of what stands in front, which others than the inspector hold to. */
function withLengths(packet: Uint8Array): Uint8Array {
  const view = new DataView(packet.buffer);
  const behind = (at: number): number => packet.length - at;
  const type = view.getUint16(12);
  if (type < 1_536) view.setUint16(12, behind(14));
  if (type === 0x8864) view.setUint16(18, behind(20));
  if (type === 0x86dd) view.setUint16(18, behind(54));
  if (type !== 0x0800) return packet;
  view.setUint16(16, behind(14));
  if (packet[23] === 17) view.setUint16(38, behind(34));
  return packet;
}

function ip(protocol: number): string {
  const number = protocol.toString(16).padStart(2, '0');
  return `45000000 00000000 40${number}0000 c0a80001 c0a80002`;
}

function ipv6(protocol: number): string {
  const number = protocol.toString(16).padStart(2, '0');
  return `60000000 0000${number}40 ${'00'.repeat(15)}01 ${'00'.repeat(15)}02`;
}

/** Cuts a packet of raw IPv4 into fragments, within Ethernet. @param size bytes of each, a multiple of 8 */
export function fragmentsOf({ bytes }: WrittenPacket, size: number, id = 1): WrittenPacket[] {
  const [header, carried] = [bytes.subarray(0, 20), bytes.subarray(20)];
  const count = Math.ceil(carried.length / size);
  return Array.from({ length: count }, (_, i) => {
    const piece = carried.subarray(i * size, (i + 1) * size);
    const own = new Uint8Array(header);
    const view = new DataView(own.buffer);
    view.setUint16(2, 20 + piece.length);
    view.setUint16(4, id);
    view.setUint16(6, ((i * size) / 8) | (i < count - 1 ? 0x2000 : 0));
    return { linkType: 1, bytes: joinBytes([ETHERNET, own, piece]) };
  });
}

/** The same of IPv6. */
export function fragmentsOf6({ bytes }: WrittenPacket, size: number): WrittenPacket[] {
  const [header, carried] = [bytes.subarray(0, 40), bytes.subarray(40)];
  const count = Math.ceil(carried.length / size);
  return Array.from({ length: count }, (_, i) => {
    const piece = carried.subarray(i * size, (i + 1) * size);
    const own = new Uint8Array(48);
    own.set(header);
    const view = new DataView(own.buffer);
    view.setUint16(4, 8 + piece.length);
    own[6] = 44;
    own[40] = header[6] as number;
    view.setUint16(42, (i * size) | (i < count - 1 ? 1 : 0));
    view.setUint32(44, 7);
    return { linkType: 101, bytes: joinBytes([own, piece]) };
  });
}
