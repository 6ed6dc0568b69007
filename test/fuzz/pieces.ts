/**
 * Readers of the inspector that take bytes in pieces, under fuzz: however an input is cut, what is told of it
 * is the same; and what is written as NDJSON is bounded by it.
 * @module
 */

import { joinBytes, toHex } from '../../src/bytes.js';
import { findBorder } from '../../src/inspect/border.js';
import { CaptureError } from '../../src/inspect/capture.js';
import { CaptureCollector, captureStreams } from '../../src/inspect/capture-streams.js';
import { inspect } from '../../src/inspect/inspect.js';
import { InspectionStream, type Told } from '../../src/inspect/inspection-stream.js';
import { StreamLines } from '../../src/inspect/json-lines.js';
import { PassingFrames } from '../../src/inspect/passing-frames.js';
import { MemoryStore } from '../../src/inspect/stored-bytes.js';
import type { Random } from '../../src/net/sim.js';
import { DEFLATE_DEFAULTS } from '../../src/websocket/deflate-offer.js';
import type { Role } from '../../src/websocket/frame.js';
import { answer, damaged, noise, pick, randomPieces, request, stream, TOKENS } from './inputs.js';
import { captureFile } from './readers.js';
import { must, mustEqual, type Target } from './target.js';

const ROLES: readonly Role[] = ['client', 'server'];

const border: Target = {
  name: 'border',
  make(random) {
    const bytes = stream(random, pick(random, ROLES), random.below(2) === 0);
    return random.below(6) === 0 ? noise(random, 400) : bytes.subarray(random.below(40));
  },
  run(bytes, random) {
    const from = pick(random, ROLES);
    const found = findBorder(bytes, { from, rsv1: true });
    if (found === null) return;
    const { at, frames } = found;
    must(at >= 0 && at < bytes.length, 'a border is within the bytes');
    must(frames >= 1 && frames <= 12, 'so many frames were looked at');
    const options = { role: from, isMiddle: true, deflate: 'perhaps' } as const;
    const inspection = inspect(bytes.subarray(at), options);
    const isHead = inspection.handshakes.length > 0 || inspection.frames.length === 0;
    if (isHead) return;
    for (const { problems } of inspection.frames.slice(0, frames)) {
      // a text is looked at as far as its first bytes, and what is behind a Close is no matter of borders
      const codes = problems.map(({ code }) => code).filter((code) => !LATER.has(code));
      mustEqual(codes, [], 'the frames of a border hold');
    }
  },
};

const LATER: ReadonlySet<string> = new Set([
  'bad-utf8',
  'data-after-close',
  'second-close',
  'beyond-window',
]);

/** What is told of bytes that come in pieces, as lines. */
function linesOf(pieces: readonly Uint8Array[], role: Role, deflate: boolean): string[] {
  const reading = new InspectionStream({ role, deflate });
  const lines = new StreamLines(3);
  const all: Told[] = pieces.flatMap((piece) => [...reading.push(piece)]);
  return [...all, ...reading.end()].map((told) => lines.told(told));
}

const ndjson: Target = {
  name: 'ndjson',
  make(random) {
    const from = pick(random, ROLES);
    const head =
      random.below(3) === 0 ? [from === 'client' ? request(random) : answer(random)] : [];
    return damaged(random, joinBytes([...head, stream(random, from, true)]), TOKENS);
  },
  run(bytes, random) {
    const [role, deflate] = [pick(random, ROLES), random.below(2) === 0];
    const whole = linesOf([bytes], role, deflate);
    mustEqual(linesOf(randomPieces(random, bytes), role, deflate), whole, 'cut and whole');
    let offset = 0;
    for (const line of whole) {
      must(line.endsWith('\n') && line.indexOf('\n') === line.length - 1, 'a line is one line');
      const told = JSON.parse(line);
      mustEqual([told.stream, told.offset], [3, offset], 'in order, and without a gap');
      offset += told.length;
      const inflated = (told.payload?.inflated ?? '').length / 2;
      const most = told.kind === 'handshake' ? 400 * told.length + 4_000 : 2_000;
      must(
        line.length < 14 * (bytes.length + inflated) + most,
        `${line.length} letters are not many`,
      );
    }
    mustEqual(offset, bytes.length, 'everything is told');
  },
};

const passingFrames: Target = {
  name: 'passing-frames',
  make: (random) => stream(random, pick(random, ROLES), true),
  run(bytes, random) {
    const from = pick(random, ROLES);
    const deflate = random.below(2) === 0 ? DEFLATE_DEFAULTS : null;
    const tell = (pieces: readonly Uint8Array[]) => {
      const reader = new PassingFrames(from, deflate);
      const told = [...pieces.flatMap((piece) => [...reader.feed(piece)]), ...reader.end()];
      const problems = told.flatMap((one) =>
        one.kind === 'frame' ? one.problems : one.kind === 'problem' ? [one.problem] : [],
      );
      const seen = told.map((one) => (one.kind === 'frame' ? { ...one, problems: [] } : one));
      return { problems, seen: seen.filter(({ kind }) => kind !== 'problem') };
    };
    const whole = tell([bytes]);
    mustEqual(tell(randomPieces(random, bytes)), whole, 'cut and whole');
    mustEqual(tell(Array.from(bytes, (byte) => Uint8Array.of(byte))), whole, 'byte by byte');
  },
};

const captureInPieces: Target = {
  name: 'capture-in-pieces',
  make: (random: Random) =>
    random.below(3) === 0 ? captureFile(random) : damaged(random, captureFile(random)),
  run(bytes, random) {
    const read = (find: () => ReturnType<typeof captureStreams>) => {
      try {
        const { streams, notes } = find();
        const seen = streams.map(({ name, note, bytes, options }) => {
          const { times = [], ...known } = options;
          const all = times.map((time) => `${time?.ns} ${time?.digits}`);
          return { name, note, bytes: toHex(bytes), options: known, all };
        });
        return { seen, notes };
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        return error.message;
      }
    };
    const cut = read(() => {
      const collector = new CaptureCollector(new MemoryStore(bytes));
      for (const piece of randomPieces(random, bytes)) collector.push(piece);
      const { streams, notes } = collector.end();
      for (const stream of streams) {
        const pieces = [...stream.pieces()];
        const length = pieces.reduce((sum, one) => sum + one.bytes.length, 0);
        must(length === stream.length, 'all of a stream is handed on');
        mustEqual(joinBytes(pieces.map((one) => one.bytes)), stream.whole().bytes, 'in order');
      }
      return { streams: streams.map((stream) => stream.whole()), notes };
    });
    mustEqual(
      cut,
      read(() => captureStreams(bytes)),
      'cut and whole',
    );
  },
};

/** The targets of this file. */
export const PIECES: readonly Target[] = [border, ndjson, passingFrames, captureInPieces];
