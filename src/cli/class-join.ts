/**
 * `loopscope class join`: a student at a terminal joins a class once; from then on each check tells it
 * how far the student is. What the class says, or that it is not there, changes nothing of a check.
 * @module
 */

import { nameProblem } from '../chat/vocabulary.js';
import { newPerson } from '../class/messages.js';
import { type Say, speak } from '../lesson/texts.js';
import {
  type Checked,
  type ClassLink,
  messagesOf,
  readLink,
  type Sent,
  sendToClass,
  writeLink,
} from '../terminal/class-link.js';
import { Failure } from '../terminal/failure.js';
import { warn, writeText } from '../terminal/print.js';
import { Student, shownPath } from '../terminal/student.js';
import { describeError } from '../texts/errors.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';

/** What `loopscope class join` takes. */
export interface ClassJoinOptions {
  /** The student's name there; none if none is given. */
  name?: string;
}

/** Milliseconds that a page has to say where its room is. */
const PATIENCE_MS = 3_000;

/** What a page says of its room takes some hundreds of characters. */
const MOST_ABOUT = 16_384;

/**
 * Joins: asks the class whether it is one, tells it what was done so far, and keeps where it is.
 *
 * @param address what stands on the wall, `HOST:PORT` of the page; or `ws://HOST:PORT` of the room
 * @throws Failure (2) for an address or a name that is none; (1) where there is no class
 */
export async function classJoin(
  address: string,
  { name }: ClassJoinOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const say = speak(language);
  const problem = name === undefined ? null : nameProblem(name);
  if (problem !== null) throw new Failure(problem, 2);
  const student = new Student(language);
  const { path } = student.folder;
  const before = linkIn(path);
  const isRoom = /^ws:/.test(address);
  if (isRoom && !URL.canParse(address)) throw new Failure(say('join.address', { address }), 2);
  const room = isRoom ? address : await roomOf(address, language);
  const person = before?.person ?? newPerson();
  const link = { room, person, name: name ?? before?.name ?? '' };
  const messages = messagesOf(link, student.progress);
  const trouble = await troubleOf(link, () => sendToClass(link, messages), language);
  if (trouble !== null) throw new Failure(trouble);
  student.save();
  writeLink(path, link);
  writeText(`${say('join.done', { room, n: messages.length, path: shownPath(path) })}\n`);
}

/** Tells the class of checks, where the student has joined one. One line says that it was not reached. */
export async function tellClass(student: Student, checked: readonly Checked[]): Promise<void> {
  const { folder, progress, language } = student;
  const link = linkIn(folder.path);
  if (link === null) return;
  const messages = messagesOf(link, progress, checked);
  const trouble = await troubleOf(link, () => sendToClass(link, messages), language);
  if (trouble !== null) warn(trouble);
}

/** A file that someone has written into is as if there were none. */
function linkIn(folder: string): ClassLink | null {
  try {
    return readLink(folder);
  } catch {
    return null;
  }
}

/** What went wrong, in one sentence; null where all was taken. */
async function troubleOf(
  { room }: ClassLink,
  send: () => Promise<Sent>,
  language: Language,
): Promise<string | null> {
  const say = speak(language);
  try {
    const sent = await send();
    if (sent === 'taken') return null;
    if (sent === 'silent') return say('join.silent', { room });
    if (sent === 'no-class') return say('join.no-class', { room });
    return say('join.refused', { room, why: sent.why });
  } catch (error) {
    return say('join.unreached', { room, message: describeError(error, language) });
  }
}

/** The room beside a page. @throws Failure (2) for no address; (1) where no page of a class answers */
async function roomOf(address: string, language: Language): Promise<string> {
  const say = speak(language);
  const { origin, hostname } = pageOf(address, say);
  const about = await aboutOf(origin, say);
  if (about === null) throw new Failure(say('join.stranger', { room: origin }));
  if (about.class === undefined) throw new Failure(say('join.no-class', { room: origin }));
  return `ws://${hostname}:${about.port}`;
}

/** A page's address; without a scheme, with a port, since nobody has a class at port 80 by chance. */
function pageOf(address: string, say: Say): URL {
  const page = /^https?:/.test(address) ? address : `http://${address}`;
  const isWhole = page === address || /:\d+(\/|$)/.test(address);
  if (!isWhole || !URL.canParse(page)) throw new Failure(say('join.address', { address }), 2);
  return new URL(page);
}

/** What a page says of its room; null where it is none of ours. @throws Failure where nobody answers */
async function aboutOf(origin: string, say: Say): Promise<{ port: number; class?: object } | null> {
  let text: string;
  try {
    const response = await fetch(`${origin}/server.json`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = (await response.text()).slice(0, MOST_ABOUT);
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    const why = typeof code === 'string' ? code : message; // that of a time-out is a number
    if (why.startsWith('HPE_')) return null; // it speaks, but not HTTP
    throw new Failure(say('join.nobody', { room: origin, why }));
  }
  try {
    const about = JSON.parse(text) as { port: number; class?: object };
    return Number.isInteger(about.port) ? about : null;
  } catch {
    return null;
  }
}
