/**
 * What a server is like, found out before it is asked: whether it answers pings, echoes, answers a
 * Close, compresses. It decides by what the rules can be seen to be kept.
 * @module
 */

import type { Net } from '../net/net.js';
import type { Compression } from '../websocket/deflate.js';
import { Inflater } from '../websocket/deflate.js';
import type { Head } from '../websocket/http.js';
import type { Message } from '../websocket/message.js';
import { statusOf } from './came.js';
import { Conversation } from './conversation.js';
import { binary, bytesOf, close, ping, text } from './frames.js';
import { answerProblem, deflateOf, requestBytes, type Target } from './request.js';
import type { Draft } from './rule.js';

/** Whom a probe asks, over what, and how long it waits. */
export interface Asker {
  /** The network. */
  net: Net;
  /** The server. */
  target: Target;
  /** How long the server may be silent, in milliseconds. */
  patienceMs: number;
  /** For reading what comes compressed; null asks nothing about permessage-deflate. */
  compression: Compression | null;
}

/** What a server is like. */
export interface Manners {
  /** Whether a right request opens a WebSocket. */
  opens: boolean;
  /** Whether it answers a ping. */
  pongs: boolean;
  /** Whether it answers a Close with a Close. */
  closes: boolean;
  /** Whether it sends a message when it got one, whatever it says. */
  talks: boolean;
  /** Whether a text comes back as it was. */
  echoesText: boolean;
  /** Whether bytes come back as they were. */
  echoesBinary: boolean;
  /** Whether it agrees on permessage-deflate. */
  deflates: boolean;
}

/** Long enough for a turn of a server that has nothing else to do; no verdict hangs on it alone. */
export const QUIET_MS = 50;

/** How long a server may take to let go of us. */
const PARTING_MS = 250;

/** How long is waited for what a server seems not to do at all: it was given its time once. */
export const SHORT_MS = 1_000;

/** What is said to find out who talks: a message that a chat may understand. */
export const HELLO = '{"type":"user","content":"loopscope"}';

/** A ping behind everything: who answers it has taken what was in front of it. */
export const TOKEN = bytesOf('loopscope');

/** Connects, and sends a request. */
export async function begin(asker: Asker, draft?: Draft): Promise<Conversation> {
  const { net, target, compression } = asker;
  const conversation = await Conversation.connect(net, target, (head) =>
    inflaterOf(head, compression),
  );
  await conversation.send(requestBytes(target, draft), asker.patienceMs);
  return conversation;
}

/** What inflates what comes from this server on; null where nothing was agreed on. */
export function inflaterOf(head: Head, compression: Compression | null): Inflater | null {
  const agreed = deflateOf(head);
  if (compression === null || agreed === null || typeof agreed === 'string') return null;
  return new Inflater(compression.inflate, agreed, 'server');
}

/** Waits for the answer. @returns whether it opens the WebSocket */
export async function isOpened(
  conversation: Conversation,
  request: Uint8Array,
  patienceMs: number,
): Promise<boolean> {
  const { came } = conversation;
  await conversation.until(() => came.head !== null || came.noHttp !== null, patienceMs);
  const { head } = came;
  return head !== null && statusOf(head) === 101 && answerProblem(head, request) === null;
}

/** Connects and opens a WebSocket; null where that fails. */
async function open(asker: Asker, draft?: Draft): Promise<Conversation | null> {
  const conversation = await begin(asker, draft);
  const request = requestBytes(asker.target, draft);
  if (await isOpened(conversation, request, asker.patienceMs)) return conversation;
  await part(conversation, asker.patienceMs);
  return null;
}

/**
 * Says farewell, and waits a little until the server has ended its side: what it tells others of someone
 * who leaves must not come into the next conversation.
 */
export async function part(conversation: Conversation, patienceMs: number): Promise<void> {
  const { close: closed, end, head } = conversation.came;
  if (end === null) {
    const most = Math.min(patienceMs, PARTING_MS);
    const isOpened = head !== null && statusOf(head) === 101;
    if (isOpened && closed === null) await conversation.send(close(1000), most);
    conversation.shutdown();
    await conversation.until(() => false, most);
  }
  conversation.close();
}

/**
 * Finds out what a server is like.
 *
 * @throws SocketError connect ECONNREFUSED and the like
 */
export async function meet(asker: Asker): Promise<Manners> {
  const manners: Manners = {
    opens: false,
    pongs: false,
    closes: false,
    talks: false,
    echoesText: false,
    echoesBinary: false,
    deflates: false,
  };
  const first = await open(asker);
  if (first === null) return manners;
  manners.opens = true;
  await first.send(ping(TOKEN), asker.patienceMs);
  manners.pongs = (await first.until(() => hasPong(first, TOKEN), asker.patienceMs)) === 'done';
  await part(first, asker.patienceMs);
  const said = await hears(asker, manners.pongs, text(HELLO));
  manners.talks = said.length > 0;
  manners.echoesText = said.some((one) => isSame(one.payload, bytesOf(HELLO)));
  const payload = bytesOf(HELLO);
  manners.echoesBinary = (await hears(asker, manners.pongs, binary(payload))).some((one) =>
    isSame(one.payload, payload),
  );
  manners.closes = await closes(asker);
  if (asker.compression !== null) {
    const compressed = await open(asker, { offer: 'permessage-deflate' });
    const head = compressed?.came.head ?? null;
    manners.deflates = head !== null && deflateOf(head) !== null;
    if (compressed !== null) await part(compressed, asker.patienceMs);
  }
  return manners;
}

/** What comes back for a message. */
async function hears(asker: Asker, pongs: boolean, message: Uint8Array): Promise<Message[]> {
  const conversation = await open(asker);
  if (conversation === null) return [];
  const { came } = conversation;
  await conversation.pause(QUIET_MS);
  const before = came.messages.length;
  await conversation.send(message, asker.patienceMs);
  if (pongs) {
    await conversation.send(ping(TOKEN), asker.patienceMs);
    await conversation.until(() => hasPong(conversation, TOKEN), asker.patienceMs);
  }
  const patienceMs = pongs ? Math.min(SHORT_MS, asker.patienceMs) : asker.patienceMs;
  await conversation.until(() => came.messages.length > before, patienceMs);
  await part(conversation, asker.patienceMs);
  return came.messages.slice(before);
}

async function closes(asker: Asker): Promise<boolean> {
  const conversation = await open(asker);
  if (conversation === null) return false;
  await conversation.send(close(1000), asker.patienceMs);
  await conversation.until(() => conversation.came.close !== null, asker.patienceMs);
  await part(conversation, asker.patienceMs);
  return conversation.came.close !== null;
}

/** Whether a pong with this payload has come, and no Close before it. */
export function hasPong({ came }: Conversation, payload: Uint8Array): boolean {
  return came.pongs.some((pong) => !pong.behindClose && isSame(pong.payload, payload));
}

/** Whether two arrays hold the same bytes. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
