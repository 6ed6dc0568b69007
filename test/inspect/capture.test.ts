import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import {
  type Capture,
  CaptureError,
  CaptureReader,
  isCapture,
  readCapture,
} from '../../src/inspect/capture.js';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import { dateOf } from '../../src/inspect/capture-time.js';
import { PacketReader } from '../../src/inspect/packet.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import {
  LINK_NAMES,
  packetOf,
  pcap,
  pcapng,
  segment,
  type WrittenPacket,
} from '../support/pcap.js';

const packets: WrittenPacket[] = [3, 60, 1, 1448].map((length, i) => ({
  linkType: 101,
  bytes: someBytes(length),
  length: length + (i === 1 ? 5 : 0),
}));

const inFile = packets.map((packet, i) => ({ ...packet, number: i + 1 }));

/** Without the times and places, which differ from form to form. */
function withoutTimes({ packets, notes }: Capture) {
  return { packets: packets.map(({ time, offset, ...packet }) => packet), notes };
}

describe('a capture file', () => {
  test.each([
    ['pcap, little-endian', pcap(packets)],
    ['pcap, big-endian', pcap(packets, { little: false })],
    ['pcap of nanoseconds', pcap(packets, { nanoseconds: true })],
    ['pcap of nanoseconds, big-endian', pcap(packets, { nanoseconds: true, little: false })],
    ['pcapng, little-endian', pcapng(packets)],
    ['pcapng, big-endian', pcapng(packets, { little: false })],
    ['pcapng with old packet blocks', pcapng(packets, { block: 'old' })],
  ])('%s is read to the last packet', (_, file) => {
    expect(isCapture(file)).toBe(true);
    const read = readCapture(file);
    expect(withoutTimes(read)).toEqual({ packets: inFile, notes: [] });
    for (const { offset, bytes } of read.packets) {
      expect(file.subarray(offset, offset + bytes.length)).toEqual(bytes);
    }
  });

  test.each([
    ['pcap', pcap(packets)],
    ['pcapng, big-endian', pcapng(packets, { little: false })],
    ['pcapng that is cut', pcapng(packets).subarray(0, -1)],
    ['pcap that is cut in its header', pcap(packets).subarray(0, 20)],
  ])('%s that comes byte by byte gives what it gives whole', (_, file) => {
    const inPieces = () => {
      const reader = new CaptureReader();
      const read = [...file].flatMap((byte) => [...reader.push(Uint8Array.of(byte))]);
      return { packets: read, notes: reader.end() };
    };
    const outcome = (read: () => Capture) => {
      try {
        return read();
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(outcome(inPieces)).toEqual(outcome(() => readCapture(file)));
  });

  test.each([
    ['pcap', pcap(packets), '2023-11-14T22:13:22.000002Z'],
    ['pcap of nanoseconds', pcap(packets, { nanoseconds: true }), '2023-11-14T22:13:22.000000002Z'],
    ['pcapng without a word', pcapng(packets, { time: 3n }), '1970-01-01T00:00:00.000003Z'],
    [
      'pcapng that counts milliseconds, from an hour on',
      pcapng(packets, { time: 3n, options: '09000100 03000000 0e000800 100e0000 00000000' }),
      '1970-01-01T01:00:00.003Z',
    ],
    [
      'pcapng that counts quarters of a second',
      pcapng(packets, { time: 3n, options: '09000100 82000000 00000000' }),
      '1970-01-01T00:00:00.75Z',
    ],
  ])('%s says when its packets came, as finely as it knows', (_, file, third) => {
    const { time } = readCapture(file).packets[2] ?? {};
    expect(time === undefined ? null : dateOf(time)).toBe(third);
  });

  test('a record that is longer than any packet ends the reading, and is not waited for', () => {
    const reader = new CaptureReader();
    const file = pcap(packets.slice(0, 1));
    const view = new DataView(file.buffer);
    view.setUint32(24 + 8, 0xffff_fff0, true);
    expect([...reader.push(file), ...reader.push(new Uint8Array(100))]).toEqual([]);
    expect(reader.end()).toEqual(['the file ends in the middle of packet 1']);
  });

  test('a simple packet block says only how long its packet was', () => {
    const whole = packets.map(({ linkType, bytes }) => ({ linkType, bytes }));
    const read = readCapture(pcapng(whole, { block: 'simple' }));
    expect(read.packets.map(({ bytes }) => bytes)).toEqual(whole.map(({ bytes }) => bytes));
  });

  test('sections of both byte orders stand behind each other, each with its own interfaces', () => {
    const [one, two] = [packets.slice(0, 2), packets.slice(2).map((p) => ({ ...p, linkType: 1 }))];
    const file = joinBytes([pcapng(one), pcapng(two, { little: false })]);
    const { packets: read, notes } = readCapture(file);
    expect(notes).toEqual([]);
    expect(read.map(({ number, linkType }) => [number, linkType])).toEqual([
      [1, 101],
      [2, 101],
      [3, 1],
      [4, 1],
    ]);
  });

  test('that was cut gives what is whole, and says where it was cut', () => {
    const file = pcap(packets);
    const cut = withoutTimes(readCapture(file.subarray(0, file.length - 1)));
    expect(cut.packets).toEqual(inFile.slice(0, 3));
    expect(cut.notes).toEqual(['the file ends in the middle of packet 4']);
    const ng = pcapng(packets.slice(0, 2));
    const inPacket = withoutTimes(readCapture(ng.subarray(0, ng.length - 20)));
    expect(inPacket.packets).toEqual(inFile.slice(0, 1));
    expect(inPacket.notes).toEqual(['the file ends in the middle of packet 2']);
    const between = readCapture(ng.subarray(0, ng.length - 1));
    expect(between.notes).toEqual(['the file ends in the middle of a block, behind packet 2']);
  });

  test.each([
    [utf8('hello'), 'not a pcap or pcapng file'],
    [new Uint8Array(0), 'not a pcap or pcapng file'],
    [hex('d4c3b2a1 0200 0400'), 'the pcap file ends in its header, after 8 bytes of 24'],
    [hex(`d4c3b2a1 0700 ${'00'.repeat(18)}`), 'pcap of version 7; this reads version 2'],
    [
      hex('0a0d0d0a 1c000000 4d3c2b1a 0300 0000 ffffffffffffffff 1c000000'),
      'pcapng of version 3; this reads version 1',
    ],
  ])('that is none, or of a version that is not known, is refused: %#', (file, message) => {
    expect(() => readCapture(file)).toThrow(new CaptureError(message));
  });

  test('a packet of an interface that is not described is left out', () => {
    const section = hex('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000');
    const packet = hex(`06000000 20000000 07000000 ${'00'.repeat(16)} 20000000`);
    expect(readCapture(joinBytes([section, packet]))).toEqual({
      packets: [],
      notes: ['packet 1 is of interface 7, which the file does not describe'],
    });
  });

  test('of very many that are left out the first are named, and the others counted', () => {
    const section = hex('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000');
    const packet = hex(`06000000 20000000 07000000 ${'00'.repeat(16)} 20000000`);
    const { notes } = readCapture(joinBytes([section, ...Array(5_000).fill(packet)]));
    expect(notes).toHaveLength(11);
    expect(notes.at(-1)).toBe('4990 packets more left out for such reasons');
  });

  test('a block whose length cannot be ends the reading', () => {
    const file = joinBytes([pcapng(packets), hex('06000000 05000000 00000000')]);
    const { packets: read, notes } = readCapture(file);
    expect(read).toHaveLength(4);
    expect(notes).toEqual([
      `the block at byte ${file.length - 12} says that it has 5 bytes, which no block can have; it and what follows it are left out`,
    ]);
  });

  test('a packet that is longer than its block is left out', () => {
    const file = pcapng(packets.slice(0, 1));
    const bytes = file.slice();
    expect(bytes[84]).toBe(3); // what was captured
    bytes[84] = 0xff;
    const { packets: read, notes } = readCapture(bytes);
    expect([read.length, notes.length]).toEqual([0, 1]);
    expect(notes[0]).toContain('more bytes than its block');
  });
});

describe('a packet', () => {
  const v4 = segment({
    sequence: 0xffff_fff0,
    acknowledgment: 7,
    payload: utf8('hello'),
    fin: true,
  });
  const v6 = { ...v4, from: '[fe80::1]:50000', to: '[2001:db8:0:1::]:8080' };

  test.each(LINK_NAMES)('of link %s gives its segment', (link) => {
    const all = [v4, v6].map((one) => [packetOf(one, link), one] as const);
    for (const [{ linkType, bytes }, one] of all) {
      const packet = { linkType, bytes, length: bytes.length };
      expect(new PacketReader().segmentIn(packet)).toEqual(one);
    }
  });

  const read = ({ linkType, bytes, length = bytes.length }: WrittenPacket) =>
    new PacketReader().segmentIn({ linkType, bytes, length });

  test('has its padding taken off', () => {
    expect(read(packetOf(v4, 'ethernet', { padding: 9 }))).toEqual(v4);
    expect(read(packetOf(v6, 'ethernet', { padding: 9 }))).toEqual(v6);
  });

  test('may have options and extension headers', () => {
    expect(read(packetOf(v4, 'raw', { options: '94040000 00000000' }))).toEqual(v4);
    const zeros = (n: number) => '00'.repeat(n);
    const extensions = [
      `0000 ${zeros(6)}`, // destination options, behind them hop-by-hop
      `2b01 ${zeros(14)}`, // of 16 bytes, behind them routing
      `2c00 ${zeros(6)}`, // behind it a fragment
      '3300 0000 00000001', // that is the whole, behind it authentication
      `0604 ${zeros(22)}`, // of 24 bytes, behind it TCP
    ].join('');
    expect(read(packetOf(v6, 'raw', { extensions }))).toEqual(v6);
  });

  test('of a card that cuts for the system has no length of its own', () => {
    const packet = packetOf(v4, 'raw');
    packet.bytes.set([0, 0], 2);
    expect(read(packet)).toEqual(v4);
  });

  test('that was cut short has what is there, and how much is missing', () => {
    const { bytes, linkType } = packetOf(v4);
    const cut = { linkType, bytes: bytes.subarray(0, -2), length: bytes.length };
    expect(read(cut)).toEqual({ ...v4, payload: utf8('hel'), missing: 2 });
    const inOptions = read({ ...cut, bytes: bytes.subarray(0, 56) });
    expect(inOptions).toEqual({ ...v4, payload: hex(''), missing: 5 });
  });

  test('that is a fragment, cut in its headers or no TCP is named as such', () => {
    const fragment = packetOf(v4, 'raw');
    fragment.bytes[6] = 0x20;
    expect(read(fragment)).toEqual({ why: 'fragment' });
    expect(
      read(packetOf(v6, 'raw', { extensions: '2c00 0000 0000 0000 0600 0001 00000001' })),
    ).toEqual({ why: 'fragment' });
    const udp = packetOf(v4, 'raw');
    udp.bytes[9] = 17;
    expect(read(udp)).toEqual({ why: 'other', name: 'UDP' });
    const arp = packetOf(v4);
    arp.bytes.set([0x08, 0x06], 12);
    expect(read(arp)).toEqual({ why: 'other', name: 'ARP' });
    expect(read({ ...packetOf(v4), linkType: 147 })).toEqual({ why: 'link', name: '147' });
    expect(read({ ...packetOf(v4), linkType: 105 })).toMatchObject({ name: '105 (802.11)' });
    const { bytes } = packetOf(v4, 'raw');
    for (let length = 0; length < 34; length++) {
      const cut = { linkType: 101, bytes: bytes.subarray(0, length), length: 45 };
      expect(read(cut)).toEqual({ why: 'cut' });
    }
  });
});

describe('any file at all', () => {
  const whole = [
    segment({ syn: true }),
    segment({ sequence: 1, payload: utf8('GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n') }),
    segment({ sequence: 39, payload: hex('8182 00000000 4869') }),
  ];
  const files = fc
    .constantFrom(...LINK_NAMES)
    .map((link) => whole.map((one) => packetOf(one, link)))
    .chain((list) =>
      fc.constantFrom(
        pcap(list),
        pcap(list, { little: false }),
        pcapng(list),
        pcapng(list, { block: 'simple' }),
      ),
    );
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 });

  test('is read, or refused in one line', () => {
    fc.assert(
      fc.property(files, changes, fc.nat(), (file, changes, cut) => {
        const bytes = file.slice(0, cut % 3 === 0 ? cut % file.length : file.length);
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        try {
          for (const { bytes: stream, options } of captureStreams(bytes).streams) {
            expect(stream.length).toBeLessThan(bytes.length);
            const arrived = (options.arrivals ?? []).reduce((sum, length) => sum + length, 0);
            expect(arrived).toBe(stream.length);
          }
        } catch (error) {
          if (!(error instanceof CaptureError)) throw error;
          expect(error.message).not.toContain('\n');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('that is cut anywhere gives a beginning of what the whole file gives', () => {
    fc.assert(
      fc.property(files, fc.nat(), (file, cut) => {
        const all = captureStreams(file).streams[0]?.bytes ?? new Uint8Array(0);
        expect(all).toHaveLength(46);
        const bytes = file.subarray(0, 24 + (cut % (file.length - 24)));
        let some: Uint8Array | undefined;
        try {
          some = captureStreams(bytes).streams[0]?.bytes;
        } catch (error) {
          expect(error).toBeInstanceOf(CaptureError);
        }
        if (some !== undefined) expect(some).toEqual(all.subarray(0, some.length));
      }),
    );
  });
});
