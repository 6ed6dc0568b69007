/**
 * The inspector beside tshark, field by field: a capture of a chat with Chromium, compressed, and captures
 * of our own on every link, in tunnels, in fragments and out of order.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import type { Application } from '../../src/chat/members.js';
import { Server } from '../../src/chat/server.js';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Segment } from '../../src/inspect/packet.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { encodeClose } from '../../src/websocket/closing.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { compressed } from '../fuzz/inputs.js';
import { someBytes, utf8 } from '../support/bytes.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { LINK_NAMES, packetOf, pcapng, segment, type WrittenPacket } from '../support/pcap.js';
import { run } from '../support/room.js';
import {
  Dumpcap,
  type FramesBySender,
  isTsharkMissing,
  NO_TSHARK,
  tsharkFrames,
} from '../support/tshark.js';
import { fragmentsOf, TUNNEL_NAMES, tunnelled } from '../support/tunnels.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tshark-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The frames that the inspector finds in a capture. */
function ourFrames(file: Uint8Array): FramesBySender {
  const frames: FramesBySender = {};
  for (const { name, bytes, options } of captureStreams(file).streams) {
    const [, client = '', server = '', who] = / (\S+) to (\S+), from the (\w+)/.exec(name) ?? [];
    const inspection = inspect(bytes, options);
    expect(inspection.frames.flatMap(({ problems }) => problems)).toEqual([]);
    frames[who === 'client' ? client : server] = inspection.frames.map(({ header, payload }) => ({
      fin: header.fin,
      rsv: [header.rsv1, header.rsv2, header.rsv3].reduce((sum, bit) => sum * 2 + Number(bit), 0),
      opcode: header.opcode,
      masked: header.masked === true,
      maskingKey: header.maskingKey,
      payloadLength: Number(header.payloadLength),
      payload: payload.inflated ?? payload.hex,
    }));
  }
  return frames;
}

/** Sends back what came. */
const echo: Application = {
  opened: () => [],
  received(members, client, message) {
    members.sendMessage(client, message);
    return [];
  },
  left: () => [],
};

const TEXTS = [
  'Hello',
  'la '.repeat(2_000),
  '小明：你好，世界。小明：你好，世界。',
  '{"type":"user"}',
];

/** Runs in the page: says everything, hears each back, and ends it. */
async function talk({ url, texts }: { url: string; texts: readonly string[] }): Promise<string> {
  const { WebSocket: Socket } = globalThis as unknown as { WebSocket: typeof WebSocket };
  const socket = new Socket(url);
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  for (const said of [...texts, new Uint8Array(300).fill(7)]) {
    const heard = new Promise((resolve) => {
      socket.onmessage = resolve;
    });
    socket.send(said);
    await heard;
  }
  const closed = new Promise((resolve) => {
    socket.onclose = resolve;
  });
  socket.close(1000, 'bye');
  await closed;
  return socket.extensions;
}

/** The Close frames that a capture has by now. */
function closesIn(file: string): number {
  const frames = Object.values(ourFrames(readFileSync(file))).flat();
  return frames.filter(({ opcode }) => opcode === Opcode.close).length;
}

const missing = [isTsharkMissing ? NO_TSHARK : '', findChromium() === null ? NO_CHROMIUM : '']
  .filter((why) => why !== '')
  .join('; ');

describe.skipIf(missing !== '')(`a chat with Chromium${missing && `: ${missing}`}`, () => {
  test('that dumpcap captures is read as tshark reads it, compressed as it is', async (context) => {
    const options = { deflate: nodeCompression, allowedOrigins: ['null'] };
    const running = await run((net) => new Server(net, echo, options));
    const file = join(folder, 'chat.pcapng');
    const dumpcap = await Dumpcap.start(running.port, file);
    const browser = await openChromium();
    try {
      if (dumpcap === null) context.skip('dumpcap may not capture here');
      const page = await browser?.newPage();
      const extensions = await page?.evaluate(talk, { url: running.url, texts: TEXTS });
      expect(extensions).toBe('permessage-deflate');
      await expect.poll(() => closesIn(file)).toBe(2); // what was captured is written a little later
    } finally {
      await browser?.close();
      await running.stop();
      await dumpcap?.stop();
    }
    const ours = ourFrames(readFileSync(file));
    expect(ours).toEqual(await tsharkFrames(file));
    const sides = Object.values(ours);
    expect(sides.map(({ length }) => length)).toEqual([TEXTS.length + 2, TEXTS.length + 2]);
    for (const frames of sides) {
      expect(frames.some(({ rsv }) => rsv === 0b100)).toBe(true);
      expect(frames.slice(0, TEXTS.length).map(({ payload }) => payload)).toEqual(
        TEXTS.map((text) => Buffer.from(text).toString('hex')),
      );
    }
  });
});

