/**
 * Finds out whether a connection goes on behind what a rule has sent: by a ping, by a text where a
 * server answers no ping, or by the Close that comes.
 * @module
 */

import type { Came } from './came.js';
import type { Conversation } from './conversation.js';
import { ping, text } from './frames.js';
import { isEchoed, type Standing } from './judge.js';
import { type Asker, HELLO, hasPong, type Manners, QUIET_MS, SHORT_MS, TOKEN } from './manners.js';
import type { Expect } from './rule.js';

/** What is looked at. */
export interface Look {
  conversation: Conversation;
  asker: Asker;
  manners: Manners;
  expect: Expect;
  /** Messages that were there before the rule's frames went out. */
  before: number;
}

/** Waits for what tells. */
export async function stand(look: Look): Promise<Standing> {
  const { is } = look.expect;
  if (is === 'closed' || is === 'close-refused') return behindClose(look);
  return look.manners.pongs ? byPing(look) : byMessage(look);
}

async function behindClose({ conversation, asker, manners, expect }: Look): Promise<Standing> {
  const { came } = conversation;
  // who answers no Close at the beginning is not waited for long
  const patienceMs = manners.closes ? asker.patienceMs : Math.min(SHORT_MS, asker.patienceMs);
  await conversation.until(() => isOver(came), patienceMs);
  if (expect.is === 'closed' && expect.ends === true) {
    await conversation.until(() => false, patienceMs);
  } else if (expect.is === 'closed' && expect.echo !== undefined) {
    await conversation.until(() => came.late > 0, QUIET_MS);
  }
  return standingOf(came);
}

async function byPing(look: Look): Promise<Standing> {
  const { conversation, asker } = look;
  const { came } = conversation;
  const hasProof = (): boolean => hasPong(conversation, TOKEN);
  if (!isOver(came)) await conversation.send(ping(TOKEN), asker.patienceMs);
  await conversation.until(() => isOver(came) || hasProof(), asker.patienceMs);
  if (!hasProof()) return standingOf(came);
  await awaitEcho(look);
  return 'stands';
}

/** A server that answers no ping stands where it answers a message, or what was sent already. */
async function byMessage(look: Look): Promise<Standing> {
  const { conversation, asker, manners, before } = look;
  const { came } = conversation;
  const speaks = (): boolean => came.messages.length > before;
  await conversation.pause(QUIET_MS);
  if (!speaks() && !isOver(came) && manners.talks) {
    await conversation.send(text(HELLO), asker.patienceMs);
  }
  const patienceMs = manners.talks ? asker.patienceMs : QUIET_MS;
  await conversation.until(() => isOver(came) || speaks(), patienceMs);
  if (isOver(came) || came.end !== null || !speaks()) return standingOf(came);
  await awaitEcho(look);
  return 'stands';
}

/** The pong may overtake what a server sends back. */
async function awaitEcho({ conversation, asker, manners, expect, before }: Look): Promise<void> {
  const { came } = conversation;
  const echo = expect.is === 'taken' || expect.is === 'either' ? (expect.echo ?? []) : [];
  if (!echo.every((one) => isEchoed(one, manners))) return;
  const isThere = (): boolean => came.messages.length - before >= echo.length;
  await conversation.until(() => isThere() || isOver(came), asker.patienceMs);
}

function isOver(came: Came): boolean {
  return came.close !== null || came.problem !== null;
}

function standingOf(came: Came): Standing {
  if (came.close !== null) return 'closed';
  return came.end === null ? 'silent' : 'ended';
}
