import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy, joinBytes, toHex } from '../../src/bytes.js';
import { type ClientOptions, WebSocketClient } from '../../src/chat/websocket-client.js';
import { type Fd, FdSet } from '../../src/net/net.js';
import { Random, type SimHost, SimNet } from '../../src/net/sim.js';
import { runLoop } from '../../src/trace/loop.js';
import { type Close, encodeClose } from '../../src/websocket/closing.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import { encodeFrame, type Frame, Opcode } from '../../src/websocket/frame.js';
import { acceptKey } from '../../src/websocket/handshake.js';
import { hex, utf8 } from '../support/bytes.js';
import { ascii, MASKING_KEY } from '../support/room.js';
import { SimPeer } from '../support/sim-room.js';

const none = new FdSet();

/** A client, and a server that this test plays by hand. */
class Stage {
  readonly sim = new SimNet();
  readonly server: SimHost = this.sim.host('server');
  readonly host: SimHost = this.sim.host('client');
  readonly heard: string[] = [];
  readonly closes: Close[] = [];
  readonly errors: string[] = [];
  #listener: Fd = -1;

  async open(options: ClientOptions = {}): Promise<{ client: WebSocketClient; peer: SimPeer }> {
    if (this.#listener < 0) this.#listener = await this.server.listen({ host: '', port: 80 });
    const random = new Random(1);
    const client = await WebSocketClient.connect(this.host, 'ws://server/chat', {
      random: (bytes) => random.fill(bytes),
      onmessage: ({ text }) => void this.heard.push(text),
      onclose: (close) => void this.closes.push(close),
      onerror: (reason) => void this.errors.push(reason),
      ...options,
    });
    void runLoop(this.host, client);
    await this.server.select(new FdSet([this.#listener]), none, none);
    const peer = new SimPeer(this.server, this.server.accept(this.#listener));
    await this.sim.settle();
    return { client, peer };
  }

  /** Answers the request as a server should. */
  async shakeHands(peer: SimPeer): Promise<void> {
    peer.send(answerTo(ascii(peer.receive())));
    await this.sim.settle();
  }
}

function keyOf(request: string): string {
  return /^Sec-WebSocket-Key: (.+)\r$/m.exec(request)?.[1] ?? '';
}

function answerTo(request: string): string {
  const accept = acceptKey(keyOf(request));
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
}

function framesOf(bytes: Uint8Array): Frame[] {
  return new FrameDecoder('client').feed(bytes);
}

/** Sends pings, each with its number and long, to a client whose pongs nobody reads. */
async function floodOfPings({ sim }: Stage, peer: SimPeer, count: number): Promise<void> {
  for (let at = 0; at < count; at += 100) {
    const payloads = Array.from({ length: Math.min(100, count - at) }, (_, i) => {
      const payload = new Uint8Array(125);
      new DataView(payload.buffer).setUint32(0, at + i);
      return payload;
    });
    peer.send(joinBytes(payloads.map((payload) => encodeFrame(Opcode.ping, payload))));
    await sim.settle();
  }
}

/** The frames of all that waits, until nothing more comes. */
async function readAll({ sim }: Stage, peer: SimPeer): Promise<Frame[]> {
  const decoder = new FrameDecoder('client');
  const frames: Frame[] = [];
  for (let came = peer.receive(); came.length > 0; came = peer.receive()) {
    frames.push(...decoder.feed(came));
    await sim.settle();
  }
  return frames;
}

function numberIn(frame: Frame | undefined): number {
  const { buffer, byteOffset } = frame?.payload ?? new Uint8Array(4);
  return new DataView(buffer, byteOffset).getUint32(0);
}

describe('RFC 6455 4.1 the opening handshake', () => {
  test.each([
    ['http://127.0.0.1', 'only ws: is spoken here'],
    ['wss://127.0.0.1', 'only ws: is spoken here'],
    ['no url', 'is no URL'],
    ['ws://127.0.0.1/#room', 'has a fragment'],
    ['ws://127.0.0.1/#', 'has a fragment'],
    ['ws://ada:secret@127.0.0.1', 'ws://...@127.0.0.1 has a user'],
    ['ws://ada@127.0.0.1', 'has a user'],
    ['ws://ada:secret@', 'ws://...@ is no URL'],
  ])('%s is refused before anything is sent', async (url, says) => {
    const sim = new SimNet();
    const refused = expect(WebSocketClient.connect(sim.host('client'), url)).rejects;
    await refused.toThrow(says);
    await refused.not.toThrow('secret');
  });

  test.each<[string, ClientOptions, string]>([
    ['a field of the handshake', { headers: { Upgrade: 'x' } }, "the handshake's own"],
    ['a subprotocol with a space', { protocols: ['a b'] }, 'is no subprotocol'],
    ['an origin that is none', { origin: 'a b' }, 'is no origin'],
    ['a limit that is none', { maxFragments: Number.NaN }, 'maxFragments is NaN'],
    ['a limit below 0', { maxOutbox: -1 }, 'maxOutbox is -1'],
  ])('%s is refused before anyone is connected to', async (_, options, says) => {
    const sim = new SimNet(); // nobody listens there: an attempt would end with ECONNREFUSED
    const connecting = WebSocketClient.connect(sim.host('client'), 'ws://127.0.0.1', options);
    await expect(connecting).rejects.toThrow(says);
  });

  test('asks for what it is told to', async () => {
    const stage = new Stage();
    const { peer } = await stage.open({
      protocols: ['a', 'b'],
      origin: 'http://localhost:8000',
      headers: { Cookie: 'id=1' },
    });
    const fields = 'Origin: http://localhost:8000\r\nSec-WebSocket-Protocol: a, b\r\n';
    expect(ascii(peer.receive())).toContain(`${fields}Cookie: id=1\r\n\r\n`);
  });

  test('the subprotocol is the one that the server chose', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open({ protocols: ['a', 'b'] });
    expect(client.protocol).toBe('');
    const answer = answerTo(ascii(peer.receive()));
    peer.send(answer.replace('\r\n\r\n', '\r\nSec-WebSocket-Protocol: b\r\n\r\n'));
    await stage.sim.settle();
    expect(client.protocol).toBe('b');
    expect(stage.closes).toEqual([]);
  });

  test('RFC 9110 15.2 an interim answer is passed over, and a frame behind the 101 is heard', async () => {
    const stage = new Stage();
    const { peer } = await stage.open();
    const answer = answerTo(ascii(peer.receive()));
    const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n';
    const head = utf8(interim + answer);
    const frame = encodeFrame(Opcode.text, utf8('first'));
    peer.send(joinBytes([head, frame]));
    await stage.sim.settle();
    expect(stage.heard).toEqual(['first']);
  });

  test('a head that is longer than it may be ends the connection', async () => {
    const stage = new Stage();
    const { peer } = await stage.open({ maxHandshakeLength: 60 });
    await stage.shakeHands(peer);
    expect(stage.closes).toMatchObject([
      { code: 1006, reason: 'the head is longer than 60 bytes' },
    ]);
  });

  test('each connection has a key of its own, from the source of randomness', async () => {
    const stage = new Stage();
    const random = new Random(7);
    const options = { random: (bytes: Uint8Array) => random.fill(bytes) };
    const keys = [];
    for (let i = 0; i < 3; i++) {
      const { peer } = await stage.open(options);
      keys.push(keyOf(ascii(peer.receive())));
    }
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(atob(key)).toHaveLength(16);
  });

  test('RFC 6455 5.3 each frame has a masking key of its own, from the source of randomness', async () => {
    const keys = [];
    for (const seed of [7, 8]) {
      const stage = new Stage();
      const random = new Random(seed);
      const { client, peer } = await stage.open({ random: (bytes) => random.fill(bytes) });
      await stage.shakeHands(peer);
      for (let i = 0; i < 3; i++) {
        client.send('!');
        await stage.sim.settle();
        keys.push(toHex(peer.receive().subarray(2, 6))); // behind two bytes of header, with 1 to follow
      }
    }
    expect(new Set(keys).size).toBe(6);
  });

  test('once it is done, its time is over no more', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open({ timeoutMs: 500 });
    await stage.shakeHands(peer);
    await stage.sim.run(stage.sim.now() + 5_000);
    expect(stage.closes).toEqual([]);
    expect(client.send('still here')).toBe(true);
  });

  test('sends nothing behind its request before the answer is there', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open({ onopen: () => void client.send('at last') });
    expect(client.send('too early')).toBe(false);
    await stage.sim.settle();
    const request = ascii(peer.receive());
    expect(request.endsWith('\r\n\r\n')).toBe(true);
    const answer = answerTo(request);
    peer.send(answer.slice(0, -1));
    await stage.sim.settle();
    expect(peer.receive()).toHaveLength(0);
    peer.send(answer.slice(-1));
    await stage.sim.settle();
    const [frame, ...more] = framesOf(peer.receive());
    expect(frame && fromUtf8Lossy(frame.payload)).toBe('at last');
    expect(more).toEqual([]);
  });

  test.each([
    ['status 200', (answer: string) => answer.replace('101 Switching', '200 OK'), 'answered: HTTP'],
    ['another accept value', (answer: string) => answer.replace('Accept: ', 'Accept: x'), 'Accept'],
    ['no HTTP', () => '\u0015\u0003', 'begins no HTTP'],
  ])(
    'an answer that is wrong ends in 1006, and nothing more is sent: %s',
    async (_, change, says) => {
      const stage = new Stage();
      const { peer } = await stage.open();
      peer.send(change(answerTo(ascii(peer.receive()))));
      await stage.sim.settle();
      expect(stage.closes).toMatchObject([{ code: 1006, reason: expect.stringContaining(says) }]);
      expect(peer.receive()).toHaveLength(0);
      expect(peer.end).not.toBeNull();
      expect(stage.host.openFds).toEqual([]);
    },
  );
});

describe('an open connection', () => {
  test.each([
    [
      '5.1: a masked frame',
      encodeFrame(Opcode.text, new Uint8Array(1), { maskingKey: MASKING_KEY }),
      1002,
    ],
    ['5.2: a reserved bit', new Uint8Array([0xc1, 0]), 1002],
    ['8.1: text that is no UTF-8', encodeFrame(Opcode.text, new Uint8Array([0xff])), 1007],
    ['10.4: a message over the limit', new Uint8Array([0x82, 126, 4, 0]), 1009],
  ])('%s fails the connection with a masked Close', async (_, bytes, code) => {
    const stage = new Stage();
    const { peer } = await stage.open({ maxMessageLength: 1_000 });
    await stage.shakeHands(peer);
    peer.send(bytes);
    await stage.sim.settle();
    const [frame] = framesOf(peer.receive());
    expect(frame).toMatchObject({ opcode: Opcode.close, masked: true });
    expect(toHex(frame?.payload.subarray(0, 2) ?? new Uint8Array(0))).toBe(
      code.toString(16).padStart(4, '0'),
    );
    expect(stage.closes).toMatchObject([{ code: 1006 }]);
    expect(stage.host.openFds).toEqual([]);
  });

  test('RFC 6455 5.5.2 pings are answered in their order, between the messages', async () => {
    const stage = new Stage();
    const { peer } = await stage.open();
    await stage.shakeHands(peer);
    const text = (words: string): Uint8Array => utf8(words);
    peer.send(
      joinBytes([
        encodeFrame(Opcode.ping, text('1')),
        encodeFrame(Opcode.text, text('a'), { fin: false }),
        encodeFrame(Opcode.ping, text('2')),
        encodeFrame(Opcode.continuation, text('b')),
        encodeFrame(Opcode.ping, text('3')),
      ]),
    );
    await stage.sim.settle();
    const pongs = framesOf(peer.receive());
    expect(pongs.map(({ opcode }) => opcode)).toEqual([Opcode.pong, Opcode.pong, Opcode.pong]);
    expect(pongs.map(({ payload }) => ascii(payload)).join('')).toBe('123');
    expect(stage.heard).toEqual(['ab']);
  });

  test('RFC 6455 5.6 a string goes out as text, and bytes as binary', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open();
    expect(client.send(hex('00 ff'))).toBe(false);
    await stage.shakeHands(peer);
    expect([client.send('é'), client.send(hex('00 ff'))]).toEqual([true, true]);
    await stage.sim.settle();
    expect(framesOf(peer.receive())).toMatchObject([
      { opcode: Opcode.text, payload: hex('c3a9') },
      { opcode: Opcode.binary, payload: hex('00ff') },
    ]);
  });

  test('RFC 6455 5.5.2 a ping goes out, and its pong is heard', async () => {
    const stage = new Stage();
    const pongs: string[] = [];
    const { client, peer } = await stage.open({ onpong: (bytes) => void pongs.push(ascii(bytes)) });
    expect(client.ping()).toBe(false);
    await stage.shakeHands(peer);
    expect(client.ping(utf8('there?'))).toBe(true);
    expect(() => client.ping(new Uint8Array(126))).toThrow(RangeError);
    await stage.sim.settle();
    const [ping] = framesOf(peer.receive());
    expect(ping).toMatchObject({ opcode: Opcode.ping, masked: true });
    peer.send(encodeFrame(Opcode.pong, ping?.payload ?? new Uint8Array(0)));
    await stage.sim.settle();
    expect(pongs).toEqual(['there?']);
    client.close();
    expect(client.ping()).toBe(false);
  });

  test('RFC 6455 10.4 a message of more frames than it may have ends with 1008', async () => {
    const stage = new Stage();
    const { peer } = await stage.open({ maxFragments: 3 });
    await stage.shakeHands(peer);
    const more = encodeFrame(Opcode.continuation, new Uint8Array(0), { fin: false });
    const first = encodeFrame(Opcode.text, new Uint8Array(0), { fin: false });
    peer.send(joinBytes([first, more, more, more]));
    await stage.sim.settle();
    const [frame] = framesOf(peer.receive());
    expect(toHex(frame?.payload.subarray(0, 2) ?? new Uint8Array(0))).toBe('03f0');
    expect(stage.closes).toMatchObject([{ code: 1006 }]);
  });

  test('what would wait beyond maxOutbox is not taken, and goes when there is room', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open({ maxOutbox: 1_000 });
    await stage.shakeHands(peer);
    expect(client.send('x'.repeat(990))).toBe(true);
    expect(client.bufferedAmount).toBeGreaterThan(990);
    expect(client.send('x'.repeat(990))).toBe(false);
    expect(client.ping(new Uint8Array(100))).toBe(false);
    await stage.sim.settle();
    expect(client.bufferedAmount).toBe(0);
    expect(client.send('x'.repeat(990))).toBe(true);
    await stage.sim.settle();
    expect(framesOf(peer.receive())).toHaveLength(2);
    expect(stage.closes).toEqual([]);
  });

  test('RFC 6455 5.5.3 of pings that come while a pong waits, the latest is answered', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open();
    await stage.shakeHands(peer);
    await floodOfPings(stage, peer, 20_000);
    const most = client.bufferedAmount;
    expect(most, 'one waits already').toBeGreaterThan(0);
    await floodOfPings(stage, peer, 20_000);
    expect(client.bufferedAmount).toBe(most);
    const pongs = await readAll(stage, peer);
    expect(pongs.length).toBeLessThan(20_000);
    expect(pongs.every(({ opcode }) => opcode === Opcode.pong)).toBe(true);
    expect(numberIn(pongs.at(-1))).toBe(19_999);
    expect(client.bufferedAmount).toBe(0);
    expect(stage.closes).toEqual([]);
  });

  test('RFC 6455 5.5.1 the latest pong goes out before our Close, and nothing behind it', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open();
    await stage.shakeHands(peer);
    await floodOfPings(stage, peer, 20_000);
    client.close(1000);
    await floodOfPings(stage, peer, 3);
    const last = (await readAll(stage, peer)).slice(-2);
    expect(last.map(({ opcode }) => opcode)).toEqual([Opcode.pong, Opcode.close]);
    expect(numberIn(last[0])).toBe(19_999);
  });

