import { describe, expect, test } from 'vitest';
import { createRoom } from '../../src/chat/room.js';
import { WebSocketClient } from '../../src/chat/websocket-client.js';
import { SimNet } from '../../src/net/sim.js';
import type { Step, TraceEvent } from '../../src/trace/event.js';
import { runLoop } from '../../src/trace/loop.js';
import {
  copyView,
  emptyView,
  foldEvent,
  type SocketView,
  usersOf,
  type View,
} from '../../src/trace/view.js';
import { hex } from '../support/bytes.js';
import { STEPS } from '../support/steps.js';

/** The view behind some steps. */
function viewOf(...steps: Step[]): View {
  const view = emptyView();
  for (const [seq, step] of steps.entries()) foldEvent(view, { v: 1, seq, turn: 1, t: 0, ...step });
  return view;
}

const listener: Step[] = [STEPS.socket, STEPS.bind, STEPS.listen];
const accept = (fd: number): Step => ({ ...STEPS.accept, fd });
const select = (read: number[], write: number[] = []): Step => ({
  step: 'select',
  read,
  write,
  readyRead: [],
  readyWrite: [],
  scanned: read.length,
});
const left = (fd: number, cause: 'fin' | 'reset' | 'close-frame' = 'fin'): Step => ({
  step: 'disconnect',
  fd,
  cause,
});
const arrive = (
  fd: number,
  kind: 'connect' | 'bytes' | 'fin' | 'reset',
  length = 0,
  connection?: number,
): Step => ({ step: 'arrive', fd, kind, length, ...(connection && { connection }) }) as Step;
const deal = (fd: number, reply: object, message = ''): Step => ({
  step: 'deal',
  fd,
  message,
  reply: JSON.stringify(reply),
});
const send = (fd: number, length: number, taken: number): Step => ({
  step: 'send',
  fd,
  length,
  taken,
});
const socket = (view: View, fd: number): Partial<SocketView> => view.sockets.get(fd) ?? {};

describe('what a sample says of the queues', () => {
  const sampled = (...pairs: [number, number][]): Step =>
    ({ ...select([3, 4]), sampled: pairs }) as Step;

  test('is told as a sample, beside a queue that is unknown, less what was taken since', () => {
    const steps = [...listener, accept(4), sampled([3, 2], [4, 10])];
    expect(socket(viewOf(...steps), 4)).toMatchObject({ queued: null, sampled: 10 });
    const taken: Step = { step: 'recv', fd: 4, bytes: hex('01020304') };
    expect(socket(viewOf(...steps, taken), 4)).toMatchObject({ queued: null, sampled: 6 });
    const after = viewOf(...steps, accept(5));
    expect(socket(after, 3)).toMatchObject({ sampled: 1 });
    expect(socket(after, 5)).toMatchObject({ sampled: null });
  });

  test('is over with the next select', () => {
    const steps = [...listener, accept(4), sampled([4, 10])];
    expect(socket(viewOf(...steps, select([3, 4])), 4)).toMatchObject({ sampled: null });
    expect(socket(viewOf(...steps, sampled([3, 0])), 4)).toMatchObject({ sampled: null });
  });
});

