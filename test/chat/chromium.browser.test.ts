/**
 * A real browser as the client of our server, with permessage-deflate and without.
 */

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Application } from '../../src/chat/members.js';
import { Server } from '../../src/chat/server.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { describeStep } from '../../src/trace/text.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { type Running, run, runRoom } from '../support/room.js';

/** Sends back what came, and closes with the code that a text asks for. */
const echo: Application = {
  opened: () => [],
  received(members, client, message) {
    const [, code] = (message.isText && /^close (\d+)$/.exec(message.text)) || [];
    if (code !== undefined) members.close(client, Number(code), '再见');
    else members.sendMessage(client, message);
    return [];
  },
  left: () => [],
};

const TEXTS = ['', 'Hello', '小明：你好，世界', '👩‍👩‍👧 😀', '\u0000\ufeff', '你好 '.repeat(5_000)];
/** The borders of the three forms of the length, and a message of several recvs. */
const LENGTHS = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000];

interface Talk {
  extensions: string;
  texts: string[];
  /** Length and sum of each binary message. */
  binary: [number, number][];
  close: [code: number, reason: string, wasClean: boolean];
}

/** Runs in the page: says everything, hears each back, and ends it. */
async function talk(order: {
  url: string;
  texts: string[];
  lengths: number[];
  end: string | number;
}): Promise<Talk> {
  const { WebSocket: Socket } = globalThis as unknown as { WebSocket: typeof WebSocket };
  const socket = new Socket(order.url);
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<Talk['close']>((resolve) => {
    socket.onclose = ({ code, reason, wasClean }) => resolve([code, reason, wasClean]);
  });
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const heard = (message: string | Uint8Array<ArrayBuffer>): Promise<unknown> =>
    new Promise((resolve) => {
      socket.onmessage = ({ data }) => resolve(data);
      socket.send(message);
    });
  const texts: string[] = [];
  for (const text of order.texts) texts.push((await heard(text)) as string);
  const binary: [number, number][] = [];
  for (const length of order.lengths) {
    const back = await heard(Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff));
    const bytes = new Uint8Array(back as ArrayBuffer);
    binary.push([bytes.length, bytes.reduce((sum, byte, i) => (sum * 31 + byte + i) | 0, 0)]);
  }
  if (typeof order.end === 'string') socket.send(order.end);
  else socket.close(order.end, '再见');
  return { extensions: socket.extensions, texts, binary, close: await closed };
}

const missing = findChromium() === null;

describe.skipIf(missing)(`Chromium as client${missing ? `: ${NO_CHROMIUM}` : ''}`, () => {
  let browser: Browser | null = null;
  let page: Page | null = null;
  let running: Running | null = null;

  beforeAll(async () => {
    browser = await openChromium();
  });

  afterEach(async () => {
    await page?.close();
    await running?.stop();
    running = null;
  });

  afterAll(() => browser?.close());

  async function talkWith(server: Running, end: string | number): Promise<Talk> {
    page = (await browser?.newPage()) ?? null;
    const { url } = server;
    const order = { url, texts: TEXTS, lengths: LENGTHS, end };
    return page?.evaluate(talk, order) as Promise<Talk>;
  }

  const expected = LENGTHS.map((length) => [
    length,
    Array.from({ length }, (_, i) => (i * 7) & 0xff).reduce(
      (sum, byte, i) => (sum * 31 + byte + i) | 0,
      0,
    ),
  ]);

  test.each([
    ['with permessage-deflate', nodeCompression, 'permessage-deflate'],
    ['without', null, ''],
  ])('%s it hears what it said, and its Close is answered', async (_, deflate, extensions) => {
    // a page of about:blank has no origin
    const options = { deflate, allowedOrigins: ['null'] };
    running = await run((net) => new Server(net, echo, options));
    const said = await talkWith(running, 4001);
    expect(said.extensions).toBe(extensions);
    expect(said.texts).toEqual(TEXTS);
    expect(said.binary).toEqual(expected);
    expect(said.close).toEqual([4001, '', true]); // 5.5.1: the code is echoed, not the reason
    const parsed = running.events.flatMap((event) => (event.step === 'parse' ? [event] : []));
    expect(parsed.some(({ bytes }) => ((bytes[0] ?? 0) & 0b0100_0000) !== 0)).toBe(
      deflate !== null,
    );
  });

  test.each([1000, 1008, 3000, 4999])('it is told the code %i and the reason', async (code) => {
    running = await run((net) => new Server(net, echo, { allowedOrigins: ['null'] }));
    expect((await talkWith(running, `close ${code}`)).close).toEqual([code, '再见', true]);
  });

  test.each([
    ['that is spoken, it opens with it', ['b'], 'b'],
    ['that is not spoken, it ends with 1006, and the trace says so', [], 1006],
  ])('asked for a subprotocol %s', async (_, protocols, expected) => {
    running = await runRoom({ allowedOrigins: ['null'], protocols });
    page = (await browser?.newPage()) ?? null;
    const said = await page?.evaluate(
      (url) =>
        new Promise((resolve) => {
          const { WebSocket: Socket } = globalThis as unknown as { WebSocket: typeof WebSocket };
          const socket = new Socket(url, ['a', 'b']);
          socket.onopen = () => resolve(socket.protocol);
          socket.onclose = ({ code }) => resolve(code);
        }),
      running.url,
    );
    expect(said).toBe(expected);
    const handshake = await running.until((event) => event.step === 'handshake');
    expect(describeStep(handshake)).toContain(
      expected === 1006
        ? 'asked for (a, b) is spoken here: a page ends with 1006'
        : 'subprotocol b',
    );
  });

  test('it answers the pings of a server that has not heard from it', async () => {
    running = await runRoom({ allowedOrigins: ['null'], pingIntervalMs: 20 });
    page = (await browser?.newPage()) ?? null;
    await page?.evaluate(`new WebSocket(${JSON.stringify(running.url)})`);
    const pong = await running.until((event) => event.step === 'parse' && event.opcode === 0xa);
    expect(pong).toMatchObject({ masked: true, fin: true });
  });
});