  test('RFC 6455 7.1.5 a connection that ends without a Close has the code 1006', async () => {
    for (const how of ['shutdown', 'reset'] as const) {
      const stage = new Stage();
      const { peer } = await stage.open();
      await stage.shakeHands(peer);
      peer.host[how](peer.fd);
      await stage.sim.settle();
      expect(stage.closes, how).toMatchObject([{ code: 1006 }]);
      expect(stage.host.openFds).toEqual([]);
    }
  });

  test('RFC 6455 7.1.5 the code and the reason are those of the Close that came', async () => {
    const stage = new Stage();
    const { peer } = await stage.open();
    await stage.shakeHands(peer);
    peer.send(encodeFrame(Opcode.close, encodeClose(4321, '再见')));
    await stage.sim.settle();
    expect(stage.closes).toEqual([{ code: 4321, reason: '再见' }]);
    expect(framesOf(peer.receive())).toMatchObject([{ opcode: Opcode.close, masked: true }]);
  });

  test.each([
    ['neither code nor reason: an empty Close', undefined, undefined, ''],
    ['a reason alone: 1000', undefined, 'bye', '03e8627965'],
    ['a code', 4321, undefined, '10e1'],
    ['both', 1001, 'bye', '03e9627965'],
  ])('RFC 6455 5.5.1 close with %s, as a page does', async (_, code, reason, payload) => {
    const stage = new Stage();
    const { client, peer } = await stage.open();
    await stage.shakeHands(peer);
    client.close(code, reason);
    await stage.sim.settle();
    const [frame] = framesOf(peer.receive());
    expect(frame?.opcode).toBe(Opcode.close);
    expect(toHex(frame?.payload ?? new Uint8Array(1))).toBe(payload);
    peer.send(encodeFrame(Opcode.close, frame?.payload ?? new Uint8Array(0)));
    await stage.sim.settle();
    expect(stage.closes).toMatchObject([{ code: payload === '' ? 1005 : (code ?? 1000) }]);
  });

