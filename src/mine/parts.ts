/**
 * Which exercise is which part of one server: the table behind "my server". What each adds, and where the
 * room calls it, is said here; the adapters stand in the files beside.
 * @module
 */

import type { Progress } from '../lesson/progress.js';
import type { StepName } from '../trace/event.js';

/** A part, by its name in the trace. */
export type PartId =
  | 'accept'
  | 'recv'
  | 'head'
  | 'accept-key'
  | 'header-bits'
  | 'lengths'
  | 'unmask'
  | 'broadcast'
  | 'states'
  | 'control-frames'
  | 'utf-8'
  | 'outbox'
  | 'time-out';

/** A part of the server, and the exercise that is it. */
export interface Part {
  readonly id: PartId;
  /** The number of the lesson. */
  readonly lesson: number;
  /** What the room calls of what the exercise exports. */
  readonly functions: readonly string[];
  /** What else it exports and the room has no use for; a text says why, `left-out.` and the part. */
  readonly leftOut: readonly string[];
  /** Where the kit's own stands: a file of `src`, `#`, and the name in it. */
  readonly seam: string;
  /** The step of the trace that is its work. */
  readonly step: StepName;
}

/** All of them, in the order of the lessons. */
export const PARTS: readonly Part[] = [
  part('accept', 5, ['acceptClient'], 'chat/listener.ts#accept', 'accept'),
  part('recv', 6, ['serveClient'], 'chat/server.ts#recv', 'recv'),
  part('head', 8, ['takeBytes'], 'websocket/http.ts#HeadReader', 'handshake', ['parseFields']),
  part('accept-key', 9, ['acceptKey'], 'websocket/handshake.ts#acceptKey', 'handshake'),
  part('header-bits', 10, ['readTwoBytes'], 'websocket/parser.ts#parseFrame', 'parse'),
  part('lengths', 11, ['readLength', 'writeLength'], 'websocket/frame.ts#encodeFrame', 'parse'),
  part('unmask', 12, ['unmask'], 'websocket/mask.ts#mask', 'parse', ['payloadOf']),
  part('broadcast', 13, ['broadcast'], 'chat/parts.ts#broadcast', 'broadcast'),
  part('states', 14, ['hearers'], 'chat/parts.ts#broadcast', 'broadcast', ['receive']),
  part('control-frames', 15, ['answer', 'closeFrame'], 'websocket/connection.ts#receive', 'parse'),
  part('utf-8', 16, ['takeText'], 'websocket/utf8.ts#Utf8Checker', 'parse'),
  part('outbox', 17, ['drain'], 'chat/clients.ts#flush', 'send', ['broadcast']),
  part('time-out', 18, ['waitAtMost'], 'chat/server.ts#timeoutMs', 'select', ['serve']),
];

function part(
  id: PartId,
  lesson: number,
  functions: string[],
  seam: string,
  step: StepName,
  leftOut: string[] = [],
): Part {
  return { id, lesson, functions, leftOut, seam, step };
}

/** The parts whose lessons were passed. */
export function passedParts(progress: Pick<Progress, 'of'>): Part[] {
  return PARTS.filter(({ lesson }) => progress.of(lesson).passed);
}

/** A part by its name. */
export function partOf(id: PartId): Part {
  const found = PARTS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`bug: no part ${id}`);
  return found;
}