describe('what waits in the queues', () => {
  test('is unknown until the trace tells of an arrival', () => {
    expect(socket(viewOf(...listener, accept(4)), 4).queued).toBeNull();
    const view = viewOf(...listener, accept(4), arrive(4, 'bytes', 5));
    expect([view.knowsQueues, socket(view, 3).queued, socket(view, 4).queued]).toEqual([
      true,
      0,
      5,
    ]);
  });

  test('a listener counts connections, not their bytes', () => {
    const view = viewOf(
      ...listener,
      arrive(3, 'connect', 0, 1),
      arrive(3, 'connect', 0, 2),
      arrive(3, 'bytes', 7, 2),
      arrive(3, 'fin', 0, 2),
    );
    expect(socket(view, 3).queued).toBe(2);
    expect(socket(view, 3).waiting).toEqual([
      { connection: 1, queued: 0, end: null },
      { connection: 2, queued: 7, end: 'fin' },
    ]);
  });

  test('what came before accept is in the queue of the socket that accept makes', () => {
    const view = viewOf(
      ...listener,
      arrive(3, 'connect', 0, 1),
      arrive(3, 'connect', 0, 2),
      arrive(3, 'bytes', 7, 2),
      arrive(3, 'bytes', 4, 1),
      arrive(3, 'reset', 0, 2),
      accept(4),
      arrive(4, 'bytes', 1, 1),
      accept(5),
    );
    expect(socket(view, 4)).toMatchObject({ queued: 5, end: null });
    expect(socket(view, 5)).toMatchObject({ queued: 7, end: 'reset' });
    expect(socket(view, 3)).toMatchObject({ queued: 0, waiting: [] });
  });

  test('recv takes bytes, and at last FIN', () => {
    const before = [...listener, accept(4), arrive(4, 'bytes', 12), arrive(4, 'fin')];
    const bytes = viewOf(...before, STEPS.recv);
    expect(socket(bytes, 4)).toMatchObject({ queued: 1, received: 11, end: 'fin' });
    const fin = viewOf(...before, { step: 'recv', fd: 4, bytes: hex('') });
    expect(socket(fin, 4)).toMatchObject({ end: null });
  });

  test('bytes of a connection that is not named belong to nobody', () => {
    const view = viewOf(...listener, arrive(3, 'connect'), arrive(3, 'bytes', 9), accept(4));
    expect(socket(view, 4).queued).toBe(0);
  });

  test('on a simulated network they are what the kernel has', async () => {
    const sim = new SimNet({ seed: 1 });
    const server = sim.host('server');
    const room = createRoom(server);
    const view = emptyView();
    const fold = (step: Step): void => {
      foldEvent(view, { v: 1, seq: view.position, turn: 0, t: sim.now(), ...step });
    };
    sim.onArrive((host, step) => {
      if (host === server) fold(step);
    });
    const opened = await room.listen({ host: '', port: 80 });
    server.pause();
    void runLoop(server, room, fold, opened);
    const ada = await WebSocketClient.connect(sim.host('ada'), 'ws://127.0.0.1:80');
    const host = sim.host('grace');
    const raw = await host.connect({ host: 'server', port: 80 });
    host.send(raw, hex('474554'));
    host.shutdown(raw);
    await sim.settle();
    expect(socket(view, 3).waiting).toEqual([
      { connection: 1, queued: 0, end: null },
      { connection: 2, queued: 3, end: 'fin' },
    ]);
    server.resume();
    await sim.settle();
    expect(socket(view, 3).queued).toBe(0);
    for (const { queued, end } of view.sockets.values()) expect([queued, end]).toEqual([0, null]);
    ada.close();
  });
});

describe('who is there', () => {
  test('a connection is connected, open when its handshake is done, refused when it is not', () => {
    expect(socket(viewOf(accept(4)), 4).state).toBe('connected');
    expect(socket(viewOf(accept(4), STEPS.handshake), 4).state).toBe('open');
    const refused: Step = { step: 'handshake', fd: 4, refused: { status: 400, reason: '' } };
    expect(socket(viewOf(accept(4), refused), 4).state).toBe('refused');
  });

  test('who left is shown until the next turn', () => {
    const view = viewOf(accept(4), left(4));
    expect(socket(view, 4)).toMatchObject({ state: 'left', cause: 'fin' });
    expect(viewOf(accept(4), left(4), select([3])).sockets.has(4)).toBe(false);
  });

  test('who left and is still watched is shown until that is over', () => {
    const steps = [accept(4), left(4, 'close-frame'), select([3], [4]), select([3, 4])];
    expect(viewOf(...steps).sockets.has(4)).toBe(true);
    expect(viewOf(...steps, select([3])).sockets.has(4)).toBe(false);
  });

  test('a descriptor that is used again is another socket, the last in order', () => {
    const view = viewOf(accept(4), accept(5), STEPS.recv, left(4), accept(4), select([3, 4, 5]));
    expect([...view.sockets.keys()]).toEqual([5, 4]);
    expect(socket(view, 4)).toMatchObject({ state: 'connected', received: 0, cause: null });
  });

  test('a reset that was met waits no more', () => {
    expect(socket(viewOf(accept(4), arrive(4, 'reset'), left(4, 'reset')), 4).end).toBeNull();
  });
});

