/**
 * What can be wrong with the bytes of a WebSocket: one kind of finding for decoder and inspector.
 * @module
 */

import type { Language } from '../texts/language.js';
import { problems } from '../texts/problems.en.js';
import { problems as problemsZh } from '../texts/problems.zh.js';
import { speakers, type Values } from '../texts/say.js';
import { describeCloseCode } from './close-codes.js';

/** The kinds of rule that a peer's bytes can break. */
export type ProblemCode =
  | 'reserved-bits'
  | 'reserved-opcode'
  | 'unmasked-client-frame'
  | 'masked-server-frame'
  | 'length-not-shortest'
  | 'length-too-long'
  | 'control-fragmented'
  | 'control-too-long'
  | 'nothing-to-continue'
  | 'message-not-finished'
  | 'message-too-big'
  | 'too-many-fragments'
  | 'bad-close-code'
  | 'bad-utf8'
  | 'bad-deflate'
  | 'data-after-close'
  | 'second-close';

/** One broken rule: its code, the close code that the RFC asks for, the section, one sentence. */
export interface Problem {
  /** Which rule. */
  readonly code: ProblemCode;
  /** The status that a Close frame answers with (RFC 6455 7.4.1): 1002, 1007, 1008 or 1009. */
  readonly closeCode: number;
  /** The section of RFC 6455 that says so, `5.2` for one; another RFC is named: `RFC 7692 7.2.2`. */
  readonly section: string;
  /** What was seen, in English, as it goes on the wire and into traces. */
  readonly message: string;
  /** This frame's own numbers: `describeProblem` makes a sentence of them in any language. */
  readonly values: Values;
  /** Which text says it, where the code has several; that of the code by default. */
  readonly text?: ProblemText;
}

/** The key of a text about a problem. */
export type ProblemText = keyof typeof problems;

const sayIn = speakers({ en: problems, zh: problemsZh }, { grouping: false });

/** Makes a problem, with its English. @internal */
export function problemOf(seen: Omit<Problem, 'message'>): Problem {
  const { code, closeCode, section, values, text } = seen;
  const message = describeProblem(seen);
  return { code, closeCode, section, message, values, ...(text === undefined ? {} : { text }) };
}

/**
 * Says in one clause what was seen.
 *
 * @param language default English, which is the problem's message
 */
export function describeProblem(problem: Omit<Problem, 'message'>, language?: Language): string {
  const { code, values, text = code as ProblemText } = problem;
  const { closeCode } = values;
  const name = typeof closeCode === 'number' ? describeCloseCode(closeCode, language) : '';
  return sayIn(language)(text, { ...values, name });
}

/** A peer broke the protocol: `1002: length 40 written in 16 bits (RFC 6455 5.2)`. */
export class ProtocolError extends Error implements Problem {
  /** `ProtocolError`. */
  override readonly name = 'ProtocolError';
  /** Which rule. */
  readonly code: ProblemCode;
  readonly closeCode: number;
  readonly section: string;
  readonly values: Values;
  readonly text?: ProblemText;

  constructor(problem: Problem) {
    super(`${problem.closeCode}: ${problem.message} (${sectionName(problem.section)})`);
    this.code = problem.code;
    this.closeCode = problem.closeCode;
    this.section = problem.section;
    this.values = problem.values;
    if (problem.text !== undefined) this.text = problem.text;
  }
}

/** A section with its RFC: `5.2` is of RFC 6455, others say theirs. */
export function sectionName(section: string): string {
  return section.startsWith('RFC') ? section : `RFC 6455 ${section}`;
}
