/**
 * What a real browser and `ws` say to each other, as an independent decoder shows it: `ws`'s own
 * receiver for every frame, and Chromium's developer tools for every message.
 */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as ws from 'ws';
import { WebSocketServer } from 'ws';
import { joinBytes, toHex } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { FrameInspection, Inspection } from '../../src/inspect/inspection.js';
import { NodeNet } from '../../src/net/node.js';
import type { Told } from '../../src/tap/connection.js';
import { Tap } from '../../src/tap/loop.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { runLoop } from '../../src/trace/loop.js';
import { isControl, Opcode, type Role } from '../../src/websocket/frame.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';

const HOST = '127.0.0.1';

/** What the browser sends: several scripts, and the borders of the three length forms. */
const TEXTS = ['Hello', '小明：你好，世界', 'Здравствуй, мир', 'नमस्ते', 'مرحبا', '👩‍👩‍👧 😀', ''];
const LENGTHS = [0, 1, 125, 126, 127, 65_535, 65_536];

/** One frame, as a decoder of another house has it. */
interface Decoded {
  fin: boolean;
  opcode: number;
  compressed: boolean;
  masked: boolean;
  maskingKey: string | null;
  payloadLength: number;
  payload: string;
}

/** What `ws` exports and its types leave out; the names of its fields are those of its source. */
interface Extension {
  accept(offers: object[]): void;
}
interface Receiver {
  _fin: boolean;
  _opcode: number;
  _fragmented: number;
  _compressed: boolean;
  _masked: boolean;
  _mask: Uint8Array | undefined;
  _payloadLength: number;
  _bufferedBytes: number;
  getInfo(done: unknown): void;
  getData(done: unknown): void;
  consume(length: number): Uint8Array;
  on(event: string, listener: (...args: never[]) => void): this;
  end(bytes: Uint8Array): void;
}
const { Receiver, PerMessageDeflate, extension } = ws as unknown as {
  Receiver: new (options: object) => Receiver;
  PerMessageDeflate: { new (options: object): Extension; extensionName: string };
  extension: { parse(header: string): Record<string, object[]> };
};

/** The receiver of `ws`, which is watched at its work. */
class Watched extends Receiver {
  readonly frames: Decoded[] = [];
  #continues = false;
  #payload: Uint8Array | null = null;

  override getInfo(done: unknown): void {
    const before = this._fragmented;
    super.getInfo(done);
    this.#continues = before !== 0 && !isControl(this._opcode);
  }

