/**
 * Asks a server one rule, on a connection of its own.
 * @module
 */

import type { Came } from './came.js';
import { Conversation } from './conversation.js';
import { judgeFrames, PASS, type Verdict, verdict, type WhyCode } from './judge.js';
import { judgeOpening } from './judge-opening.js';
import { type Asker, hasPong, inflaterOf, type Manners, part, QUIET_MS } from './manners.js';
import { requestBytes } from './request.js';
import type { Act, Expect, Rule } from './rule.js';
import { stand } from './standing.js';

/** Between two pieces that are to arrive one by one. */
const PIECE_MS = 5;

/** Bytes of what was sent that a report has. */
const MOST_SHOWN = 32;

/** Reasons that would also be those of a server which is gone, or hangs. */
const SILENCE: readonly WhyCode[] = [
  'deaf',
  'waits',
  'no-answer',
  'close-unanswered',
  'no-pong',
  'pong-missing',
  'echo-missing',
  'not-opened',
];

/** What was asked, and what came. */
export interface Asked {
  /** What is to be said of it. */
  verdict: Verdict;
  /** What the rule is about, the frames or the request: how many bytes, and the first of them. */
  sent: { length: number; begins: Uint8Array };
  /** What came. */
  came: Came;
  /** Frames that had come before the frames of the rule went out. */
  before: number;
  /** Whether the server may be gone: it ended the connection without a word, or said nothing. */
  isDoubtful: boolean;
}

/** Asks. @throws SocketError connect ECONNREFUSED and the like */
export async function ask(rule: Rule, asker: Asker, manners: Manners): Promise<Asked> {
  const { net, target, compression, patienceMs } = asker;
  const conversation = await Conversation.connect(net, target, (head) =>
    inflaterOf(head, compression),
  );
  const question = new Question(rule, asker, manners, conversation);
  try {
    return await question.ask();
  } finally {
    await part(conversation, patienceMs);
  }
}

/** One rule on one connection. */
class Question {
  readonly #rule: Rule;
  readonly #asker: Asker;
  readonly #manners: Manners;
  readonly #conversation: Conversation;
  readonly #expect: Expect;
  #sent = { length: 0, begins: new Uint8Array(0) };
  #framesBefore = 0;
  /** Whether the first bytes of what the rule does went out. */
  #wentOut = false;

  constructor(rule: Rule, asker: Asker, manners: Manners, conversation: Conversation) {
    this.#rule = rule;
    this.#asker = asker;
    this.#manners = manners;
    this.#conversation = conversation;
    this.#expect = typeof rule.expect === 'function' ? rule.expect() : rule.expect;
  }

