/**
 * What can be wrong with the bytes of a WebSocket: one kind of finding for decoder and inspector.
 * @module
 */

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
  | 'bad-deflate';

/** One broken rule: its code, the close code that the RFC asks for, the section, one sentence. */
export interface Problem {
  /** Which rule. */
  readonly code: ProblemCode;
  /** The status that a Close frame answers with (RFC 6455 7.4.1): 1002, 1007, 1008 or 1009. */
  readonly closeCode: number;
  /** The section of RFC 6455 that says so, `5.2` for one; another RFC is named: `RFC 7692 7.2.2`. */
  readonly section: string;
  /** What was seen, with this frame's own numbers. */
  readonly message: string;
}

/** A peer broke the protocol: `1002: length 40 written in 16 bits (RFC 6455 5.2)`. */
export class ProtocolError extends Error implements Problem {
  /** `ProtocolError`. */
  override readonly name = 'ProtocolError';
  /** Which rule. */
  readonly code: ProblemCode;
  readonly closeCode: number;
  readonly section: string;

  constructor(problem: Problem) {
    super(`${problem.closeCode}: ${problem.message} (${sectionName(problem.section)})`);
    this.code = problem.code;
    this.closeCode = problem.closeCode;
    this.section = problem.section;
  }
}

/** A section with its RFC: `5.2` is of RFC 6455, others say theirs. */
export function sectionName(section: string): string {
  return section.startsWith('RFC') ? section : `RFC 6455 ${section}`;
}
