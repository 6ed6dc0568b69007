import { describe, expect, test } from 'vitest';
import { joinBytes, toHex } from '../../src/bytes.js';
import { limitsOf, type ServerOptions } from '../../src/chat/limits.js';
import { encodeClose } from '../../src/websocket/closing.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { ascii, clientFrame, MASKING_KEY, request } from '../support/room.js';
import { type SimPeer, SimRoom } from '../support/sim-room.js';

/** The close code in the Close frame that ends what a peer got. */
function closeCodeOf(bytes: Uint8Array): number | undefined {
  const at = bytes.lastIndexOf(0x88);
  return at < 0 ? undefined : ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

/** A frame of a fragmented message. */
function fragment(opcode: number, fin: boolean, text = ''): Uint8Array {
  return encodeFrame(opcode, utf8(text), { fin, maskingKey: MASKING_KEY });
}

/** A room with Ada in it, who must not be hurt by what the test does. */
async function roomWithAda(limits: ServerOptions): Promise<{ room: SimRoom; ada: SimPeer }> {
  const room = await SimRoom.open({ limits });
  return { room, ada: await room.join('Ada') };
}

/** Ada talks and hears herself; then the room ends with every descriptor closed. */
async function isUnhurt(room: SimRoom, ada: SimPeer): Promise<void> {
  ada.receive();
  ada.say({ type: 'user', content: 'unhurt' });
  await room.sim.settle();
  expect(ascii(ada.receive())).toContain('unhurt');
  expect(await room.stop()).toEqual([]);
}

describe('the options of a server', () => {
  test.each([
    [{ maxClients: -1 }, 'maxClients is -1; give a number from 0'],
    [{ pingIntervalMs: Number.NaN }, 'pingIntervalMs is NaN'],
    [{ allowedOrigins: ['example.com'] }, '"example.com" is no origin'],
  ])('%o is refused', (options, message) => {
    expect(() => limitsOf(options)).toThrow(message);
  });

  test('one that is undefined has its default', () => {
    expect(limitsOf({ maxClients: undefined } as object).maxClients).toBe(960);
  });
});

describe('the handshake', () => {
  test('a request over the limit gets 431', async () => {
    const { room, ada } = await roomWithAda({ maxHandshakeLength: 300 });
    const peer = await room.connect();
    peer.send(request({ 'X-Long': 'x'.repeat(300) }));
    await room.sim.settle();
    expect(ascii(peer.receive())).toMatch(/^HTTP\/1.1 431 .*longer than 300 bytes/s);
    await isUnhurt(room, ada);
  });

  test('a request that is not whole in time is dropped, at that time and not before', async () => {
    const { room, ada } = await roomWithAda({ handshakeTimeoutMs: 500, pingIntervalMs: Infinity });
    const peer = await room.connect();
    peer.send('GET / HT');
    const began = room.sim.now();
    await room.sim.run(began + 490);
    peer.send('TP/1.1\r\n'); // a byte now and then does not help
    await room.sim.run(began + 495);
    expect(room.causes).toEqual([]);
    await room.sim.run(began + 510);
    expect(room.causes).toEqual(['timeout']);
    peer.receive();
    expect(peer.end).not.toBeNull();
    await isUnhurt(room, ada);
  });
});

describe('the handshake, once it is done', () => {
  test('its time is over no more, however quiet the client', async () => {
    const { room, ada } = await roomWithAda({ handshakeTimeoutMs: 500, pingIntervalMs: Infinity });
    await room.sim.run(room.sim.now() + 5_000);
    expect(room.causes).toEqual([]);
    await isUnhurt(room, ada);
  });
});

describe('fragments of one message', () => {
  test('as many as the limit are a message', async () => {
    const { room, ada } = await roomWithAda({ maxFragments: 3 });
    const json = '{"type":"user","content":"in three"}';
    ada.send(fragment(Opcode.text, false, json.slice(0, 5)));
    ada.send(fragment(Opcode.continuation, false, json.slice(5)));
    ada.send(clientFrame(Opcode.ping, '')); // no fragment
    ada.send(fragment(Opcode.continuation, true));
    await room.sim.settle();
    expect(ascii(ada.receive())).toContain('in three');
    await isUnhurt(room, ada);
  });

  test('one more gets 1008, though empty frames are no bytes of a message', async () => {
    const { room, ada } = await roomWithAda({ maxFragments: 3 });
    const peer = await room.join('many');
    peer.send(fragment(Opcode.text, false));
    peer.send(joinBytes([1, 2].map(() => fragment(Opcode.continuation, false))));
    await room.sim.settle();
    const bytes = peer.receive();
    expect(closeCodeOf(bytes)).toBe(1008);
    expect(ascii(bytes)).toContain('more than 3 frames');
    expect(room.steps('error')).toMatchObject([{ code: 'too-many-fragments' }]);
    expect(room.causes).toEqual(['limit']);
    await isUnhurt(room, ada);
  });
});

describe('frames in a second', () => {
  const text = clientFrame(Opcode.text, '{"type":"user","content":"x"}');

  test('as many as the limit are dealt with, second for second', async () => {
    const { room, ada } = await roomWithAda({ maxFramesPerSecond: 10 });
    for (let second = 1; second < 4; second++) {
      await room.sim.run(second * 1_100);
      ada.send(joinBytes(Array.from({ length: 10 }, () => text)));
    }
    await room.sim.settle();
    expect(room.steps('deal')).toHaveLength(31);
    expect(room.causes).toEqual([]);
    expect(await room.stop()).toEqual([]);
  });

  test.each([
    ['texts', text],
    ['pings', clientFrame(Opcode.ping, '')],
    ['pongs', clientFrame(Opcode.pong, '')],
  ])('more %s get 1008, and what is behind them is not dealt with', async (_, frame) => {
    const { room, ada } = await roomWithAda({ maxFramesPerSecond: 10 });
    const peer = await room.connect();
    peer.send(request());
    peer.send(joinBytes(Array.from({ length: 5_000 }, () => frame)));
    await room.sim.settle();
    expect(closeCodeOf(peer.receive())).toBe(1008);
    expect(room.steps('error')).toMatchObject([{ code: 'too-many-frames', closeCode: 1008 }]);
    const parsed = room.steps('parse').filter(({ fd }) => fd === room.steps('error')[0]?.fd);
    expect(parsed).toHaveLength(11);
    expect(room.causes).toEqual(['limit']);
    await isUnhurt(room, ada);
  });
});

describe('clients by address', () => {
  test('one too many gets 503; another address gets in, and so does the next when one has left', async () => {
    const { room, ada } = await roomWithAda({ maxClientsPerAddress: 2 });
    const machine = room.machine('10.0.9.9');
    const first = await room.join('first', machine);
    await room.join('second', machine);
    const third = await room.connect(machine);
    third.send(request());
    await room.sim.settle();
    expect(ascii(third.receive())).toMatch(/^HTTP\/1.1 503 .*2 clients from this address/s);
    await room.join('elsewhere');
    for (const { fd } of [first, third]) machine.close(fd);
    await room.sim.settle();
    await room.join('again', machine);
    await isUnhurt(room, ada);
  });

  test('a crowd from one address does not hold the places of the others while it is told', async () => {
    const { room, ada } = await roomWithAda({ maxClients: 30, maxClientsPerAddress: 2 });
    const machine = room.machine('10.0.9.9');
    for (let i = 0; i < 60; i++) (await room.connect(machine)).send(request());
    await room.sim.settle();
    await room.join('elsewhere');
    await isUnhurt(room, ada);
  });

  test('the loopback is not counted', async () => {
    const room = await SimRoom.open({
      limits: { maxClientsPerAddress: 1 },
      host: { address: '127.0.0.1' },
    });
    const machine = room.machine('127.0.0.1');
    const ada = await room.join('Ada', machine);
    await room.join('Ming', machine);
    await isUnhurt(room, ada);
  });
});

describe('RFC 6455 5.5.2 a ping may serve as a keepalive', () => {
  const limits = { pingIntervalMs: 1_000, pongTimeoutMs: 200 };

  test('a client that is silent is sent a ping, and stays if it answers', async () => {
    const { room, ada } = await roomWithAda(limits);
    for (let at = 1_100; at < 6_000; at += 100) {
      await room.sim.run(at);
      if (toHex(ada.receive()) === '8900') ada.send(clientFrame(Opcode.pong, ''));
    }
    expect(room.causes).toEqual([]);
    expect(room.steps('parse').filter(({ opcode }) => opcode === Opcode.pong)).toHaveLength(4);
    await isUnhurt(room, ada);
  });

  test('a client that talks is sent none', async () => {
    const { room, ada } = await roomWithAda(limits);
    for (let at = 500; at < 6_000; at += 500) {
      await room.sim.run(at);
      ada.say({ type: 'user', content: 'here' });
    }
    expect(toHex(ada.receive())).not.toContain('8900');
    expect(room.causes).toEqual([]);
    await isUnhurt(room, ada);
  });

  test('one that does not answer is out when its time is over, and the others hear of it', async () => {
    const { room, ada } = await roomWithAda(limits);
    await room.join('gone');
    for (let at = 100; at < 3_500; at += 100) {
      await room.sim.run(at);
      ada.send(clientFrame(Opcode.pong, '')); // unasked: a sign of life as well
    }
    expect(room.causes).toEqual(['timeout']);
    expect(ascii(ada.receive())).toContain('"type":"logout","content":"gone"');
    const [left] = room.steps('disconnect');
    expect(left?.t).toBeGreaterThanOrEqual(2_200);
    expect(left?.t).toBeLessThan(2_300);
    await isUnhurt(room, ada);
  });

  test('one that takes bytes is alive, though it has not come to the ping behind them', async () => {
    const { room, ada } = await roomWithAda(limits);
    const machine = room.sim.host('slow', { address: '10.0.3.3', receiveBuffer: 1_000 });
    const slow = await room.join('slow', machine);
    for (let i = 0; i < 4; i++) {
      ada.say({ type: 'user', content: 'x'.repeat(200_000) });
      await room.sim.settle();
      ada.receive();
    }
    for (let at = 100; at < 4_000; at += 50) {
      await room.sim.run(at);
      slow.host.recv(slow.fd, 10_000);
      ada.receive();
      ada.send(clientFrame(Opcode.pong, ''));
    }
    expect(room.causes).toEqual([]);
    slow.host.close(slow.fd);
    await isUnhurt(room, ada);
  });

  test('none goes out behind a Close', async () => {
    const { room, ada } = await roomWithAda(limits);
    ada.send(clientFrame(Opcode.close, encodeClose(1000)));
    await room.sim.run(4_000);
    expect(room.causes).toEqual(['close-frame']);
    expect(toHex(ada.receive())).toBe('880203e8');
    expect(await room.stop()).toEqual([]);
  });
});
