/**
 * Capture files made of TCP segments: what a test puts in is what a capture of it would hold.
 * @module
 */

import { joinBytes } from '../../src/bytes.js';
import type { Segment } from '../../src/inspect/packet.js';
import { hex } from './bytes.js';

/** How a packet begins: the kinds of link that the reader knows. */
export type Link = keyof typeof LINKS;

/** In front of the IP packet, of version 4 or 6. */
const LINKS = {
  ethernet: { type: 1, header: (v6: boolean) => ether(v6) },
  vlan: { type: 1, header: (v6: boolean) => hex(`${MACS} 88a8 0001 8100 0002 ${protocol(v6)}`) },
  cooked: {
    type: 113,
    header: (v6: boolean) => hex(`0000 0304 0006 ${'00'.repeat(8)} ${protocol(v6)}`),
  },
  cooked2: {
    type: 276,
    header: (v6: boolean) => hex(`${protocol(v6)} 0000 00000001 0304 00 06 ${'00'.repeat(8)}`),
  },
  null: { type: 0, header: (v6: boolean) => hex(v6 ? '1e000000' : '02000000') },
  loop: { type: 108, header: (v6: boolean) => hex(v6 ? '0000001e' : '00000002') },
  raw: { type: 101, header: () => new Uint8Array(0) },
  raw12: { type: 12, header: () => new Uint8Array(0) },
  raw14: { type: 14, header: () => new Uint8Array(0) },
  ipv4: { type: 228, header: () => new Uint8Array(0) },
  ipv6: { type: 229, header: () => new Uint8Array(0) },
};

const MACS = '020000000001 020000000002';

/** The names of all links. */
export const LINK_NAMES = Object.keys(LINKS) as Link[];

function protocol(v6: boolean): string {
  return v6 ? '86dd' : '0800';
}

function ether(v6: boolean): Uint8Array {
  return hex(`${MACS} ${protocol(v6)}`);
}

/** A packet to be written. */
export interface WrittenPacket {
  readonly linkType: number;
  readonly bytes: Uint8Array;
  /** Its length on the wire; its own by default. */
  readonly length?: number;
}

/** What of a segment is not as usual. */
export type SegmentFields = Partial<Segment>;

/** A segment from the client to the server, or with `from` and `to` another. */
export function segment(fields: SegmentFields = {}): Segment {
  return {
    from: '10.0.0.1:50000',
    to: '10.0.0.2:8080',
    sequence: 0,
    acknowledgment: null,
    syn: false,
    fin: false,
    rst: false,
    payload: new Uint8Array(0),
    missing: 0,
    ...fields,
  };
}

/** Writes a segment as a packet, with the options in its headers and the padding that are asked for. */
export function packetOf(
  segment: Segment,
  link: Link = 'ethernet',
  { options = '', extensions = '', padding = 0 } = {},
): WrittenPacket {
  const v6 = segment.from.startsWith('[');
  const tcp = joinBytes([tcpHeader(segment), segment.payload]);
  const ip = v6 ? ipv6(segment, tcp, hex(extensions)) : ipv4(segment, tcp, hex(options));
  const { type, header } = LINKS[link];
  const bytes = joinBytes([header(v6), ip, new Uint8Array(padding)]);
  return { linkType: type, bytes, length: bytes.length + segment.missing };
}

function tcpHeader({ from, to, sequence, acknowledgment, syn, fin, rst }: Segment): Uint8Array {
  const header = new Uint8Array(24); // with 4 bytes of options
  const view = new DataView(header.buffer);
  view.setUint16(0, portOf(from));
  view.setUint16(2, portOf(to));
  view.setUint32(4, sequence);
  view.setUint32(8, acknowledgment ?? 0);
  view.setUint8(12, 0b0110_0000);
  const ack = acknowledgment === null ? 0 : 0b1_0000;
  view.setUint8(13, ack | (rst ? 0b100 : 0) | (syn ? 0b10 : 0) | (fin ? 0b1 : 0));
  return header;
}

function ipv4(segment: Segment, tcp: Uint8Array, options: Uint8Array): Uint8Array {
  const header = new Uint8Array(20 + options.length);
  const view = new DataView(header.buffer);
  view.setUint8(0, 0x40 | (header.length / 4));
  view.setUint16(2, header.length + tcp.length + segment.missing);
  view.setUint16(6, 0x4000); // do not fragment
  view.setUint8(8, 64);
  view.setUint8(9, 6);
  for (const [at, end] of [
    [12, segment.from],
    [16, segment.to],
  ] as const) {
    header.set(end.replace(/:.*/, '').split('.').map(Number), at);
  }
  header.set(options, 20);
  return joinBytes([header, tcp]);
}