  test.each([
    ['a Close', encodeFrame(Opcode.close, encodeClose(1001)), { code: 1001 }, '03e9'],
    ['a broken rule', hex('83 00'), { code: 1006 }, '03ea'],
  ])(
    'RFC 6455 5.5.1 %s is answered with a Close behind all that waits to be sent',
    async (_, bytes, close, code) => {
      const stage = new Stage();
      const { client, peer } = await stage.open();
      await stage.shakeHands(peer);
      client.send('x'.repeat(2 << 20)); // more than any buffer on the way holds
      await stage.sim.settle();
      peer.send(bytes);
      await stage.sim.settle();
      expect(client.send('behind the end')).toBe(false);
      expect(stage.closes).toEqual([]);
      const decoder = new FrameDecoder('client');
      const frames: Frame[] = [];
      while (peer.end === null) {
        const came = peer.receive();
        if (peer.end === null) expect(came.length).toBeGreaterThan(0);
        frames.push(...decoder.feed(came));
        await stage.sim.settle();
      }
      expect(frames.map(({ opcode }) => opcode)).toEqual([Opcode.text, Opcode.close]);
      expect(toHex(frames[1]?.payload.subarray(0, 2) ?? new Uint8Array(0))).toBe(code);
      expect(stage.closes).toMatchObject([close]);
      expect(stage.host.openFds).toEqual([]);
    },
  );

