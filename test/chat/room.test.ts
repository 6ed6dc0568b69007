import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { fromHex, toHex } from '../../src/bytes.js';
import type { Application } from '../../src/chat/members.js';
import { createRoom } from '../../src/chat/room.js';
import { Server } from '../../src/chat/server.js';
import { NodeNet } from '../../src/net/node.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { describeStep } from '../../src/trace/text.js';
import { encodeClose } from '../../src/websocket/closing.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import {
  ascii,
  clientFrame,
  RawPeer,
  type Running,
  request,
  run,
  runRoom,
} from '../support/room.js';

const running: Running[] = [];

async function open(...options: Parameters<typeof runRoom>): Promise<Running> {
  const room = await runRoom(...options);
  running.push(room);
  return room;
}

afterEach(async () => {
  RawPeer.endAll();
  for (const room of running.splice(0)) await room.stop();
});

/** A text with 400,000 lists, one in the other, in the middle. */
function deep(before: string, behind: string): string {
  return `${before}${'['.repeat(400_000)}${']'.repeat(400_000)}${behind}`;
}

/** A `ws` client that collects what it hears. */
async function joinWithWs(url: string, name: string): Promise<{ ws: WebSocket; heard: string[] }> {
  const ws = new WebSocket(url);
  const heard: string[] = [];
  const loggedIn = new Promise<void>((resolve) => {
    ws.on('message', (data) => {
      heard.push(String(data));
      if (String(data).includes('"type":"login"')) resolve();
    });
  });
  ws.once('open', () => ws.send(JSON.stringify({ type: 'login', content: name })));
  await loggedIn;
  return { ws, heard };
}

/** A raw peer that is logged in and has nothing unread. */
async function join(room: Running, name: string): Promise<RawPeer> {
  const peer = await RawPeer.open(room.port);
  peer.say({ type: 'login', content: name });
  await peer.until((bytes) => ascii(bytes).includes(']}'));
  peer.forget();
  return peer;
}

const closeFrame = (code: number, reason = ''): string =>
  ascii(encodeFrame(Opcode.close, encodeClose(code, reason)));

