/**
 * What becomes of a stream that comes in segments: what the decoder holds after each, and what a server
 * does with it, which is played on the simulated network.
 * @module
 */

import { fromHex, joinBytes } from '../../bytes.js';
import { inspect } from '../../inspect/inspect.js';
import { readFrame } from '../../inspect/read-frame.js';
import { connect, handshake, login, send } from '../../scenario/build.js';
import { compare } from '../../scenario/compare.js';
import type { Action, Scenario } from '../../scenario/scenario.js';
import { describeEnglish } from '../../trace/english.js';
import type { TraceEvent } from '../../trace/event.js';
import { FrameDecoder } from '../../websocket/decoder.js';
import { Opcode, opcodeName } from '../../websocket/frame.js';
import { ServerHandshake } from '../../websocket/handshake.js';
import { type FieldName, newStream } from '../../websocket/parser.js';
import { language } from '../language.js';
import { type PlayedRun, playOn } from '../mine/playing.js';
import type { ServerName } from '../mine/servers.js';
import type { OwnOutcome } from '../mine/worker-words.js';
import { segmentsOf } from './cuts.js';

/** Who sends the stream, and who listens to what the server makes of it. */
export const SENDER = 'Ada';
/** A client that has logged in, and says nothing. */
export const LISTENER = 'Grace';

/** A frame that came out of the decoder. */
export interface DecodedFrame {
  /** The opcode's name. */
  name: string;
  /** In bytes. */
  payloadLength: number;
  /** The payload of a whole text. */
  text: string | null;
}

/** Where the decoder stands when a segment has been fed to it. */
export interface Decoded {
  /** Whether the request became whole with this segment, and how it was answered; null if it did not. */
  answered: number | null;
  /** The frames that became whole. */
  frames: DecodedFrame[];
  /** Bytes of an unfinished frame, or of a request, that wait for the rest. */
  held: number;
  /** The field that is waited for, and how much of it is here; null at a boundary of frames. */
  waitsFor: { field: FieldName | 'request'; have: number; length: number | string | null } | null;
  /** What was wrong, from this segment on. */
  problem: string | null;
}

/** What the room's decoder makes of each segment. */
export function decodeSegments(segments: readonly Uint8Array[]): Decoded[] {
  const reader = new SegmentReader(beginsWithRequest(joinBytes(segments)));
  return segments.map((segment) => reader.feed(segment));
}

/** Whether a client's stream begins with a request. */
export function beginsWithRequest(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === 'GET ';
}

class SegmentReader {
  readonly #decoder = new FrameDecoder('client');
  #handshake: ServerHandshake | null;
  /** What came of the request, and behind it of the frames. */
  #all: Uint8Array = new Uint8Array(0);
  #refused: string | null = null;

  constructor(hasRequest: boolean) {
    this.#handshake = hasRequest ? new ServerHandshake() : null;
  }

