/**
 * Asks a server every rule, one after the other, and makes the report: plain data, in no language.
 * @module
 */

import { toHex } from '../bytes.js';
import { SocketError } from '../net/net.js';
import { Opcode } from '../websocket/frame.js';
import { shown } from '../websocket/http.js';
import { type Asked, ask, isAboutRequest } from './ask.js';
import { statusOf } from './came.js';
import type { Conversation } from './conversation.js';
import { type Outcome, type Verdict, verdict, type WhyCode } from './judge.js';
import { type Asker, begin, isOpened, isSame, type Manners, meet, part, TOKEN } from './manners.js';
import { requestBytes } from './request.js';
import type { Group, Level, Rule, RuleCode } from './rule.js';
import { RULES } from './rules.js';

/** Something that came from the server, in the order in which it came. */
export type CameItem =
  | { kind: 'http'; line: string }
  | { kind: 'frame'; opcode: number; fin: boolean; length: number; begins: string; code?: number }
  | { kind: 'end'; how: 'fin' | 'reset' | 'flood' };

/** What became of one rule. */
export interface Result {
  /** The rule's name. */
  id: string;
  /** What it is about. */
  group: Group;
  /** The section: `5.5.2` of RFC 6455, or `RFC 7692 7.2.2`. */
  section: string;
  /** MUST or SHOULD. */
  level: Level;
  /** The rule in words: a key and values. */
  rule: { code: RuleCode; values: Readonly<Record<string, string | number>> };
  /** What became of it. */
  outcome: Outcome;
  /** Why; null where all was as it should be. */
  why: Verdict['why'];
  /** What was sent, the request or frames: bytes, and the first of them in hex. */
  sent: { what: 'request' | 'frames'; length: number; hex: string };
  /** What came: the answer to the request where the rule is about that, frames, the end. */
  came: readonly CameItem[];
  /** How many frames came; `came` has the first. */
  frames: number;
  /** Whether a ping behind it was answered. */
  proof: boolean;
}

/** Why a probe ended before its last rule. */
export interface Stopped {
  /**
   * `gone`: nobody listens any more. `stuck`: a right request was not answered in time. `hung-up`: the
   * server ended the connection instead. `flood`: it sent more than is read, and would again.
   */
  how: 'gone' | 'stuck' | 'hung-up' | 'flood';
  /** The rule after which it was so; null where that was before the first. */
  rule: string | null;
}

/** What a server did with the rules of the RFC. */
export interface ProbeReport {
  /** The form of this report. */
  version: 1;
  /** Whom it is about. */
  url: string;
  /** What the server is like. */
  manners: Manners;
  /** One for each rule that was to be asked, in order. */
  results: Result[];
  /** How many came out how. */
  counts: Record<Outcome, number>;
  /** Why some were not asked; null where all were. */
  stopped: Stopped | null;
}

/** How a probe is done. */
export interface ProbeOptions extends Asker {
  /** The URL, for the report. */
  url: string;
  /** Which rules; all by default. */
  rules?: readonly Rule[];
  /** Is told what the server is like, before the first rule. */
  onMeet?(manners: Manners): void;
  /** Is told of each result when it is there. */
  onResult?(result: Result): void;
}

/** Frames that a report names of one rule. */
const MOST_FRAMES = 8;

/**
 * Asks a server every rule.
 *
 * @throws SocketError connect ECONNREFUSED and the like, before the first rule
 */
