import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import { PacketReader } from '../../src/inspect/packet.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { packetOf, pcap, segment, type WrittenPacket } from '../support/pcap.js';
import { fragmentsOf, fragmentsOf6, TUNNEL_NAMES, tunnelled } from '../support/tunnels.js';

const HELLO = segment({ sequence: 1, acknowledgment: 7, payload: utf8('Hello, and more of it') });

function read(packets: readonly WrittenPacket[], reader = new PacketReader()) {
  return packets.map(({ linkType, bytes, length = bytes.length }) =>
    reader.segmentIn({ linkType, bytes, length }),
  );
}

describe('packets in tunnels', () => {
  test.each(TUNNEL_NAMES)('of %s give their segment', (name) => {
    expect(read([tunnelled(packetOf(HELLO, 'raw'), name)])).toEqual([HELLO]);
  });

  test('within tunnels too, and how many is said', () => {
    const inner = packetOf(HELLO, 'raw');
    const { bytes } = tunnelled(inner, 'IP in IP');
    const twice = tunnelled({ linkType: 101, bytes: bytes.subarray(14) }, 'GRE');
    const reader = new PacketReader();
    expect(read([twice, twice, tunnelled(inner, 'PPPoE')], reader)).toEqual([HELLO, HELLO, HELLO]);
    expect([...reader.tunnels]).toEqual([
      ['GRE', 2],
      ['IP in IP', 2],
      ['PPPoE', 1],
    ]);
    const { notes } = captureStreams(pcap([twice]));
    expect(notes.slice(0, 2)).toEqual([
      '1 packet was taken out of a tunnel of GRE.',
      '1 packet was taken out of a tunnel of IP in IP.',
    ]);
  });

  test('that are not read are named', () => {
    const udp = (port: string) => ({
      linkType: 101,
      bytes: joinBytes([hex('45000000 00000000 40110000 c0a80001 c0a80002'), hex(`c000${port}`)]),
    });
    expect(read([udp('0868'), udp('01bb'), udp('0035')])).toEqual([
      { why: 'other', name: 'UDP (GTP-U)' },
      { why: 'other', name: 'UDP (QUIC)' },
      { why: 'other', name: 'UDP' },
    ]);
    const esp = packetOf(HELLO, 'raw');
    esp.bytes[9] = 50;
    expect(read([esp, tunnelled(esp, 'GRE')])).toEqual([
      { why: 'other', name: 'IPsec ESP' },
      { why: 'other', name: 'GRE > IPsec ESP' },
    ]);
  });
});

describe('RFC 791 3.2 fragments', () => {
  const long = segment({ sequence: 1, acknowledgment: 7, payload: someBytes(100) });

  test('are joined, in any order and with any of them doubled', () => {
    const all = fragmentsOf(packetOf(long, 'raw'), 16);
    const some = fc
      .array(fc.constantFrom(...all), { maxLength: 4 })
      .chain((twice) => fc.shuffledSubarray([...all, ...twice], { minLength: all.length }));
    fc.assert(
      fc.property(some, (packets) => {
        const reader = new PacketReader();
        const segments = read(packets, reader).filter((one) => !('why' in one));
        const isWhole = all.every((one) => packets.includes(one));
        if (isWhole) expect(segments[0]).toEqual(long);
        // what was doubled behind its packet begins another one
        else expect(segments).toEqual([]);
        if (!isWhole) expect(reader.fragments.left).toBe(packets.length);
      }),
    );
  });

  test('are joined in IPv6 too', () => {
    const v6 = { ...long, from: '[fe80::1]:50000', to: '[2001:db8::]:8080' };
    const segments = read(fragmentsOf6(packetOf(v6, 'raw'), 24));
    expect(segments.at(-1)).toEqual(v6);
    expect(segments.slice(0, -1).every((one) => 'why' in one && one.why === 'fragment')).toBe(true);
  });

  test('that are missing leave the others counted', () => {
    const all = fragmentsOf(packetOf(long, 'raw'), 16);
    expect(captureStreams(pcap(all.slice(1))).notes).toEqual([
      `${all.length - 1} packets left out, fragments of IP whose others are missing.`,
    ]);
  });

  test('that overlap say so', () => {
    const all = fragmentsOf(packetOf(long, 'raw'), 32);
    const odd = fragmentsOf(packetOf({ ...long, payload: new Uint8Array(100) }, 'raw'), 24);
    const reader = new PacketReader();
    const [first, second] = odd as [WrittenPacket, WrittenPacket];
    const segments = read([...all.slice(0, 2), first, second, ...all.slice(2)], reader);
    expect(segments.at(-1)).toMatchObject({ sequence: 1 });
    expect(reader.fragments.overlapping).toBe(1);
  });

  test('without end are given up, and counted', () => {
    const [first] = fragmentsOf(packetOf(long, 'raw'), 16) as [WrittenPacket];
    const many = Array.from({ length: 2_000 }, (_, i) => {
      const bytes = new Uint8Array(first.bytes);
      bytes.set([i >>> 8, i & 0xff], 18);
      return { linkType: 1, bytes };
    });
    const reader = new PacketReader();
    read(many, reader);
    expect(reader.fragments.left).toBe(2_000);
  });
});