  async ask(): Promise<Asked> {
    const judged = await this.#answer();
    const { came } = this.#conversation;
    const isQuiet = came.end === null && came.close === null;
    const isSilent = isQuiet && SILENCE.includes(judged.why?.code ?? 'broke');
    return {
      verdict: levelled(judged, this.#rule),
      sent: this.#sent,
      // as it was judged: the farewell brings more
      came: { ...came, frames: [...came.frames], pongs: [...came.pongs] },
      before: this.#framesBefore,
      isDoubtful: isSilent || (came.end !== null && came.close === null),
    };
  }

  async #answer(): Promise<Verdict> {
    const opening = await this.#open();
    if (opening !== null) return opening;
    const { came } = this.#conversation;
    const { draft, acts } = this.#rule;
    if (draft?.offer !== undefined && acts !== undefined) {
      const inflater = came.head && inflaterOf(came.head, this.#asker.compression);
      if (inflater === null) return verdict('unseen', 'declined');
    }
    // 101 and the right key are all that can be seen of such a server
    if (this.#expect.is === 'opens' && !this.#manners.pongs) return PASS;
    // what it says unasked has come before the frames go out; else it might be taken for an answer
    const isSurvived = this.#expect.is === 'survived';
    if (!this.#manners.pongs || isSurvived) await this.#conversation.pause(QUIET_MS);
    const before = came.messages.length;
    if (!isAboutRequest(this.#rule)) this.#framesBefore = came.frames.length;
    const missing = await this.#act();
    if (isSurvived) {
      await this.#conversation.pause(QUIET_MS);
      return this.#wentOut ? PASS : verdict('unseen', 'not-sent');
    }
    const standing = await stand({
      conversation: this.#conversation,
      asker: this.#asker,
      manners: this.#manners,
      expect: this.#expect,
      before,
    });
    const judged = judgeFrames(
      this.#expect.is === 'opens' ? { is: 'taken' } : this.#expect,
      standing,
      came,
      came.messages.slice(before),
      this.#manners,
    );
    // what was waited for within the frames is what the rule is about
    if (missing !== null && (standing === 'stands' || standing === 'silent')) return missing;
    // who was never asked has kept nothing
    const sends = acts?.().some((act) => act instanceof Uint8Array) ?? false; // beside its request
    if (sends && !this.#wentOut && judged.outcome !== 'fail') return verdict('unseen', 'not-sent');
    return judged;
  }

  /** Sends the request, and looks at the answer. @returns a verdict where that is all */
  async #open(): Promise<Verdict | null> {
    const { draft, cut, group } = this.#rule;
    const request = requestBytes(this.#asker.target, draft);
    if (isAboutRequest(this.#rule)) this.#note(request);
    const { came } = this.#conversation;
    for (const piece of pieces(request, cut)) {
      if (came.end !== null) break;
      await this.#conversation.send(piece, this.#asker.patienceMs);
      if (cut !== undefined) await this.#conversation.pause(PIECE_MS);
    }
    await this.#conversation.until(
      () => came.head !== null || came.noHttp !== null,
      this.#asker.patienceMs,
    );
    const isAboutOpening = ['opens', 'not-opened', 'answered'].includes(this.#expect.is);
    const judged = judgeOpening(isAboutOpening ? this.#expect : { is: 'opens' }, came, request);
    if (judged === null || isAboutOpening || group === 'opening') return judged;
    return verdict('unseen', 'not-opened');
  }

  /** Does what the rule does. @returns what did not come that it waited for */
  async #act(): Promise<Verdict | null> {
    const { came } = this.#conversation;
    let wasSent = false;
    for (const act of this.#rule.acts?.() ?? []) {
      if (came.end !== null || came.close !== null || came.problem !== null) break;
      if (act instanceof Uint8Array) {
        if (wasSent) await this.#conversation.pause(PIECE_MS);
        wasSent = true;
        if (!isAboutRequest(this.#rule)) this.#note(act);
        const before = this.#conversation.taken;
        await this.#conversation.send(act, this.#asker.patienceMs);
        // what answers too soon, as to a message that is too big, may keep the rest from going out
        if (this.#conversation.taken > before) this.#wentOut = true;
      } else if ('pong' in act) {
        const missing = await this.#awaitPong(act);
        if (missing !== null) return missing;
      } else if (act.end === 'fin') this.#conversation.shutdown();
      else {
        await this.#conversation.pause(QUIET_MS);
        this.#conversation.close('reset');
      }
    }
    return null;
  }

  async #awaitPong({ pong }: Extract<Act, { pong: Uint8Array }>): Promise<Verdict | null> {
    const { came } = this.#conversation;
    const isThere = (): boolean =>
      hasPong(this.#conversation, pong) || came.close !== null || came.problem !== null;
    // who has answered none at the beginning is not waited for long
    const patienceMs = this.#manners.pongs ? this.#asker.patienceMs : QUIET_MS;
    await this.#conversation.until(isThere, patienceMs);
    if (hasPong(this.#conversation, pong)) return null;
    const [other] = came.pongs;
    if (other === undefined) return verdict('fail', 'pong-missing');
    return verdict('fail', 'pong-differs', { length: other.payload.length, expected: pong.length });
  }

  #note(bytes: Uint8Array): void {
    const { length, begins } = this.#sent;
    const more = bytes.subarray(0, MOST_SHOWN - begins.length);
    const all = new Uint8Array(begins.length + more.length);
    all.set(begins);
    all.set(more, begins.length);
    this.#sent = { length: length + bytes.length, begins: all };
  }
}

/** Whether what a rule is about is the request, and not the frames behind it. */
export function isAboutRequest({ group, acts }: Rule): boolean {
  return group === 'opening' || acts === undefined;
}

/** What is only a SHOULD is noted, except for what the server itself broke of the protocol. */
function levelled(judged: Verdict, { level }: Rule): Verdict {
  const isOwn = ['broke', 'late', 'flood', 'died'].includes(judged.why?.code ?? '');
  if (judged.outcome !== 'fail' || level !== 'should' || isOwn) return judged;
  return { ...judged, outcome: 'noted' };
}

function pieces(request: Uint8Array, cut: Rule['cut']): Uint8Array[] {
  if (cut === undefined) return [request];
  if (cut === 'bytes') return Array.from(request, (byte) => Uint8Array.of(byte));
  const half = Math.floor(request.length / 2);
  return [request.subarray(0, half), request.subarray(half)];
}