export async function probe(options: ProbeOptions): Promise<ProbeReport> {
  const { url, rules = RULES, onMeet, onResult } = options;
  const manners = await meet(options);
  onMeet?.(manners);
  const results: Result[] = [];
  const deaf = manners.opens ? null : await whatAnswers(options);
  let stopped: Stopped | null = deaf && { how: deaf, rule: null };
  const tell = (result: Result): void => {
    results.push(result);
    onResult?.(result);
  };
  for (const rule of rules) {
    const unasked = whyNotAsked(rule, options, manners, stopped);
    if (unasked !== null) {
      tell(resultOf(rule, null, verdict('unseen', unasked)));
      continue;
    }
    const look = await askAndLook(rule, options, manners);
    const before = results.at(-1)?.id ?? null;
    tell(resultOf(rule, look.asked, look.verdict));
    if (look.how !== null) {
      // where not even the WebSocket was opened, it was the rule before
      const isLater = look.asked === null || look.asked.verdict.why?.code === 'not-opened';
      stopped = { how: look.how, rule: isLater ? before : rule.id };
    }
  }
  const counts = { pass: 0, noted: 0, fail: 0, unseen: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return { version: 1, url, manners, results, counts, stopped };
}

function whyNotAsked(
  { group }: Rule,
  { compression }: Asker,
  { opens, deflates }: Manners,
  stopped: Stopped | null,
): WhyCode | null {
  if (stopped !== null) return 'not-run';
  if (group !== 'opening' && !opens) return 'not-opened';
  if (group === 'deflate' && compression === null) return 'no-compression';
  return group === 'deflate' && !deflates ? 'declined' : null;
}

/** What came of a rule, and why the server cannot be asked any further; null where it can. */
interface Look {
  asked: Asked | null;
  verdict: Verdict;
  how: Stopped['how'] | null;
}

/** Asks, and looks afterwards whether the server is still there where that is in doubt. */
async function askAndLook(rule: Rule, asker: Asker, manners: Manners): Promise<Look> {
  let asked: Asked;
  try {
    asked = await ask(rule, asker, manners);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    return { asked: null, verdict: verdict('unseen', 'not-run'), how: 'gone' };
  }
  if (asked.came.end === 'flood') return { asked, verdict: asked.verdict, how: 'flood' };
  const doubts = asked.isDoubtful || ('is' in rule.expect && rule.expect.is === 'survived');
  const how = doubts ? await whatAnswers(asker) : null;
  switch (how) {
    case null:
      return { asked, verdict: asked.verdict, how };
    case 'gone':
      return { asked, verdict: verdict('fail', 'died'), how };
    default:
      // it may only be slow: then it is not blamed for what it did not say
      return { asked, verdict: verdict('unseen', 'stuck'), how };
  }
}

/** Times that a connection may end before it is answered: a server that dies is not gone at once. */
const MOST_TRIES = 3;

/** Whether a right request is still answered: null where it is, by whatever answer. */
async function whatAnswers(asker: Asker): Promise<Exclude<Stopped['how'], 'flood'> | null> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    let conversation: Conversation;
    try {
      conversation = await begin(asker);
    } catch (error) {
      if (error instanceof SocketError) return 'gone';
      throw error;
    }
    await isOpened(conversation, requestBytes(asker.target), asker.patienceMs);
    const { head, noHttp, end } = conversation.came;
    await part(conversation, asker.patienceMs);
    if (head !== null || noHttp !== null) return null;
    if (end !== 'fin' && end !== 'reset') return 'stuck';
  }
  return 'hung-up';
}

function resultOf(rule: Rule, asked: Asked | null, { outcome, why }: Verdict): Result {
  const { id, group, section, level = 'must', says } = rule;
  return {
    id,
    group,
    section,
    level,
    rule: { code: says.code, values: says.values ?? {} },
    outcome,
    why,
    sent: {
      what: isAboutRequest(rule) ? 'request' : 'frames',
      length: asked?.sent.length ?? 0,
      hex: toHex(asked?.sent.begins ?? new Uint8Array(0)),
    },
    came: asked === null ? [] : cameOf(asked, isAboutRequest(rule)),
    frames: asked === null ? 0 : asked.came.frameCount - asked.before,
    proof: asked?.came.pongs.some(({ payload }) => isSame(payload, TOKEN)) ?? false,
  };
}

/** @param withHead whether the answer to the request is to be told: else it is always the same */
function cameOf({ came, before }: Asked, withHead: boolean): CameItem[] {
  const { head, frames, close, end } = came;
  const items: CameItem[] = [];
  if (head !== null && (withHead || statusOf(head) !== 101)) {
    items.push({ kind: 'http', line: shown(head.startLine) });
  }
  for (const { opcode, fin, length, begins } of frames.slice(before, before + MOST_FRAMES)) {
    if (opcode === Opcode.pong && isSame(begins, TOKEN)) continue;
    const code = opcode === Opcode.close && close !== null ? { code: close.code } : {};
    items.push({ kind: 'frame', opcode, fin, length, begins: toHex(begins), ...code });
  }
  if (end !== null) items.push({ kind: 'end', how: end });
  return items;
}