  test('a server that takes nothing after its Close is left when the time is over', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open({ timeoutMs: 500 });
    await stage.shakeHands(peer);
    client.send('x'.repeat(2 << 20));
    peer.send(encodeFrame(Opcode.close, encodeClose(4000)));
    await stage.sim.run(stage.sim.now() + 1_000);
    expect(stage.closes).toMatchObject([{ code: 4000 }]);
    expect(stage.host.openFds).toEqual([]);
  });

  test('nothing is sent once the connection is gone', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open();
    await stage.shakeHands(peer);
    peer.host.reset(peer.fd);
    await stage.sim.settle();
    expect(client.send('into the void')).toBe(false);
    client.close();
    expect(client.timeoutMs()).toBeNull();
    expect(stage.closes).toHaveLength(1);
  });

  test('a server that does not answer its Close is left when the time is over', async () => {
    const stage = new Stage();
    const { client, peer } = await stage.open({ timeoutMs: 500 });
    await stage.shakeHands(peer);
    const began = stage.sim.now();
    client.close(1000, 'bye');
    await stage.sim.run(began + 490);
    expect(stage.closes).toEqual([]);
    expect(client.send('behind the Close')).toBe(false);
    await stage.sim.run(began + 510);
    expect(stage.closes).toMatchObject([{ code: 1006 }]);
    expect(framesOf(peer.receive())).toMatchObject([{ opcode: Opcode.close }]);
  });
});
