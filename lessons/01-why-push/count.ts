/**
 * News for readers, told in three ways: they ask again and again, they leave a request pending, or
 * the server pushes over WebSocket. Counts what crosses the network. Made for lesson 1.
 */

import {
  type Fd,
  FdSet,
  HeadReader,
  type Net,
  Random,
  runLoop,
  type TraceEvent,
  WebSocketClient,
} from 'loopscope';
import type { Networks } from 'loopscope/lesson';
import { Board, Pusher, requestFor } from './servers.js';

/** How the readers get the news. */
export type Way = 'polling' | 'pending' | 'websocket';

/** What happens. */
export interface Plan {
  /** How many readers there are. */
  readers: number;
  /** The news, in the order in which it happens. */
  news: readonly string[];
  /** How often each reader asks, when polling; the last time is after all the news. */
  asks: number;
  /** Milliseconds between two questions, when polling. */
  everyMs: number;
}

/** What crossed the network, and how late the news was. */
export interface Counts {
  /** HTTP requests, the one that opens a WebSocket among them. */
  requests: number;
  /** Bytes in both directions. */
  bytes: number;
  /** Milliseconds from when it happened to when a reader had it, for each piece of news and reader. */
  delays: number[];
  /** What the server's loop did. */
  events: TraceEvent[];
}

const NONE = new FdSet();
const RECV_LENGTH = 65_536;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Plays a plan in one of the ways. */
export async function count(networks: Networks, way: Way, plan: Plan): Promise<Counts> {
  const { server: net, address } = networks;
  const counts: Counts = { requests: 0, bytes: 0, delays: [], events: [] };
  const happened: number[] = [];
  const heard = (index: number): void => {
    counts.delays.push(net.now() - (happened[index] ?? 0));
  };
  const server = way === 'websocket' ? new Pusher(net) : new Board(net, way === 'pending');
  const opened = await server.listen(address);
  const bind = opened.find((step) => step.step === 'bind');
  const to = { ...address, port: bind?.port ?? 0 };
  const running = runLoop(net, server, (event) => void counts.events.push(event), opened);

  const readers = Array.from({ length: plan.readers }, (_, i) => {
    const client = counted(networks.client(`reader-${i + 1}`), counts);
    if (way !== 'websocket') return ask(client, to, way, plan, counts, heard);
    counts.requests++;
    return listenTo(client, `ws://${to.host}:${to.port}`, plan, i, heard);
  });
  const clock = networks.client('clock');
  for (const [i, text] of plan.news.entries()) {
    // spread over the time in which readers poll, and never at the moment of a question
    const at = ((i + 0.5) * (plan.asks - 1) * plan.everyMs) / plan.news.length + plan.everyMs / 7;
    await clock.select(NONE, NONE, NONE, Math.max(0, at - clock.now()));
    happened.push(net.now());
    server.tell(text);
  }
  const leave = await Promise.all(readers);
  const { requests, bytes } = counts; // goodbyes do not count
  for (const goodbye of leave) await goodbye();
  server.stop();
  await running;
  return { ...counts, requests, bytes };
}

/** Counts the bytes that pass through a reader's network. */
function counted(net: Net, counts: Counts): Net {
  const { recv, send } = net;
  net.recv = (fd, length) => {
    const bytes = recv.call(net, fd, length);
    counts.bytes += bytes.length;
    return bytes;
  };
  net.send = (fd, bytes) => {
    const taken = send.call(net, fd, bytes);
    counts.bytes += taken;
    return taken;
  };
  return net;
}

/** A reader who asks, and asks again: after a while, or as soon as there is an answer. */
async function ask(
  net: Net,
  to: { host: string; port: number },
  way: Way,
  { news, asks, everyMs }: Plan,
  counts: Counts,
  heard: (index: number) => void,
): Promise<() => Promise<void>> {
  const fd = await net.connect(to);
  const start = net.now();
  let have = 0;
  for (let asked = 1; ; asked++) {
    counts.requests++;
    net.send(fd, encoder.encode(requestFor(have)));
    if (way === 'pending' && have === news.length) break; // this one stays pending
    for (const _ of await bodyOf(net, fd)) heard(have++);
    if (way === 'pending') continue;
    if (asked === asks) break;
    const pause = start + asked * everyMs - net.now();
    await net.select(NONE, NONE, NONE, Math.max(0, pause));
  }
  return async () => net.close(fd);
}

/** Waits for one whole answer. @returns its lines */
async function bodyOf(net: Net, fd: Fd): Promise<string[]> {
  const reader = new HeadReader();
  let body = '';
  let length = Number.POSITIVE_INFINITY;
  while (body.length < length) {
    await net.select(new FdSet([fd]), NONE, NONE);
    const bytes = net.recv(fd, RECV_LENGTH);
    if (bytes.length === 0) throw new Error('bug: the board hung up');
    if (length !== Number.POSITIVE_INFINITY) {
      body += decoder.decode(bytes);
      continue;
    }
    const head = reader.feed(bytes);
    if (head === null) continue;
    length = Number(head.headers.get('content-length'));
    body = decoder.decode(head.rest);
  }
  return body.split('\n').slice(0, -1);
}

/** A reader who shakes hands once, and then listens. */
async function listenTo(
  net: Net,
  url: string,
  { news }: Plan,
  seed: number,
  heard: (index: number) => void,
): Promise<() => Promise<void>> {
  const random = new Random(seed); // a page's cannot be foretold; here runs have to repeat
  let have = 0;
  let all: () => void = () => {};
  const done = new Promise<void>((resolve) => {
    all = resolve;
  });
  const client = await WebSocketClient.connect(net, url, {
    random: (bytes) => random.fill(bytes),
    onmessage: () => {
      heard(have++);
      if (have === news.length) all();
    },
  });
  const running = runLoop(net, client);
  await done;
  return async () => {
    client.close();
    await running;
  };
}