describe('the room, with ws as client', () => {
  test('two clients log in, talk in Chinese and emoji, and leave; each hears it all in order', async () => {
    const room = await open();
    const ada = await joinWithWs(room.url, 'Ada');
    const ming = await joinWithWs(room.url, '小明');
    ada.ws.send(JSON.stringify({ type: 'user', content: '你好 👋🏽' }));
    await room.until((event) => event.step === 'deal' && event.message.includes('你好'));
    ming.ws.close(1000, 'bye');
    await room.until((event) => event.step === 'disconnect');
    ada.ws.close();
    await room.until((event) => event.step === 'deal' && event.reply.includes('"user_list":[]'));

    expect(ada.heard).toEqual([
      '{"type":"handshake","content":"done"}',
      '{"type":"login","content":"Ada","user_list":["Ada"]}',
      '{"type":"login","content":"小明","user_list":["Ada","小明"]}',
      '{"type":"user","from":"Ada","content":"你好 👋🏽"}',
      '{"type":"logout","content":"小明","user_list":["Ada"]}',
    ]);
    expect(ming.heard).toEqual([
      '{"type":"handshake","content":"done"}',
      '{"type":"login","content":"小明","user_list":["Ada","小明"]}',
      '{"type":"user","from":"Ada","content":"你好 👋🏽"}',
    ]);
  });

  test('a stopping room says 1001 to everyone, and its port is free again', async () => {
    const room = await runRoom();
    const ada = await joinWithWs(room.url, 'Ada');
    const closed = new Promise((resolve) => ada.ws.once('close', (code) => resolve(code)));
    await room.stop();
    expect(await closed).toBe(1001);
    await expect(RawPeer.connect(room.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a conversation in any pieces', () => {
  const conversation = Buffer.concat([
    Buffer.from(request()),
    clientFrame(Opcode.text, '{"type":"login","content":"小明"}'),
    clientFrame(Opcode.ping, 'are you there'),
    clientFrame(Opcode.text, '{"type":"user","content":"👋"}'),
    clientFrame(Opcode.close, encodeClose(1000)),
  ]);
  const kept = new Set(['handshake', 'parse', 'deal', 'broadcast', 'disconnect']);
  const story = (events: TraceEvent[]): unknown[] =>
    events.filter((event) => kept.has(event.step)).map(({ seq, turn, t, v, ...step }) => step);

  test('gives the same steps whole, byte by byte, and cut in two at every frame', async () => {
    const stories: unknown[][] = [];
    const half = conversation.length >> 1;
    for (const size of [conversation.length, 1, half, 7, 200]) {
      const room = await open();
      const peer = await RawPeer.connect(room.port);
      for (let at = 0; at < conversation.length; at += size) {
        peer.send(conversation.subarray(at, at + size));
        await new Promise(setImmediate);
      }
      await peer.ended();
      stories.push(story(room.events));
    }
    expect(stories[0]).toHaveLength(13);
    for (const other of stories) expect(other).toEqual(stories[0]);
  });
});

describe('who may hear and speak', () => {
  test('a client before its handshake hears nothing, and one before its login is not in the list', async () => {
    const room = await open();
    const silent = await RawPeer.connect(room.port);
    const nameless = await RawPeer.open(room.port);
    const ada = await RawPeer.open(room.port);
    ada.say({ type: 'login', content: 'Ada' });
    const heard = await nameless.until((bytes) => ascii(bytes).includes('login'));
    expect(ascii(heard)).toContain('"user_list":["Ada"]');
    expect(silent.received).toHaveLength(0);
  });

  test.each([
    ['a text before login', { type: 'user', content: 'hi' }, 'log in first'],
    ['an unknown type', { type: 'logout', content: 'Ada' }, 'unknown type \\"logout\\"'],
    ['no type', {}, 'unknown type missing'],
    [
      'a number as a name',
      { type: 'login', content: 7 },
      '\\"content\\" of a login message must be a text',
    ],
    ['an empty name', { type: 'login', content: '  ' }, 'a name must not be empty'],
    [
      'a name that nobody can see',
      { type: 'login', content: ' \u200b\u2060' },
      'must not be empty',
    ],
    ['a name of 65', { type: 'login', content: 'x'.repeat(65) }, 'at most 64 characters'],
    ['a name of a million', { type: 'login', content: 'x'.repeat(1_000_000) }, 'at most 64'],
    ['an ESC in a name', { type: 'login', content: 'A\u001b[2Jda' }, 'control characters'],
    ['a line break in a name', { type: 'login', content: 'A\u2028da' }, 'line breaks'],
    ['a name that turns what follows', { type: 'login', content: 'Ada\u202e' }, 'direction'],
    ['a type that nests 400,000 deep', deep('{"type":', '}'), 'far more parts'],
    ['a list that nests 400,000 deep', deep('', ''), 'far more parts'],
    ['a content that nests 400,000 deep', deep('{"type":"user","content":', '}'), 'far more parts'],
    ['80,000 keys', `{"type":"user"${',"a":1'.repeat(80_000)}}`, 'far more parts'],
    ['a list of a megabyte', `[${'1,'.repeat(500_000)}1]`, 'far more parts'],
    ['a list as content', { type: 'user', content: [1, 2, 3] }, 'must be a text'],
    ['bad JSON', 'nonsense', 'this was not JSON'],
    ['JSON that is no object', 'null', 'unknown type missing'],
  ])('%s gets a system message, and nobody else hears of it', async (_, message, answer) => {
    const room = await open();
    const ada = await join(room, 'Ada');
    const other = await RawPeer.open(room.port);
    other.say(message);
    const heard = await other.until((bytes) => ascii(bytes).includes('system'));
    expect(ascii(heard)).toContain(answer);
    ada.say({ type: 'user', content: 'still here' });
    await ada.until((bytes) => ascii(bytes).includes('still here'));
    expect(ascii(ada.received)).not.toContain('system');
  });

  test('what stands within a text is no part: brackets, quotes and backslashes are only said', async () => {
    const room = await open();
    const ada = await join(room, 'Ada');
    const said = '[{,:"\\\\'.repeat(1_000);
    ada.say({ type: 'user', content: said });
    const answer = JSON.stringify({ type: 'user', from: 'Ada', content: said });
    await ada.until((bytes) => ascii(bytes).includes(answer));
  });

  test.each([
    ['of 64 characters', 'x'.repeat(64)],
    ['of 64 emoji, which are two units each', '😀'.repeat(64)],
    ['with a character that joins others', 'क्‍ष'],
    ['in Arabic', 'ليلى'],
  ])('a name %s is taken as it is', async (_, name) => {
    const room = await open();
    const peer = await RawPeer.open(room.port);
    peer.say({ type: 'login', content: name });
    const heard = await peer.until((bytes) => ascii(bytes).includes(']}'));
    expect(Buffer.from(heard).toString()).toContain(JSON.stringify([name]));
  });

  test('a connection logs in once; the second time it hears so, and keeps its name', async () => {
    const room = await open();
    const ada = await join(room, 'Ada');
    ada.say({ type: 'login', content: 'Countess' });
    await ada.until((bytes) => ascii(bytes).includes('you are Ada already'));
    ada.say({ type: 'user', content: 'hello' });
    const heard = await ada.until((bytes) => ascii(bytes).includes('hello'));
    expect(ascii(heard)).toContain('"from":"Ada"');
    expect(ascii(heard)).not.toContain('user_list');
  });
});

describe('a client that leaves is announced once', () => {
  const ways: [string, string, (peer: RawPeer) => void][] = [
    [
      'by a Close frame',
      'close-frame',
      (peer) => peer.send(clientFrame(Opcode.close, encodeClose(1000))),
    ],
    ['by an empty Close frame', 'close-frame', (peer) => peer.send(clientFrame(Opcode.close, ''))],
    ['by FIN', 'fin', (peer) => peer.socket.end()],
    [
      'by FIN in the middle of a frame',
      'fin',
      (peer) => peer.socket.end(Buffer.from('81fe', 'hex')),
    ],
    ['by RST', 'reset', (peer) => peer.socket.resetAndDestroy()],
    ['by breaking the protocol', 'protocol-error', (peer) => peer.send(Buffer.from('8100', 'hex'))],
    [
      'by a Close frame and RST at once',
      'close-frame',
      (peer) => {
        peer.socket.write(clientFrame(Opcode.close, ''), () => peer.socket.resetAndDestroy());
      },
    ],
  ];
  test.each(ways)('%s', async (_, cause, leave) => {
    const room = await open();
    const ada = await join(room, 'Ada');
    const ming = await join(room, 'Ming');
    await ada.until((bytes) => ascii(bytes).includes('Ming'));
    ada.forget();
    leave(ming);
    await room.until((event) => event.step === 'disconnect');
    ada.say({ type: 'user', content: 'alone' });
    await ada.until((bytes) => ascii(bytes).includes('alone'));
    const said = ascii(ada.received).split('logout');
    expect(said).toHaveLength(2);
    expect(said[1]).toContain('"content":"Ming","user_list":["Ada"]');
    const left = room.events.filter((event) => event.step === 'disconnect');
    expect(left).toMatchObject([{ cause }]);
  });

  test('one that never logged in leaves without a word', async () => {
    const room = await open();
    const ada = await join(room, 'Ada');
    const nameless = await RawPeer.open(room.port);
    nameless.socket.end();
    await room.until((event) => event.step === 'disconnect');
    ada.say({ type: 'user', content: 'alone' });
    await ada.until((bytes) => ascii(bytes).includes('alone'));
    expect(ascii(ada.received)).not.toContain('logout');
  });
});

describe('requests that are refused', () => {
  const cases: [string, string, number, string][] = [
    ['no upgrade', request({ Upgrade: null }), 426, 'new WebSocket('],
    ['a POST', request({}, 'POST / HTTP/1.1'), 405, 'Allow: GET'],
    [
      'a wrong version',
      request({ 'Sec-WebSocket-Version': '8' }),
      426,
      'Sec-WebSocket-Version: 13',
    ],
    ['no key', request({ 'Sec-WebSocket-Key': null }), 400, 'Sec-WebSocket-Key'],
    ['no Connection: Upgrade', request({ Connection: 'close' }), 400, 'Connection'],
    ['a header of 16 KiB', request({ 'X-Long': 'x'.repeat(16_384) }), 431, '16384'],
    ['a TLS hello', '\x16\x03\x01', 400, 'TLS'],
  ];
  test.each(cases)('%s', async (_, bytes, status, part) => {
    const room = await open();
    const ada = await join(room, 'Ada');
    const peer = await RawPeer.connect(room.port);
    peer.send(bytes);
    const answer = ascii(await peer.ended());
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(part);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toContain(`Content-Length: ${body.length}`);
    peer.socket.destroy();
    ada.say({ type: 'user', content: 'unhurt' });
    await ada.until((heard) => ascii(heard).includes('unhurt'));
  });

  test('RFC 9110 6.6.1 a refusal carries Date, also one without a request', async () => {
    const room = await open({ maxClients: 0 });
    const full = await RawPeer.connect(room.port);
    expect(ascii(await full.ended())).toMatch(/^HTTP\/1.1 503 .*\r\nDate: \w{3}, .{20} GMT\r\n/s);
    const other = await open();
    const peer = await RawPeer.connect(other.port);
    peer.send(request({}, 'HEAD / HTTP/1.1'));
    expect(ascii(await peer.ended())).toMatch(
      /^HTTP\/1.1 405 .*\r\nDate: \w{3}, .{20} GMT\r\n.*\r\n\r\n$/s,
    );
  });

  test('who asks for no WebSocket is answered, and has broken nothing', async () => {
    const room = await open();
    const peer = await RawPeer.connect(room.port);
    peer.send('GET / HTTP/1.0\r\n\r\n');
    expect(ascii(await peer.ended())).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    const left = await room.until((event) => event.step === 'disconnect');
    expect(left).toMatchObject({ cause: 'answered' });
  });

  test('a subprotocol is agreed on, or one line of the trace tells that it is not', async () => {
    const room = await open({ protocols: ['chat', 'json'] });
    const asks = async (field: string): Promise<string> => {
      const peer = await RawPeer.connect(room.port);
      peer.send(request({ 'Sec-WebSocket-Protocol': field }));
      return ascii(await peer.until((bytes) => ascii(bytes).includes('\r\n\r\n')));
    };
    expect(await asks('xml, json, chat')).toContain('\r\nSec-WebSocket-Protocol: json\r\n');
    expect(await asks('xml')).not.toContain('Sec-WebSocket-Protocol');
    const shakes = room.events.filter((event) => event.step === 'handshake');
    expect(shakes).toMatchObject([
      { protocols: ['xml', 'json', 'chat'], protocol: 'json' },
      { protocols: ['xml'], protocol: null },
    ]);
    expect(describeStep(shakes[1] as Step)).toMatch(
      /, but no subprotocol of those asked for \(xml\) is spoken here: a page ends with 1006$/,
    );
  });

  test('an option that is no name of a subprotocol is refused', () => {
    expect(() => createRoom(new NodeNet(), { protocols: ['a b'] })).toThrow('"a b" is no name');
  });

  test('an answer arrives whole although the client goes on sending', async () => {
    const room = await open();
    const peer = await RawPeer.connect(room.port);
    peer.send(request({}, 'POST / HTTP/1.1') + 'x'.repeat(300_000));
    expect(ascii(await peer.ended())).toMatch(/^HTTP\/1.1 405 .*GET\.\n$/s);
  });

  test('a handshake that is not complete in time is closed', async () => {
    const room = await open({ handshakeTimeoutMs: 30 });
    const peer = await RawPeer.connect(room.port);
    peer.send('GET / HT');
    expect(await peer.ended()).toHaveLength(0);
    expect(room.events.at(-1)).toMatchObject({ step: 'disconnect', cause: 'timeout' });
  });

  test('one client too many gets 503, and gets in when another has left', async () => {
    const room = await open({ maxClients: 2 });
    const ada = await join(room, 'Ada');
    const ming = await join(room, 'Ming');
    const extra = await RawPeer.connect(room.port);
    extra.send(request());
    expect(ascii(await extra.ended())).toMatch(/^HTTP\/1.1 503 /);
    extra.socket.destroy();
    ming.socket.destroy();
    await room.until((event) => event.step === 'disconnect' && event.cause !== 'limit');
    await RawPeer.open(room.port);
    ada.say({ type: 'user', content: 'unhurt' });
    await ada.until((bytes) => ascii(bytes).includes('unhurt'));
  });

  test('of a crowd far over the limit each gets its answer', async () => {
    const room = await open({ maxClients: 1 });
    await join(room, 'Ada');
    const crowd = await Promise.all(Array.from({ length: 60 }, () => RawPeer.connect(room.port)));
    for (const peer of crowd) peer.send(request());
    for (const peer of crowd) {
      expect(ascii(await peer.ended())).toMatch(/^HTTP\/1.1 503 /);
      peer.socket.destroy();
    }
  });
});

describe('frames that break the RFC', () => {
  const cases: [string, string, number][] = [
    ['an unmasked frame', '810548656c6c6f', 1002],
    ['a reserved bit', 'c18037fa213d', 1002],
    ['a reserved opcode', '838037fa213d', 1002],
    ['a fragmented ping', '098037fa213d', 1002],
    ['a continuation of nothing', '808037fa213d', 1002],
    ['a length that is not the shortest', '81fe000537fa213d7f9f4d5158', 1002],
    ['a Close with code 1005', toHex(clientFrame(Opcode.close, '\x03\xed')), 1002],
    ['text that is not UTF-8', toHex(clientFrame(Opcode.text, fromHex('ff') ?? '')), 1007],
    ['a message over the limit', '81ff0000000000100001', 1009],
    ['a binary message', '828037fa213d', 1003],
  ];
  test.each(cases)('%s', async (_, hex, code) => {
    const room = await open();
    const ada = await join(room, 'Ada');
    const peer = await RawPeer.open(room.port);
    peer.send(fromHex(hex) ?? '');
    if (code === 1003) {
      await peer.until((bytes) => bytes[0] === 0x88);
      peer.send(clientFrame(Opcode.close, encodeClose(1003)));
    }
    const bytes = await peer.ended();
    expect(bytes[0]).toBe(0x88);
    expect(((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)).toBe(code);
    peer.socket.destroy();
    ada.say({ type: 'user', content: 'unhurt' });
    await ada.until((heard) => ascii(heard).includes('unhurt'));
    expect(ascii(ada.received)).not.toContain('logout');
  });

  test('what a peer sends behind its mistake does not cost it the Close frame', async () => {
    const room = await open();
    const peer = await RawPeer.open(room.port);
    peer.send(Buffer.concat([Buffer.from('8300', 'hex'), Buffer.alloc(500_000)]));
    const bytes = await peer.ended();
    expect(bytes[0]).toBe(0x88);
  });
});

describe('the closing handshake', () => {
  test('our Close echoes the code, and the server ends TCP first', async () => {
    const room = await open();
    const peer = await RawPeer.open(room.port);
    peer.send(clientFrame(Opcode.close, encodeClose(4321, 'bye')));
    expect(ascii(await peer.ended())).toBe(closeFrame(4321));
  });

  test('frames behind a Close are not dealt with', async () => {
    const room = await open();
    const peer = await RawPeer.open(room.port);
    peer.send(Buffer.concat([clientFrame(Opcode.close, ''), clientFrame(Opcode.text, 'late')]));
    await peer.ended();
    expect(room.events.filter((event) => event.step === 'deal')).toEqual([]);
  });

  test('frames behind our Close are not dealt with', async () => {
    const room = await open();
    const peer = await RawPeer.open(room.port);
    const login = clientFrame(Opcode.text, '{"type":"login","content":"late"}');
    peer.send(Buffer.concat([clientFrame(Opcode.binary, '!'), login])); // for binary it gets 1003
    await peer.until((bytes) => bytes[0] === 0x88);
    peer.send(Buffer.concat([login, clientFrame(Opcode.close, encodeClose(1003))]));
    await peer.ended();
    expect(room.events.filter((event) => event.step === 'deal')).toEqual([]);
  });

  test('a client that never answers our Close is closed in time', async () => {
    const room = await runRoom({ closeTimeoutMs: 30 });
    const peer = await RawPeer.open(room.port);
    await room.stop();
    expect(ascii(await peer.ended())).toBe(closeFrame(1001, 'the server stops'));
    expect(room.events.at(-1)).toMatchObject({ step: 'disconnect', cause: 'timeout' });
  });
});

describe('a client that does not read', () => {
  test('is closed at the limit, and the others hear everything', async () => {
    const room = await open({ maxOutbox: 100_000, closeTimeoutMs: 50 });
    const slow = await join(room, 'slow');
    slow.socket.pause();
    const ada = await join(room, 'Ada');
    const text = 'x'.repeat(500_000);
    const isGone = (event: TraceEvent): boolean => event.step === 'disconnect';
    let said = 0;
    while (!room.events.some(isGone) && said < 100) {
      ada.forget();
      ada.say({ type: 'user', content: text });
      await ada.until((bytes) => bytes.length >= text.length);
      said++;
    }
    expect(room.events.find(isGone)).toMatchObject({ cause: 'limit' });
    expect(said).toBeLessThan(100);
    slow.socket.destroy();
  });
});

describe('an application that throws', () => {
  const broken: Application = {
    opened: () => [],
    received: (_, __, message): Iterable<Step> => {
      if (message.text === 'bug') throw new TypeError('cannot read this');
      return [];
    },
    left: () => [],
  };

  test('costs one client its connection, with 1011', async () => {
    const server = await run((net) => new Server(net, broken));
    running.push(server);
    const peer = await RawPeer.connect(server.port);
    peer.send(request());
    await peer.until((bytes) => ascii(bytes).endsWith('\r\n\r\n'));
    peer.forget();
    peer.say('bug');
    const bytes = await peer.until((heard) => heard.length > 4);
    expect(toHex(bytes.subarray(2, 4))).toBe('03f3');
    const error = server.events.find((event) => event.step === 'error');
    expect(error).toMatchObject({
      code: 'exception',
      closeCode: 1011,
      message: 'cannot read this',
    });
    peer.send(clientFrame(Opcode.close, encodeClose(1011)));
    await peer.ended();
  });

  test('does not lose the Close frame that came with the fatal message', async () => {
    const server = await run((net) => new Server(net, broken));
    running.push(server);
    const peer = await RawPeer.connect(server.port);
    peer.send(
      Buffer.concat([
        Buffer.from(request()),
        clientFrame(Opcode.text, 'bug'),
        clientFrame(Opcode.close, encodeClose(1000)),
      ]),
    );
    await peer.ended();
    expect(server.events.at(-1)).toMatchObject({ step: 'send' });
    expect(server.events.find((event) => event.step === 'disconnect')).toMatchObject({
      cause: 'close-frame',
    });
  });
});