/** @param extensions headers whose first is of destination options; the last one names TCP */
function ipv6(segment: Segment, tcp: Uint8Array, extensions: Uint8Array): Uint8Array {
  const header = new Uint8Array(40);
  const view = new DataView(header.buffer);
  view.setUint8(0, 0x60);
  view.setUint16(4, extensions.length + tcp.length + segment.missing);
  view.setUint8(6, extensions.length > 0 ? 60 : 6);
  view.setUint8(7, 64);
  for (const [at, end] of [
    [8, segment.from],
    [24, segment.to],
  ] as const) {
    const [front = '', back = ''] = end.replace(/^\[|\].*$/g, '').split('::');
    const groups = (text: string) => (text === '' ? [] : text.split(':'));
    const zeros = 8 - groups(front).length - groups(back).length;
    const all = [...groups(front), ...Array<string>(zeros).fill('0'), ...groups(back)];
    for (const [i, group] of all.entries()) view.setUint16(at + 2 * i, Number.parseInt(group, 16));
  }
  return joinBytes([header, extensions, tcp]);
}

function portOf(end: string): number {
  return Number(end.slice(end.lastIndexOf(':') + 1));
}

/** How a file is written. */
export interface FileForm {
  readonly little?: boolean;
  /** Of classic pcap, whether its times are of nanoseconds. */
  readonly nanoseconds?: boolean;
}

/** Writes classic pcap; all packets are of the first one's link. */
export function pcap(packets: readonly WrittenPacket[], form: FileForm = {}): Uint8Array {
  const { little = true, nanoseconds = false } = form;
  const u32 = (...values: number[]) => numbers(values, little);
  const u16 = (...values: number[]) => numbers16(values, little);
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  const header = [u32(magic), u16(2, 4), u32(0, 0, 262_144, packets[0]?.linkType ?? 1)];
  const records = packets.flatMap(({ bytes, length }, i) => [
    u32(1_700_000_000 + i, i, bytes.length, length ?? bytes.length),
    bytes,
  ]);
  return joinBytes([...header, ...records]);
}

/** How pcapng is written. */
export interface SectionForm extends FileForm {
  readonly block?: 'enhanced' | 'simple' | 'old';
  /** Options of every interface, in hex. */
  readonly options?: string;
  /** The time of every packet, in the interface's units. */
  readonly time?: bigint;
}

/** Writes pcapng: an interface for each kind of link, and blocks of other kinds between the packets. */
export function pcapng(
  packets: readonly WrittenPacket[],
  { little = true, block = 'enhanced', options = '', time = 0n }: SectionForm = {},
): Uint8Array {
  const u32 = (...values: number[]) => numbers(values, little);
  const u16 = (...values: number[]) => numbers16(values, little);
  const blockOf = (type: number, ...parts: Uint8Array[]) => {
    const body = joinBytes(parts);
    const padded = joinBytes([body, new Uint8Array((4 - (body.length % 4)) % 4)]);
    const length = u32(padded.length + 12);
    return joinBytes([u32(type), length, padded, length]);
  };
  const types = [...new Set(packets.map(({ linkType }) => linkType))];
  const interfaces = types.map((type) => blockOf(1, u16(type, 0), u32(0), hex(options)));
  const times = u32(Number(time >> 32n), Number(time & 0xffff_ffffn));
  const blocks = packets.map(({ bytes, length, linkType }) => {
    const id = types.indexOf(linkType);
    const lengths = u32(bytes.length, length ?? bytes.length);
    if (block === 'simple') return blockOf(3, u32(length ?? bytes.length), bytes);
    if (block === 'old') return blockOf(2, u16(id, 0), times, lengths, bytes);
    return blockOf(6, u32(id), times, lengths, bytes, u32(0)); // ends with options
  });
  const section = blockOf(0x0a0d0d0a, u32(0x1a2b3c4d), u16(1, 0), u32(0xffffffff, 0xffffffff));
  const unknown = blockOf(0x0bad, hex('010203'));
  return joinBytes([section, unknown, ...interfaces, ...blocks.flatMap((one) => [one, unknown])]);
}

function numbers(values: readonly number[], little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [i, value] of values.entries()) view.setUint32(i * 4, value, little);
  return new Uint8Array(view.buffer);
}

function numbers16(values: readonly number[], little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  for (const [i, value] of values.entries()) view.setUint16(i * 2, value, little);
  return new Uint8Array(view.buffer);
}
