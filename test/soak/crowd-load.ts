/**
 * The load of a crowd, in a process of its own: members who stay, one of whom talks, and a visitor
 * who comes, logs in and leaves again and again.
 */

import { connect, type Socket } from 'node:net';
import { encodeClose } from '../../src/websocket/closing.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import { Opcode } from '../../src/websocket/frame.js';
import { clientFrame, request } from '../support/room.js';

/** What the parent asks for. */
export interface CrowdOrder {
  readonly port: number;
  readonly members: number;
  /** Milliseconds of talk, once without the visitor and once with it. */
  readonly forMs: number;
}

/** What was seen. */
export interface CrowdDone {
  /** Members whose connection ended. */
  readonly thrownOut: number;
  /** How often the visitor came. */
  readonly visits: number;
  /** What the members got, all together. */
  readonly heardMiB: number;
  /** How long the words of one took to come back to it, in milliseconds: before, and with the visitor. */
  readonly quiet: readonly number[];
  readonly crowded: readonly number[];
}

const login = (name: string): Uint8Array =>
  clientFrame(Opcode.text, JSON.stringify({ type: 'login', content: name.padEnd(64, '.') }));

/** Connects, and sends what a client begins with. */
function come(port: number, name: string): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => {});
  socket.write(Buffer.concat([Buffer.from(request()), login(name)]));
  return socket;
}

/** Settled when it has got something like this, or is over. */
function until(socket: Socket, fits: (text: string) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (data: Buffer): void => {
      if (!fits(data.toString('latin1'))) return;
      socket.off('data', look);
      resolve();
    };
    socket.on('data', look).once('close', () => resolve());
  });
}

/** Says something, waits until it comes back, and so on. @returns how long each took */
async function talk(socket: Socket, forMs: number): Promise<number[]> {
  const times: number[] = [];
  const listener = listenerOf.get(socket);
  if (listener === undefined) throw new Error('bug: this one does not listen');
  const end = performance.now() + forMs;
  while (performance.now() < end && !socket.destroyed) {
    const content = `word ${times.length} at ${performance.now()}`;
    const start = performance.now();
    const back = new Promise<void>((resolve) => {
      listener.onText = (text) => text.includes(content) && resolve();
      listener.onEnd = resolve;
    });
    socket.write(clientFrame(Opcode.text, JSON.stringify({ type: 'user', content })));
    await back;
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return times;
}

/** Who is told of what a socket has got. */
interface Listener {
  onText: (text: string) => void;
  onEnd: () => void;
}

const listenerOf = new WeakMap<Socket, Listener>();

/** From here on the frames of a socket are read. */
function listen(socket: Socket): void {
  const listener: Listener = { onText: () => {}, onEnd: () => {} };
  socket.once('close', () => listener.onEnd());
  const decoder = new FrameDecoder('server');
  const texts = new TextDecoder();
  listenerOf.set(socket, listener);
  let inHead = true;
  socket.on('data', (data: Buffer) => {
    let from = 0;
    if (inHead) {
      from = data.indexOf('\r\n\r\n') + 4;
      if (from < 4) throw new Error('bug: the head of the answer came in pieces');
      inHead = false;
    }
    for (const { payload } of decoder.feed(data, from)) {
      if (payload.length < 1_000) listener.onText(texts.decode(payload));
    }
  });
}

/** Comes, logs in, and leaves as soon as it is answered, by a Close, a FIN or RST in turn. */
async function comeAndGo(port: number, isOver: () => boolean): Promise<number> {
  let visits = 0;
  for (; !isOver(); visits++) {
    const socket = come(port, `visitor ${visits}`);
    await until(socket, (text) => text.includes('"login"'));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    if (socket.destroyed) continue;
    if (visits % 3 === 0) socket.resetAndDestroy();
    else if (visits % 3 === 1) socket.destroy();
    else socket.write(clientFrame(Opcode.close, encodeClose(1000)));
    socket.resume();
    await closed;
  }
  return visits;
}

async function load({ port, members: count, forMs }: CrowdOrder): Promise<CrowdDone> {
  let [thrownOut, heard, isOver] = [0, 0, false];
  const members: Socket[] = [];
  while (members.length < count) {
    const socket = come(port, `member ${members.length} `);
    if (members.length === 0) listen(socket);
    socket.on('data', ({ length }) => {
      heard += length;
    });
    const isIn = until(socket, (text) => text.includes('"login"'));
    socket.once('close', () => {
      if (!isOver) thrownOut++;
    });
    members.push(socket);
    await isIn;
  }
  const [speaker] = members;
  if (speaker === undefined) throw new Error('bug: nobody is there');
  await talk(speaker, 3_000); // what is left of the logins
  const quiet = await talk(speaker, forMs);
  let isDone = false;
  const coming = comeAndGo(port, () => isDone);
  const crowded = await talk(speaker, forMs);
  isDone = true;
  const visits = await coming;
  isOver = true;
  for (const socket of members) socket.destroy();
  return { thrownOut, visits, heardMiB: heard / 2 ** 20, quiet, crowded };
}

process.once('message', (order: CrowdOrder) => {
  void load(order).then((done) => process.send?.(done, () => process.disconnect()));
});