  override getData(done: unknown): void {
    if (this._bufferedBytes < this._payloadLength) {
      super.getData(done);
      return;
    }
    const control = isControl(this._opcode);
    const frame = {
      fin: this._fin,
      opcode: this.#continues ? 0 : this._opcode,
      compressed: this._compressed && !control && !this.#continues,
      masked: this._masked,
      maskingKey: this._masked ? toHex(this._mask ?? new Uint8Array(0)) : null,
      payloadLength: this._payloadLength,
    };
    this.#payload = new Uint8Array(0);
    super.getData(done);
    this.frames.push({ ...frame, payload: toHex(this.#payload) });
    this.#payload = null;
  }

  override consume(length: number): Uint8Array {
    const bytes = super.consume(length);
    if (this.#payload !== null) this.#payload = bytes; // `ws` unmasks it in place
    return bytes;
  }
}

/** A message, whole and inflated. */
interface Message {
  isBinary: boolean;
  hex: string;
}

/** Decodes the frames of one direction with `ws`. */
async function decodedByWs(
  bytes: Uint8Array,
  from: Role,
  extensions: string,
): Promise<{ frames: Decoded[]; messages: Message[]; close: [number, string] }> {
  const isServer = from === 'client';
  const deflate = new PerMessageDeflate({ isServer });
  const { extensionName } = PerMessageDeflate;
  const offers = extensions === '' ? undefined : extension.parse(extensions)[extensionName];
  if (offers !== undefined) deflate.accept(offers);
  const receiver = new Watched({
    isServer,
    extensions: offers === undefined ? {} : { [extensionName]: deflate },
  });
  const messages: Message[] = [];
  receiver.on('message', (data: Uint8Array, isBinary: boolean) => {
    messages.push({ isBinary, hex: toHex(data) });
  });
  const close = await new Promise<[number, string]>((resolve, reject) => {
    receiver.on('conclude', (code: number, reason: Uint8Array) =>
      resolve([code, new TextDecoder().decode(reason)]),
    );
    receiver.on('error', reject);
    receiver.end(Buffer.from(bytes));
  });
  return { frames: receiver.frames, messages, close };
}

/** One frame as we show it, in the words of the other. */
function shown({ header, payload }: FrameInspection): Decoded {
  const { fin, opcode, rsv1, masked, maskingKey, payloadLength } = header;
  const numbers = { fin, opcode, compressed: rsv1, masked: masked === true, maskingKey };
  return { ...numbers, payloadLength: Number(payloadLength ?? -1), payload: payload.hex };
}

/** The messages that the frames make, inflated where they came compressed. */
function messagesIn(frames: readonly FrameInspection[]): Message[] {
  const messages: Message[] = [];
  let pieces = '';
  let isBinary = false;
  for (const { header, payload } of frames) {
    if (isControl(header.opcode)) continue;
    if (header.opcode !== Opcode.continuation) isBinary = header.opcode === Opcode.binary;
    pieces += payload.hex;
    if (!header.fin) continue;
    messages.push({ isBinary, hex: payload.inflated ?? pieces });
    pieces = '';
  }
  return messages;
}

/** What Chromium's developer tools show of the messages of a page, either way. */
async function watchMessages(session: CDPSession): Promise<Record<Role, Message[]>> {
  const messages: Record<Role, Message[]> = { client: [], server: [] };
  const keep = (from: Role) => (event: { response: { opcode: number; payloadData: string } }) => {
    const { opcode, payloadData } = event.response;
    if (opcode !== 1 && opcode !== 2) return;
    const bytes = Buffer.from(payloadData, opcode === 2 ? 'base64' : 'utf8');
    messages[from].push({ isBinary: opcode === 2, hex: toHex(bytes) });
  };
  session.on('Network.webSocketFrameSent', keep('client'));
  session.on('Network.webSocketFrameReceived', keep('server'));
  await session.send('Network.enable');
  return messages;
}

/** Runs in the page: says everything, waits for each echo, and closes. */
async function talk({ url, texts, lengths }: { url: string; texts: string[]; lengths: number[] }) {
  const { WebSocket: Socket } = globalThis as unknown as { WebSocket: typeof WebSocket };
  const socket = new Socket(url);
  socket.binaryType = 'arraybuffer';
  const heard = () =>
    new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  await heard(); // the server's greeting, in two fragments
  for (const text of texts) {
    const echo = heard();
    socket.send(text);
    await echo;
  }
  for (const length of lengths) {
    const echo = heard();
    socket.send(Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff));
    await echo;
  }
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
  socket.close(4001, '再见');
  await closed;
}

interface Recorded {
  bytes: Record<Role, Uint8Array>;
  told: Told[];
  messages: Record<Role, Message[]>;
}

/** A conversation of Chromium with a server of `ws`, through the tap. */
async function record(browser: Browser, perMessageDeflate: boolean | object): Promise<Recorded> {
  const server = new WebSocketServer({ port: 0, host: HOST, perMessageDeflate });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.send('wel', { fin: false });
    socket.ping('are you there?');
    socket.send('come', { fin: true });
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  const net = new NodeNet();
  const told: Told[] = [];
  const events: TraceEvent[] = [];
  const { port } = server.address() as AddressInfo;
  const tap = new Tap(net, { host: HOST, port }, (one) => {
    told.push(one);
    if (one.kind === 'end') tap.stop();
  });
  const opened = await tap.listen({ host: HOST, port: 0 });
  const bind = opened.find(({ step }) => step === 'bind') as { port: number };
  const ended = runLoop(net, tap, (event) => void events.push(event), opened);
  const page = await browser.newPage();
  try {
    const messages = await watchMessages(await page.context().newCDPSession(page));
    await page.evaluate(talk, { url: `ws://${HOST}:${bind.port}`, texts: TEXTS, lengths: LENGTHS });
    await ended;
    const client = events.flatMap((event) => (event.step === 'recv' ? [event.bytes] : []));
    const back = events.flatMap((event) => (event.step === 'broadcast' ? [event.bytes] : []));
    return { bytes: { client: joinBytes(client), server: joinBytes(back) }, told, messages };
  } finally {
    tap.stop();
    net.closeAll();
    await page.close();
    server.close();
  }
}

/** The value of a field in the head that a stream begins with. */
function fieldOf(bytes: Uint8Array, { handshakes }: Inspection, name: string): string {
  const { length = 0 } = handshakes[0] ?? {};
  const head = new TextDecoder().decode(bytes.subarray(0, length));
  return new RegExp(`^${name}: (.*)\r$`, 'im').exec(head)?.[1] ?? '';
}

const missing = findChromium() === null;

describe.skipIf(missing)(`Chromium and ws${missing ? `: ${NO_CHROMIUM}` : ''}`, () => {
  let browser: Browser | null = null;

  beforeAll(async () => {
    browser = await openChromium();
  });

  afterAll(async () => {
    await browser?.close();
  });

  test.each([
    ['without compression', false],
    ['with permessage-deflate', { threshold: 0 }],
  ])('%s: every frame is shown as ws and Chromium have it', async (_, perMessageDeflate) => {
    if (browser === null) throw new Error(NO_CHROMIUM);
    const { bytes, told, messages } = await record(browser, perMessageDeflate);
    const asked = inspect(bytes.client);
    const answered = inspect(bytes.server, { key: asked.handshakes[0]?.key ?? '' });
    expect(answered.handshakes[0]).toMatchObject({ acceptOk: true, problems: [] });
    const said = [...TEXTS, ...LENGTHS].length;
    for (const [from, inspection] of [
      ['client', asked],
      ['server', answered],
    ] as const) {
      expect(inspection.rest).toBeNull();
      expect(inspection.handshakes[0]?.problems).toEqual([]);
      expect(inspection.frames.flatMap(({ problems }) => problems)).toEqual([]);
      const own = bytes[from].subarray(inspection.handshakes[0]?.length);
      const agreed = fieldOf(bytes.server, answered, 'Sec-WebSocket-Extensions');
      const offered = fieldOf(bytes.client, asked, 'Sec-WebSocket-Extensions');
      expect(offered).toContain('permessage-deflate');
      expect(agreed !== '').toBe(perMessageDeflate !== false);
      const extensions = agreed === '' ? '' : from === 'client' ? offered : agreed;
      const theirs = await decodedByWs(own, from, extensions);
      expect(inspection.frames.map(shown)).toEqual(theirs.frames);
      expect(theirs.close).toEqual([4001, '再见']);
      expect(inspection.frames.at(-1)?.payload.close).toMatchObject({ code: 4001, reason: '再见' });
      expect(messagesIn(inspection.frames)).toEqual(theirs.messages);
      // a second opinion, of messages: what the browser itself sent and heard
      expect(theirs.messages).toEqual(messages[from]);
      expect(messages[from]).toHaveLength(from === 'client' ? said : said + 1);
      // and what the tap told while it passed, of frames that it keeps whole
      const passed = told.flatMap((one) =>
        one.kind === 'passing' && one.passing.kind === 'frame' && one.passing.from === from
          ? [one.passing]
          : [],
      );
      expect(passed.map(({ payload }) => toHex(payload))).toEqual(
        theirs.frames.map(({ payload }) => payload),
      );
    }
    const texts = asked.frames.flatMap(({ payload }) => payload.text ?? []);
    expect(texts).toEqual(TEXTS);
  });
});
