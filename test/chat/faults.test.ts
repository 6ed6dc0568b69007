import { afterEach, describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import type { Application } from '../../src/chat/members.js';
import { cutOff } from '../../src/net/sim.js';
import type { Step } from '../../src/trace/event.js';
import { encodeClose } from '../../src/websocket/closing.js';
import { Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { ascii, clientFrame, RawPeer, type Running, request, runRoom } from '../support/room.js';
import { type SimPeer, SimRoom } from '../support/sim-room.js';

/** Ada talks and hears herself; then the room ends with every descriptor closed. */
async function isUnhurt(room: SimRoom, ada: SimPeer, about = ''): Promise<void> {
  ada.receive();
  ada.say({ type: 'user', content: 'unhurt' });
  await room.sim.settle();
  expect(ascii(ada.receive()), about).toContain('unhurt');
  expect(await room.stop(), about).toEqual([]);
}

const login = clientFrame(Opcode.text, '{"type":"login","content":"Ming"}');
const CONVERSATION = joinBytes([
  utf8(request()),
  login,
  clientFrame(Opcode.ping, 'p'),
  clientFrame(Opcode.text, '{"type":"user","content":"你好"}'),
  clientFrame(Opcode.close, encodeClose(1000, 'bye')),
]);
const REQUEST_LENGTH = request().length;
const LOGIN_END = REQUEST_LENGTH + login.length;

describe('a client that is gone at any byte of handshake and frames', () => {
  test.each(['fin', 'reset'] as const)(
    'by %s, is announced once, and only if it was known',
    async (how) => {
      for (let cut = 0; cut <= CONVERSATION.length; cut++) {
        const about = `${how} behind ${cut} of ${CONVERSATION.length} bytes`;
        const room = await SimRoom.open();
        const ada = await room.join('Ada');
        const peer = await room.connect();
        peer.send(CONVERSATION.subarray(0, cut));
        await room.sim.settle();
        if (how === 'fin') peer.host.shutdown(peer.fd);
        else peer.host.reset(peer.fd);
        await room.sim.settle();
        const heard = ascii(ada.receive());
        const announced = [
          heard.split('"type":"login"').length,
          heard.split('"type":"logout"').length,
        ];
        expect(announced, about).toEqual(cut < LOGIN_END ? [1, 1] : [2, 2]);
        const cause = cut === CONVERSATION.length ? 'close-frame' : how;
        expect(room.causes, about).toEqual([cause]);
        await isUnhurt(room, ada, about);
      }
    },
    60_000,
  );

  test('in silence, is out when its time is over', async () => {
    for (const cut of [10, REQUEST_LENGTH, LOGIN_END - 1, LOGIN_END]) {
      const room = await SimRoom.open({ limits: { pingIntervalMs: 1_000 } });
      const machine = room.machine();
      room.sim.rule(cutOff(cut, 'silence'), { from: machine.name });
      const peer = await room.connect(machine);
      peer.send(CONVERSATION);
      await room.sim.run(14_000);
      expect(room.causes, `silent behind ${cut} bytes`).toEqual(['timeout']);
      expect(await room.stop()).toEqual([]);
    }
  });

  test('on real sockets too: at some bytes, by FIN and by RST', async () => {
    const room = await runRoom();
    for (let cut = 0; cut < CONVERSATION.length; cut += 23) {
      for (const how of ['fin', 'reset']) {
        const peer = await RawPeer.connect(room.port);
        await new Promise((resolve) => peer.socket.write(CONVERSATION.subarray(0, cut), resolve));
        if (how === 'fin') peer.socket.end();
        else peer.socket.resetAndDestroy();
        await peer.ended();
      }
    }
    const last = await RawPeer.open(room.port);
    last.say({ type: 'login', content: 'last' });
    await last.until((bytes) => ascii(bytes).includes('"user_list":["last"]'));
    RawPeer.endAll();
    await room.stop();
  });
});

describe('a reset in the middle of a broadcast', () => {
  test('costs the others nothing: each hears the message and the logout, once and in this order', async () => {
    const room = await SimRoom.open();
    const names = ['Ada', 'Ming', 'Grace', 'Linus'];
    const peers: SimPeer[] = [];
    for (const name of names) peers.push(await room.join(name));
    await room.sim.settle();
    for (const peer of peers) peer.receive();
    const [ada, ming, ...rest] = peers as [SimPeer, SimPeer, ...SimPeer[]];
    ming.host.reset(ming.fd); // under way at the same time as what Ada says
    ada.say({ type: 'user', content: 'to all' });
    await room.sim.settle();
    for (const peer of [ada, ...rest]) {
      const heard = ascii(peer.receive());
      expect(heard.match(/"type":"(user|logout)"/g)?.sort()).toEqual([
        '"type":"logout"',
        '"type":"user"',
      ]);
    }
    expect(room.causes).toEqual(['reset']);
    await isUnhurt(room, ada);
  });

  test('that comes while all are gone at once ends in an empty room', async () => {
    const room = await SimRoom.open();
    const peers: SimPeer[] = [];
    for (const name of ['Ada', 'Ming', 'Grace']) peers.push(await room.join(name));
    for (const peer of peers) peer.say({ type: 'user', content: 'last words' });
    for (const peer of peers) peer.host.reset(peer.fd);
    await room.sim.settle();
    expect(room.causes).toHaveLength(3);
    await isUnhurt(room, await room.join('new'));
  });
});

describe('a client that broke the protocol', () => {
  test('may go on sending: it is read until its own FIN, so that no RST destroys our Close', async () => {
    const room = await SimRoom.open();
    const peer = await room.connect();
    peer.send(request());
    await room.sim.settle();
    peer.receive();
    peer.send(Uint8Array.of(0x81, 0)); // not masked
    for (let i = 0; i < 3; i++) {
      await room.sim.settle();
      peer.send('it has not read our Close yet');
    }
    await room.sim.settle();
    expect(peer.receive()[0]).toBe(0x88);
    expect(peer.end).toBe('fin');
    peer.host.close(peer.fd);
    await room.sim.settle();
    expect(room.causes).toEqual(['protocol-error']);
    expect(await room.stop()).toEqual([]);
  });
});

describe('no descriptors left', () => {
  const host = { maxFds: 6 }; // the listener and two clients

  test('those who are in go on, the loop does not spin, and who waits gets in when one leaves', async () => {
    const room = await SimRoom.open({ host, limits: { pingIntervalMs: Infinity } });
    const ada = await room.join('Ada');
    const ming = await room.join('Ming');
    const waits = await room.connect();
    waits.send(request());
    await room.sim.settle();
    const turns = room.steps('select').length;
    const began = room.sim.now();
    await room.sim.run(began + 10_000);
    expect(room.steps('select').length - turns).toBeLessThanOrEqual(20); // two a second
    ada.say({ type: 'user', content: 'still here' });
    await room.sim.settle();
    expect(ascii(ming.receive())).toContain('still here');
    ming.host.close(ming.fd);
    await room.sim.settle();
    expect(ascii(waits.receive())).toMatch(/^HTTP\/1.1 101 /);
    await isUnhurt(room, ada);
  });

  test('taken by something else, with nobody in the room: it is tried again each second', async () => {
    const room = await SimRoom.open({ host });
    const others: number[] = [];
    const target = room.sim.host('elsewhere', { address: '10.0.7.7' });
    await target.listen({ host: '', port: 9 });
    while (others.length < 2) others.push(await room.host.connect({ host: 'elsewhere', port: 9 }));
    const waits = await room.connect();
    waits.send(request());
    const began = room.sim.now();
    await room.sim.run(began + 5_500);
    expect(room.steps('accept')).toEqual([]);
    expect(room.steps('select').length).toBeLessThan(20);
    for (const fd of others) room.host.close(fd);
    await room.sim.run(began + 7_000);
    expect(ascii(waits.receive())).toMatch(/^HTTP\/1.1 101 /);
    waits.host.close(waits.fd);
    await room.sim.settle();
    expect(await room.stop()).toEqual([]);
  });
});

describe('clients that do not read', () => {
  test('are closed at the limit of their outbox, with 1008 as the last that was queued, and the others hear all', async () => {
    const room = await SimRoom.open({ limits: { maxOutbox: 20_000 }, host: { sendBuffer: 4_000 } });
    const ada = await room.join('Ada');
    const slow = [await room.join('slow'), await room.join('slower')];
    let heard = '';
    for (let i = 0; i < 80; i++) {
      ada.say({ type: 'user', content: `${i} ${'x'.repeat(2_000)}` });
      await room.sim.settle();
      heard += ascii(ada.receive());
    }
    for (let i = 0; i < 80; i++) expect(heard).toContain(`"content":"${i} x`);
    expect(room.causes).toEqual(['limit', 'limit']);
    for (const { host, fd } of slow) host.close(fd);
    await isUnhurt(room, ada);
  });

  test('are not read either while much waits for them: a flood of pings is not answered without end', async () => {
    const room = await SimRoom.open({ limits: { maxFramesPerSecond: Infinity } });
    const ada = await room.join('Ada');
    const flood = await room.join('flood');
    const pings = joinBytes(
      Array.from({ length: 400 }, () => clientFrame(Opcode.ping, 'x'.repeat(125))),
    );
    let sent = 0;
    try {
      for (; sent < 1_000; sent++) {
        flood.send(pings);
        await room.sim.settle();
      }
    } catch (error) {
      expect(String(error)).toMatch(/full|EAGAIN/);
    }
    expect(sent).toBeLessThan(100);
    flood.host.close(flood.fd);
    await isUnhurt(room, ada);
  });
});

describe('a handler that throws', () => {
  const running: Running[] = [];
  afterEach(async () => {
    for (const room of running.splice(0)) await room.stop();
  });

  /** Throws in one of its three handlers, for a client that says or is to be hit by `bug`. */
  function broken(where: keyof Application): Application {
    let opened = 0;
    return {
      opened(): Iterable<Step> {
        if (where === 'opened' && ++opened === 2) throw new Error('in opened');
        return [];
      },
      received(members, client, message): Iterable<Step> {
        if (where === 'received' && message.text === 'bug') throw new Error('in received');
        members.sendMessage(client, message);
        return [];
      },
      left(): Iterable<Step> {
        if (where === 'left') throw new Error('in left');
        return [];
      },
    };
  }

  test.each(['opened', 'received', 'left'] as const)(
    '%s: that client gets 1011, the others go on',
    async (where) => {
      const room = await SimRoom.open({ application: broken(where) });
      const [ada, ming] = [await room.connect(), await room.connect()];
      for (const peer of [ada, ming]) {
        peer.send(request());
        await room.sim.settle();
      }
      ada.receive();
      ming.say('bug');
      await room.sim.settle();
      if (where === 'left') ming.send(clientFrame(Opcode.close, encodeClose(1000)));
      else expect(ascii(ming.receive())).toContain('\x88\x23\x03\xf3the server failed');
      await room.sim.settle();
      expect(room.steps('error')).toMatchObject([{ code: 'exception', message: `in ${where}` }]);
      ada.say('echo');
      await room.sim.settle();
      expect(ascii(ada.receive())).toContain('echo');
      for (const peer of [ada, ming]) peer.host.close(peer.fd);
      await room.sim.settle();
      expect(await room.stop()).toEqual([]);
    },
  );
});