  feed(segment: Uint8Array): Decoded {
    if (this.#refused !== null) return { ...NOTHING, problem: this.#refused };
    if (this.#handshake === null) return this.#decode(segment, null);
    this.#all = joinBytes([this.#all, segment]);
    const answer = this.#handshake.feed(segment);
    if (answer === null) {
      const held = this.#all.length;
      return { ...NOTHING, held, waitsFor: { field: 'request', have: held, length: null } };
    }
    this.#handshake = null;
    this.#all = new Uint8Array(0);
    if ('rest' in answer) return this.#decode(answer.rest, answer.status);
    this.#refused = describeEnglish(answer.reason, language.value);
    return { ...NOTHING, answered: answer.status, problem: this.#refused };
  }

  #decode(bytes: Uint8Array, answered: number | null): Decoded {
    this.#all = joinBytes([this.#all, bytes]);
    const frames = this.#decoder.feed(bytes).map(({ opcode, payload, fin }) => ({
      name: opcodeName(opcode),
      payloadLength: payload.length,
      text: opcode === Opcode.text && fin ? new TextDecoder().decode(payload) : null,
    }));
    const { problem } = this.#decoder;
    if (problem !== null)
      return {
        ...NOTHING,
        answered,
        frames,
        problem: describeEnglish(problem.message, language.value),
      };
    return { answered, frames, problem: null, ...unfinished(this.#all) };
  }
}

const NOTHING: Decoded = { answered: null, frames: [], held: 0, waitsFor: null, problem: null };

/** The frame that the bytes end within, read with the parser that the decoder drives. */
function unfinished(bytes: Uint8Array): Pick<Decoded, 'held' | 'waitsFor'> {
  const stream = newStream('client');
  for (let at = 0; at < bytes.length; ) {
    const { cut, end } = readFrame({ input: bytes }, at, stream);
    if (cut === null) at = end;
    else return { held: bytes.length - at, waitsFor: { ...cut } };
  }
  return { held: 0, waitsFor: null };
}

/** What one server did with one segment. */
export interface SegmentOutcome {
  /** What its loop did, the `recv`s first. */
  events: TraceEvent[];
  /** Numbers of the original's defects that the segment meets; always empty for the room. */
  defects: string[];
}

/** What someone gets otherwise than when each frame comes by itself. */
export interface Difference {
  /** Who. */
  client: string;
  /** What would be right. */
  right: string;
  /** What comes. */
  gets: string;
}

/** What one server did with a stream. */
export interface StreamOutcome {
  /** By segment. */
  segments: SegmentOutcome[];
  /**
   * Who got something else than when each frame came by itself, and what, in words; null when nobody
   * did.
   */
  difference: Difference | null;
  /** The texts that the listener got while the stream came. */
  heard: string[];
  /** How it went with the student's parts; null on a server of the kit's. */
  own: OwnOutcome | null;
}

/** What is shown of a turn; select, send and what the network does are left out. */
const TOLD = new Set<TraceEvent['step']>([
  'recv',
  'handshake',
  'parse',
  'deal',
  'broadcast',
  'disconnect',
  'error',
]);

/** A stream in segments as a scenario: one step a segment, while another client listens. */
export function scenarioOf(segments: readonly Uint8Array[]): Scenario {
  const steps: Action[][] = [
    [connect(LISTENER)],
    [handshake(LISTENER)],
    [login(LISTENER, LISTENER)],
  ];
  steps.push([connect(SENDER)]);
  if (!beginsWithRequest(joinBytes(segments))) {
    steps.push([handshake(SENDER)], [login(SENDER, SENDER)]);
  }
  steps.push(...segments.map((segment) => [send(SENDER, segment)]));
  return { name: 'cut', description: '', steps };
}

/** The offsets at which a request or a frame ends, without the end of the stream. */
export function boundariesOf(bytes: Uint8Array): number[] {
  const { handshakes, frames } = inspect(bytes, { role: 'client' });
  return [...handshakes, ...frames]
    .map(({ offset, length }) => offset + length)
    .filter((end) => end < bytes.length);
}

/**
 * Plays a stream in segments.
 *
 * @param whole the run of the same bytes in one segment a frame: what it is compared with
 */
export async function playSegments(
  segments: readonly Uint8Array[],
  whole: PlayedRun,
): Promise<StreamOutcome> {
  const { options } = whole;
  const run = await playOn(scenarioOf(segments), options);
  const events = eventsBySegment(run, segments.length);
  const defects = options.profile === 'original' ? defectsBySegment(segments) : [];
  const [first] = compare(
    run.scenario,
    { name: 'whole', wire: whole.wire, trace: null },
    { name: 'cut', wire: run.wire, trace: null },
  ).wire;
  return {
    own: run.own,
    segments: events.map((told, i) => ({ events: told, defects: defects[i] ?? [] })),
    heard: heardIn(run, segments.length),
    difference:
      first === undefined ? null : { client: first.client, right: first.left, gets: first.right },
  };
}

/** Plays a stream with one segment a frame. */
export function playWhole(bytes: Uint8Array, profile: ServerName): Promise<PlayedRun> {
  return playOn(scenarioOf(segmentsOf(bytes, boundariesOf(bytes))), { profile });
}

/** What follows the last acts, one act a segment. */
function eventsBySegment({ events }: PlayedRun, count: number): TraceEvent[][] {
  const acts = events.flatMap((event, i) => (event.step === 'act' ? [i] : [])).slice(-count);
  return acts.map((from, i) =>
    events.slice(from, acts[i + 1]).filter(({ step }) => TOLD.has(step)),
  );
}

/** The frames that the listener got in the last steps, one step a segment. */
function heardIn({ scenario, wire }: PlayedRun, count: number): string[] {
  const from = scenario.steps.length - count;
  const mine = wire.flatMap((event) =>
    event.step >= from && event.client === LISTENER && 'hex' in event ? event.hex : [],
  );
  const bytes = fromHex(mine.join('')) ?? new Uint8Array(0);
  return new FrameDecoder('server')
    .feed(bytes)
    .map(({ opcode, payload }) =>
      opcode === Opcode.text ? new TextDecoder().decode(payload) : opcodeName(opcode),
    );
}

/** What the inspector says of each recv of the original, by segment. */
function defectsBySegment(segments: readonly Uint8Array[]): string[][] {
  const arrivals = segments.map(({ length }) => length);
  const { original } = inspect(joinBytes(segments), { role: 'client', arrivals });
  let start = 0;
  return arrivals.map((length) => {
    const end = start + length;
    const met = original.filter(({ recv }) => recv.offset >= start && recv.offset < end);
    start = end;
    return [...new Set(met.flatMap(({ defect }) => defect ?? []))];
  });
}