const EXTENSION = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
const ASK = `GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${EXTENSION}\r\n`;
const GRANT = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n${EXTENSION}\r\n`;

/** Frames of every kind and each form of the length, as one side sends them. */
function framesOf(isClient: boolean): Uint8Array {
  const maskingKey = isClient ? 0x12f4_56a8 : null;
  return joinBytes([
    encodeFrame(Opcode.text, utf8('Hello, 世界'), { maskingKey }),
    encodeFrame(Opcode.binary, someBytes(126), { maskingKey }),
    encodeFrame(Opcode.ping, utf8('ping'), { maskingKey }),
    encodeFrame(Opcode.pong, utf8('ping'), { maskingKey }),
    encodeFrame(Opcode.text, compressed(utf8('la '.repeat(60))), { maskingKey, rsv1: true }),
    encodeFrame(Opcode.binary, someBytes(65_536), { maskingKey }),
    encodeFrame(Opcode.close, encodeClose(1001, 'going'), { maskingKey }),
  ]);
}

/** What both ends of a conversation send; the client's port says which one it is. */
function conversation(port: number, v6 = false): Segment[] {
  const [from, to] = v6
    ? [`[fe80::1]:${port}`, '[2001:db8::2]:8080']
    : [`10.0.0.1:${port}`, '10.0.0.2:8080'];
  const [there, back] = [
    { from, to },
    { from: to, to: from },
  ];
  const next = { client: 1, server: 1 };
  const said = (who: 'client' | 'server', bytes: Uint8Array): Segment[] =>
    Array.from({ length: Math.ceil(bytes.length / 1_400) }, (_, i) => {
      const payload = bytes.subarray(i * 1_400, (i + 1) * 1_400);
      const [sequence, acknowledgment] =
        who === 'client' ? [next.client, next.server] : [next.server, next.client];
      next[who] += payload.length;
      const ends = who === 'client' ? there : back;
      return segment({ ...ends, sequence, acknowledgment, payload });
    });
  return [
    segment({ ...there, syn: true }),
    segment({ ...back, syn: true, acknowledgment: 1 }),
    segment({ ...there, sequence: 1, acknowledgment: 1 }),
    ...said('client', utf8(ASK)),
    ...said('server', utf8(GRANT)),
    ...said('client', framesOf(true)),
    ...said('server', framesOf(false)),
  ];
}

/** Where nothing says what is within, tshark wants to be told. */
const GUESSED: ReadonlySet<string> = new Set(['MPLS with Ethernet']);

/** Each second pair of segments changes its places, but not those of the handshakes. */
function shuffled(segments: readonly Segment[]): Segment[] {
  const mixed = [...segments];
  for (let i = 8; i + 1 < mixed.length - 8; i += 4) {
    const [one, other] = mixed.slice(i, i + 2) as [Segment, Segment];
    if (one.from === other.from) mixed.splice(i, 2, other, one);
  }
  return mixed;
}

describe.skipIf(isTsharkMissing)(`a capture${isTsharkMissing ? `: ${NO_TSHARK}` : ''}`, () => {
  const kinds: [string, (port: number) => WrittenPacket[]][] = [
    ...LINK_NAMES.map((link): (typeof kinds)[number] => [
      `on the link ${link}`,
      (port) => conversation(port, link === 'ipv6').map((one) => packetOf(one, link)),
    ]),
    ['of IPv6', (port) => conversation(port, true).map((one) => packetOf(one))],
    ...TUNNEL_NAMES.filter((name) => !GUESSED.has(name)).map((name): (typeof kinds)[number] => [
      `in a tunnel of ${name}`,
      (port) => conversation(port).map((one) => tunnelled(packetOf(one, 'raw'), name)),
    ]),
    [
      'in fragments',
      (port) =>
        conversation(port).flatMap((one, i) => fragmentsOf(packetOf(one, 'raw'), 512, i + 1)),
    ],
    ['out of order', (port) => shuffled(conversation(port)).map((one) => packetOf(one))],
    [
      'with each segment twice',
      (port) => conversation(port).flatMap((one) => [packetOf(one), packetOf(one)]),
    ],
  ];

  test.each(kinds)('%s is read as tshark reads it', async (_, make) => {
    const bytes = pcapng(make(50_001));
    const file = join(folder, 'capture.pcapng');
    writeFileSync(file, bytes);
    const ours = ourFrames(bytes);
    expect(Object.values(ours).map(({ length }) => length)).toEqual([7, 7]);
    expect(ours).toEqual(await tsharkFrames(file));
  });
});
