/**
 * The way from a student's terminal to a class: where its room is and who the student is there, kept in
 * the student's folder; and what is sent. A room that does not answer never costs a check more than
 * some seconds.
 * @module
 */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readServerMessage } from '../chat/vocabulary.js';
import { WebSocketClient } from '../chat/websocket-client.js';
import {
  type HelloMessage,
  isPerson,
  type ProgressMessage,
  readClassAnswer,
  type Why,
} from '../class/messages.js';
import { lessonNumbers } from '../lesson/lesson.js';
import type { Progress } from '../lesson/progress.js';
import { readText } from '../lesson/text-file.js';
import { NodeNet } from '../net/node.js';
import { runLoop } from '../trace/loop.js';
import { CloseCode } from '../websocket/closing.js';

/** Where the class is, and who the student is there. */
export interface ClassLink {
  /** `ws://HOST:PORT`. */
  readonly room: string;
  readonly person: string;
  readonly name: string;
}

/** Milliseconds that a room has for its answers. */
const PATIENCE_MS = 2_000;

function fileIn(folder: string): string {
  return join(folder, 'class.json');
}

/** Reads it. @returns null where there is none @throws Error where the file is none that was written here */
export function readLink(folder: string): ClassLink | null {
  const file = fileIn(folder);
  if (!existsSync(file)) return null;
  const { room, person, name } = JSON.parse(readText(file)) as Partial<ClassLink>;
  const isLink = typeof room === 'string' && typeof person === 'string' && isPerson(person);
  if (!isLink || typeof name !== 'string') throw new TypeError(file);
  return { room, person, name };
}

/** Keeps it. */
export function writeLink(folder: string, link: ClassLink): void {
  writeFileSync(fileIn(folder), `${JSON.stringify(link, null, 2)}\n`, { mode: 0o600 });
}

/** A lesson that was checked now, and what came of it. */
export interface Checked {
  readonly lesson: number;
  /** The key of the reason; null where it passed. */
  readonly failure: string | null;
}

/** All that was done, the checks of now last. */
export function messagesOf(
  { person, name }: ClassLink,
  progress: Progress,
  checked: readonly Checked[] = [],
): ProgressMessage[] {
  const who = { type: 'progress', person, name: name === '' ? null : name } as const;
  const touched = lessonNumbers().filter((lesson) => isTouched(progress, lesson));
  const before = touched.filter((number) => !checked.some(({ lesson }) => lesson === number));
  return [
    ...before.map((lesson): ProgressMessage => {
      return { ...who, lesson, what: 'done', failure: null, done: progress.of(lesson) };
    }),
    ...checked.map(({ lesson, failure }): ProgressMessage => {
      return { ...who, lesson, what: 'checked', failure, done: progress.of(lesson) };
    }),
  ];
}

function isTouched(progress: Progress, lesson: number): boolean {
  const { begun, checks, hints, prediction } = progress.of(lesson);
  return begun || checks > 0 || hints.length > 0 || prediction !== null;
}

/** How sending ended: all was taken, one was not, or the answers did not come. */
export type Sent = 'taken' | { readonly why: Why } | 'silent' | 'no-class';

/**
 * Sends it, behind a hello, so that an ordinary room is told from a class.
 *
 * @throws SocketError connect ECONNREFUSED and the like; TypeError for a URL that is none
 */
export async function sendToClass(
  { room, person, name }: ClassLink,
  messages: readonly ProgressMessage[],
  patienceMs = PATIENCE_MS,
): Promise<Sent> {
  const net = new NodeNet();
  let sent: Sent = 'silent';
  let left = messages.length;
  let client: WebSocketClient | null = null;
  const hear = (text: string): void => {
    const answer = readClassAnswer(text);
    // an ordinary room says in a sentence that it knows no such type
    if (answer === null && readServerMessage(text)?.type === 'system') sent = 'no-class';
    if (answer?.type === 'progress') {
      left--;
      if (!answer.taken && answer.why !== null) sent = { why: answer.why };
    }
    const isHeard = answer?.type === 'class' || answer?.type === 'progress';
    if (isHeard && left === 0 && sent === 'silent') sent = 'taken';
    if (sent === 'no-class' || (isHeard && left === 0)) client?.close(CloseCode.normal);
  };
  const patience = setTimeout(() => {
    if (client === null) net.closeAll();
    else client.close(CloseCode.normal);
  }, patienceMs);
  try {
    client = await WebSocketClient.connect(net, room, {
      timeoutMs: patienceMs,
      onopen: () => {
        const hello: HelloMessage = { type: 'class', person, name: name === '' ? null : name };
        for (const message of [hello, ...messages]) client?.send(JSON.stringify(message));
      },
      onmessage: (message) => {
        if (message.isText) hear(message.text);
      },
    });
    await runLoop(net, client);
  } finally {
    clearTimeout(patience);
    net.closeAll();
  }
  return sent;
}
