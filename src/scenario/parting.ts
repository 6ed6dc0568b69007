/**
 * What two steps that stand beside each other and differ come to: another form, another setting, a
 * step that one side tells alone, or a place where the two part. Why they part is not known here.
 * @module
 */

import type { TraceRow } from '../trace/diff.js';
import type { TraceEvent } from '../trace/event.js';
import {
  formOfFrames,
  formOfTexts,
  type JsonDifference,
  jsonDifference,
  textOfFrame,
} from './reading.js';

/** What a row that differs comes to. */
export interface Parting {
  /**
   * `form`: the same JSON in another form. `backlog`: a listener with room for more or fewer.
   * `greeting`: the greeting behind a handshake, which one side tells as a step of its own and the
   * other does not. `message`: the same answer, and what was said is told otherwise. `part`: all else.
   */
  kind: 'form' | 'backlog' | 'greeting' | 'message' | 'part';
  /** The number of the defect that the two steps themselves show; null where they do not tell. */
  defect: string | null;
  /** Where their JSON parts; null where one is none, or it is the same. */
  json: JsonDifference | null;
}

/** The original's backlog, and the number under which the table has it. */
const BACKLOG = { original: 9, defect: 'D28' } as const;

/** Tells what a row comes to; null for one that is the same on both sides. */
export function partingOf({ same, left, right }: TraceRow): Parting | null {
  if (same) return null;
  const found = (kind: Parting['kind'], defect: string | null = null): Parting => ({
    kind,
    defect,
    json: null,
  });
  if (left === null || right === null) {
    return found(isGreeting(left ?? right) ? 'greeting' : 'part');
  }
  if (left.step === 'listen' && right.step === 'listen' && left.fd === right.fd) {
    const isOriginals = [left, right].some(({ backlog }) => backlog === BACKLOG.original);
    return found('backlog', isOriginals ? BACKLOG.defect : null);
  }
  if (left.step === 'deal' && right.step === 'deal') {
    if (left.reply === right.reply && left.fd === right.fd) return found('message');
    const form = formOfTexts(left.reply, right.reply);
    if (form !== null) return found('form', form.defect);
    return { ...found('part'), json: jsonDifference(left.reply, right.reply) };
  }
  if (left.step === 'broadcast' && right.step === 'broadcast') {
    const areSame = String(left.to) === String(right.to);
    const form = areSame ? formOfFrames(left.bytes, right.bytes) : null;
    if (form !== null) return found('form', form.defect);
    const texts = [textOfFrame(left.bytes) ?? '', textOfFrame(right.bytes) ?? ''] as const;
    return { ...found('part'), json: jsonDifference(...texts) };
  }
  return found('part');
}

/** The first row in which the two part; the first that differs at all where they nowhere do; -1 for none. */
export function firstParting(rows: readonly TraceRow[]): number {
  const parts = rows.findIndex((row) => partingOf(row)?.kind === 'part');
  return parts === -1 ? rows.findIndex(({ same }) => !same) : parts;
}

/** The greeting behind a handshake: the original sends it without a step of its own. */
function isGreeting(event: TraceEvent | null): boolean {
  if (event?.step !== 'broadcast') return false;
  return /^\{"type":"handshake"[,}]/.test(textOfFrame(event.bytes) ?? '');
}