describe('names', () => {
  test('a login names its client, and the room says who is there', () => {
    const login = { type: 'login', content: 'Ada', user_list: ['Ada', 'Grace'] };
    const view = viewOf(accept(4), deal(4, login));
    expect([socket(view, 4).name, usersOf(view)]).toEqual(['Ada', ['Ada', 'Grace']]);
    const logout = { type: 'logout', content: 'Ada', user_list: ['Grace'] };
    expect(usersOf(viewOf(accept(4), deal(4, login), deal(4, logout)))).toEqual(['Grace']);
  });

  test.each<[unknown, string]>([
    [5, '5'],
    [null, 'null'],
    [true, 'true'],
    [['a'], '["a"]'],
    [{ a: 1 }, '{"a":1}'],
    [{ a: 1, user_list: 2 }, '{"a":1,"user_list":2}'],
    [',"user_list":', ',"user_list":'],
    ['', ''],
  ])('the original takes any value for one: %j', (content, name) => {
    const login = { type: 'login', content, user_list: ['', content] };
    const view = viewOf(accept(4), deal(4, login));
    expect([socket(view, 4).name, usersOf(view)]).toEqual([name, name === '' ? [] : [name]]);
  });

  test('one that nests too deep to be written is a sign', () => {
    const name = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
    const reply = `{"type":"login","content":${name},"user_list":[${name}]}`;
    const view = viewOf(accept(4), { step: 'deal', fd: 4, message: '', reply });
    expect([socket(view, 4).name, usersOf(view)]).toEqual(['…', ['…']]);
  });

  test('the keys of the answer may stand in any order', () => {
    const view = viewOf(accept(4), deal(4, { user_list: ['a'], type: 'login', content: 'a' }));
    expect([socket(view, 4).name, usersOf(view)]).toEqual(['a', ['a']]);
    const other = viewOf(accept(4), deal(4, { type: 'login', user_list: ['a'], content: 'a' }));
    expect([socket(other, 4).name, usersOf(other)]).toEqual(['a', ['a']]);
  });

  test.each([
    ['something that is said', { type: 'user', from: 'Ada', content: '"user_list"' }],
    ['the empty answer of the original', []],
    ['a list within what is said', { type: 'user', content: { user_list: ['Ada'] } }],
    ['an answer that is cut off', '{"type":"login","user_list":['],
  ])('%s changes none', (_, reply) => {
    const view = viewOf(accept(4), deal(4, reply as object));
    expect([socket(view, 4).name, usersOf(view)]).toEqual([null, []]);
  });
});

describe('the outbox', () => {
  test('has what the send buffer did not take', () => {
    const view = viewOf(accept(4), send(4, 10, 3));
    expect(socket(view, 4)).toMatchObject({ outbox: 7, sent: 3 });
    expect(socket(viewOf(accept(4), send(4, 10, 3), send(4, 7, 7)), 4)).toMatchObject({
      outbox: 0,
      sent: 10,
    });
  });

  test('stays while it is watched for writing; a send that failed leaves nothing', () => {
    expect(socket(viewOf(accept(4), send(4, 9, 3), select([3], [4])), 4).outbox).toBe(6);
    expect(socket(viewOf(accept(4), send(4, 9, 3), select([3, 4])), 4).outbox).toBe(0);
  });

  test('has all of a broadcast when the send blocks at once', () => {
    const view = viewOf(accept(4), STEPS.broadcast, STEPS.block);
    expect([view.blockedOn, socket(view, 4).outbox]).toEqual([4, 4]);
  });
});

describe('a loop that stands still', () => {
  test('goes on with its next step, not with what comes from outside', () => {
    const outside = [arrive(5, 'bytes', 1), STEPS.act];
    expect(viewOf(accept(4), STEPS.block, ...outside).blockedOn).toBe(4);
    expect(viewOf(accept(4), STEPS.block, ...outside, send(4, 1, 1)).blockedOn).toBeNull();
  });
});

describe('many sockets', () => {
  test('select drops 5,000 of 10,000 in one pass', () => {
    const fds = Array.from({ length: 10_000 }, (_, i) => i + 4);
    const view = viewOf(...fds.map(accept), ...fds.filter((fd) => fd % 2).map((fd) => left(fd)));
    const event = { v: 1, seq: 0, turn: 2, t: 0, ...select(fds.filter((fd) => fd % 2 === 0)) };
    foldEvent(view, event as TraceEvent);
    expect(view.sockets.size).toBe(5_000);
  });
});

test('a copy is not changed by what is folded into the other', () => {
  const view = viewOf(...listener, accept(4), send(4, 9, 3));
  const [copy, before] = [copyView(view), JSON.stringify([...view.sockets])];
  for (const step of Object.values(STEPS)) {
    foldEvent(copy, { v: 1, seq: 0, turn: 2, t: 0, ...step } as TraceEvent);
  }
  expect(JSON.stringify([...view.sockets])).toBe(before);
  expect([...view.unsettled]).toEqual([4]);
});
