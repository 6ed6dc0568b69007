import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import { findUpgrade } from '../../src/inspect/exchanges.js';
import { inspect } from '../../src/inspect/inspect.js';
import { hex, utf8 } from '../support/bytes.js';
import { packetOf, pcap, segment, type WrittenPacket } from '../support/pcap.js';

const CLIENT = '10.0.0.1:50000';
const SERVER = '10.0.0.2:8080';
const ASK =
  'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const FIELDS =
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const GRANT = `HTTP/1.1 101 Switching Protocols\r\n${FIELDS}`;
const PAGE = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const HELLO = '\x81\x85\x00\x00\x00\x00Hello';
const HI = '\x81\x02Hi';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** Who says what, in turn: `>` begins what the client sends, `<` what the server does. */
function packetsOf(...said: string[]): WrittenPacket[] {
  const next = { '>': 1, '<': 1 };
  return said.map((text) => {
    const who = text.startsWith('>') ? '>' : '<';
    const payload = latin1(text.slice(1));
    const [from, to] = who === '>' ? [CLIENT, SERVER] : [SERVER, CLIENT];
    const packet = packetOf(segment({ from, to, sequence: next[who], payload }));
    next[who] += payload.length;
    return packet;
  });
}

/** Bytes as they are read of a capture. */
function stored(bytes: Uint8Array) {
  const read = (at: number, length: number) => bytes.subarray(at, at + length);
  return { length: bytes.length, read };
}

/** What is read of it: the frames' texts of each direction. */
function textsOf(...said: string[]): unknown[] {
  const { streams } = captureStreams(pcap(packetsOf(...said)));
  return streams.map(({ bytes, options }) =>
    inspect(bytes, options).frames.map(({ payload }) => payload.text),
  );
}

describe('an upgrade that is not the first exchange on its connection', () => {
  const both = [['Hello'], ['Hi']];

  test.each([
    ['a page', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
    [
      'a page in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b\r\nyou\r\n0\r\nX: y\r\n\r\n',
    ],
    ['an answer without a body', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  ])('is found behind %s', (_, answer) => {
    expect(
      textsOf(`>${PAGE}`, `<${answer}`, `>${ASK}`, `<${GRANT}`, `>${HELLO}`, `<${HI}`),
    ).toEqual(both);
  });

  test('is found behind one that was turned away', () => {
    const denied = 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n';
    expect(textsOf(`>${ASK}`, `<${denied}`, `>${ASK}`, `<${GRANT}`, `>${HELLO}`, `<${HI}`)).toEqual(
      both,
    );
  });

  test('may have interim answers in front of its own', () => {
    const early = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n';
    expect(textsOf(`>${ASK}`, `<${early}${GRANT}`, `>${HELLO}`, `<${HI}`)).toEqual(both);
  });

  test('may be answered in HTTP/1.0, which is no right answer', () => {
    const old = `HTTP/1.0 101 Switching Protocols\r\n${FIELDS}`;
    expect(textsOf(`>${ASK}`, `<${old}`, `>${HELLO}`, `<${HI}`)).toEqual(both);
  });

  test('says what is in front of it', () => {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
    const { streams } = captureStreams(
      pcap(packetsOf(`>${PAGE}`, `<${answer}`, `>${ASK}`, `<${GRANT}`)),
    );
    expect(streams.map(({ note }) => note)).toEqual([
      `${PAGE.length} bytes left out in front of the handshake, 1 exchange of plain HTTP.`,
      `${answer.length} bytes left out in front of the handshake, 1 exchange of plain HTTP.`,
    ]);
    expect(streams[0]?.options.arrivals).toEqual([ASK.length]);
  });

  test('is none where nobody asks for it', () => {
    const upgrade = findUpgrade(stored(utf8(PAGE)), stored(utf8('HTTP/1.1 200 OK\r\n\r\n')));
    expect(upgrade).toBeNull();
  });

  test('is looked for in any bytes, and that ends', () => {
    const piece = fc.constantFrom(
      PAGE,
      ASK,
      GRANT,
      HI,
      'HTTP/1.1 200 OK\r\n',
      '\r\n',
      '0\r\n',
      'G',
    );
    const bytes = fc.array(piece).map((pieces) => latin1(pieces.join('')));
    fc.assert(
      fc.property(bytes, bytes, (client, server) => {
        const upgrade = findUpgrade(stored(client), stored(server));
        if (upgrade !== null) expect(upgrade.client).toBeLessThanOrEqual(client.length);
      }),
    );
  });
});

describe('every packet is explained or counted', () => {
  test('a direction that nothing can be read of is said', () => {
    const packets = packetsOf(`>${ASK}`, `<${GRANT}`, `>${HELLO}`, `<${HI}`);
    const start = packetOf(segment({ syn: true }));
    const { streams, notes } = captureStreams(pcap([start, ...packets.slice(1)]));
    expect(streams.map(({ name }) => name.replace(/.*, /, ''))).toEqual([
      'behind gap 1',
      'from the server',
    ]);
    expect(notes).toEqual([
      `Connection 0, ${CLIENT} to ${SERVER}, from the client: after 0 bytes the capture lacks ${ASK.length} bytes.`,
    ]);
    const { notes: alone } = captureStreams(pcap(packets.slice(0, 1)));
    expect(alone).toEqual([
      `Connection 0, ${CLIENT} to ${SERVER}, from the server: the capture has no byte of it.`,
    ]);
  });

  test('packets of other protocols and connections without a byte are counted', () => {
    const other = { linkType: 1, bytes: hex('020000000001 020000000002 0806 00010800') };
    const syn = packetOf(segment({ syn: true }));
    expect(captureStreams(pcap([other, other, syn])).notes).toEqual([
      '2 packets left out, of other protocols than TCP: ARP.',
      '1 connection left out, without a byte in the capture.',
    ]);
  });

  test('whichever packets are missing, each direction has a stream or is named in a note', () => {
    const packets = packetsOf(`>${ASK}`, `<${GRANT}`, `>${HELLO}`, `<${HI}`, `>${HELLO}`, `<${HI}`);
    const starts = [
      packetOf(segment({ syn: true })),
      packetOf(segment({ from: SERVER, to: CLIENT, syn: true })),
    ];
    const all = [...starts, ...packets];
    const kept = fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length });
    fc.assert(
      fc.property(kept, (keeps) => {
        const has = all.filter((_, i) => keeps[i]);
        const { streams, notes } = captureStreams(pcap(has));
        if (has.length === 0) return;
        const said = [...streams.map(({ name }) => name), ...notes].join('\n');
        const isNamed = (who: string): boolean => said.includes(`from the ${who}`);
        const isLeftOut =
          /left out, (?:not of WebSocket|without a byte|begun before|of plain HTTP)/.test(said);
        expect(isLeftOut || (isNamed('client') && isNamed('server'))).toBe(true);
      }),
    );
  });
});
