/**
 * `loopscope class join`: a student at a terminal joins a class once; from then on each check tells it
 * how far the student is. What the class says, or that it is not there, changes nothing of a check.
 * @module
 */

import { nameProblem } from '../chat/vocabulary.js';
import { newPerson } from '../class/messages.js';
import { whyNot } from '../lesson/file-error.js';
import { speak } from '../lesson/texts.js';
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
  const room = /^ws:/.test(address) ? address : await roomOf(address, language);
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

/** The room beside a page. */
async function roomOf(address: string, language: Language): Promise<string> {
  const say = speak(language);
  const page = /^http:/.test(address) ? address : `http://${address}`;
  if (!URL.canParse(page)) throw new Failure(say('join.address', { address }), 2);
  const { origin, hostname } = new URL(page);
  let about: { port?: unknown } | null;
  try {
    const response = await fetch(`${origin}/server.json`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    about = JSON.parse((await response.text()).slice(0, MOST_ABOUT)) as typeof about;
  } catch (error) {
    const message = whyNot(error, language);
    throw new Failure(say('join.unreached', { room: origin, message }));
  }
  const port = about?.port;
  if (!Number.isInteger(port)) throw new Failure(say('join.no-class', { room: origin }));
  return `ws://${hostname}:${port}`;
}