describe('why there is no WebSocket', () => {
  const SERVER = { from: '10.0.0.2:443', to: '10.0.0.1:50000' };
  const CLIENT = { from: '10.0.0.1:50000', to: '10.0.0.2:443' };
  const name = utf8('chat.example');
  const hello = (() => {
    const entry = joinBytes([hex('00000c'), name]);
    const sni = joinBytes([hex('0000 0011 000f'), entry]);
    const body = joinBytes([
      hex(`0303 ${'11'.repeat(32)} 00 0002 1301 01 00`),
      hex(`00${(sni.length + 4).toString(16)} 002b 0000`),
      sni,
    ]);
    const message = joinBytes([hex(`01 0000${body.length.toString(16)}`), body]);
    return joinBytes([hex(`16 0301 00${message.length.toString(16)}`), message]);
  })();
  const said = (payload: Uint8Array, ends: object = CLIENT, start = true) => {
    const syn = packetOf(segment({ ...CLIENT, syn: true }));
    const data = packetOf(segment({ ...ends, sequence: 1, payload }));
    return captureStreams(pcap(start ? [syn, data] : [data])).notes;
  };

  test.each([
    ['TLS, with the name that was asked for', hello, 'of TLS, which is encrypted'],
    ['TLS, cut in its hello', hello.subarray(0, 60), 'of TLS, which is encrypted'],
    ['TLS in the middle', hex('17 0303 0010 01020304'), 'of TLS, which is encrypted'],
    ['HTTP/2', utf8('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'of HTTP/2, within which'],
    ['plain HTTP', utf8('GET / HTTP/1.1\r\nHost: a\r\n\r\n'), 'of plain HTTP'],
    ['something else', utf8('SSH-2.0-OpenSSH_9\r\n'), 'not of WebSocket'],
  ])('is said: %s', (_, bytes, why) => {
    const [note] = said(bytes);
    expect(note).toContain(`1 connection left out, ${why}`);
    expect(note).toContain('10.0.0.1:50000 to 10.0.0.2:443');
  });

  test('is said with the name of the server', () => {
    expect(said(hello)).toEqual([
      '1 connection left out, of TLS, which is encrypted: 10.0.0.1:50000 to 10.0.0.2:443 (chat.example).',
    ]);
  });

  test('is said of what began before the capture', () => {
    expect(said(utf8('SSH-2.0-OpenSSH_9\r\n'), SERVER, false)[0]).toContain(
      'left out, begun before the capture and not seen to be of WebSocket',
    );
  });

  test('never in other letters than those that can be shown', () => {
    const evil = hello.slice();
    evil[evil.length - 1] = 0x1b;
    expect(said(evil)[0]).not.toContain('\x1b');
    expect(toHex(evil)).toContain('1b');
  });
});
