/**
 * The readers under fuzz: the inspector, what the tap tells of bytes as they pass, traces, captures.
 * They explain whatever they are given; what cannot be read is said in one line.
 * @module
 */

import { fromUtf8Lossy, joinBytes } from '../../src/bytes.js';
import { CaptureError } from '../../src/inspect/capture.js';
import { captureStreams } from '../../src/inspect/capture-streams.js';
import { messageLines } from '../../src/inspect/har-text.js';
import { inspectionHtml } from '../../src/inspect/html.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Inspection, Span } from '../../src/inspect/inspection.js';
import { Conversation, type Passing } from '../../src/inspect/passing.js';
import { FormError, streamsInFile } from '../../src/inspect/streams.js';
import { inspectionLines } from '../../src/inspect/text.js';
import type { Random } from '../../src/net/sim.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatEvent, readTrace, STEP_NAMES, TraceError } from '../../src/trace/ndjson.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import type { Role } from '../../src/websocket/frame.js';
import {
  LINK_NAMES,
  packetOf,
  pcap,
  pcapng,
  segment,
  type WrittenPacket,
} from '../support/pcap.js';
import { STEPS } from '../support/steps.js';
import { fragmentsOf, TUNNEL_NAMES, tunnelled } from '../support/tunnels.js';
import {
  answer,
  bytesOf,
  damaged,
  noise,
  pick,
  randomPieces,
  request,
  stream,
  TOKENS,
  words,
} from './inputs.js';
import { must, mustEqual, type Target } from './target.js';

const ROLES: readonly Role[] = ['client', 'server'];
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
const CONTROLS = /[\0-\x1f\x7f-\x9f]/;

const inspector: Target = {
  name: 'inspector',
  make(random) {
    const from = pick(random, ROLES);
    const deflate = random.below(2) === 0;
    const heads = [request(random, deflate), answer(random)].filter(() => random.below(3) === 0);
    const bytes = joinBytes([...heads, stream(random, from, deflate)]);
    return heads.length > 0 ? damaged(random, bytes, TOKENS) : bytes;
  },
  run(bytes, random) {
    const role = pick(random, ROLES);
    const rsv1 = random.below(2) === 0;
    const arrivals = randomPieces(random, bytes).map(({ length }) => length);
    const options = { role, deflate: rsv1, arrivals };
    const inspection = inspect(bytes, options);
    mustPartition(inspection, bytes.length);
    must(JSON.stringify(inspection).length > 0, 'an inspection is JSON');
    for (const { text } of inspectionLines(bytes, inspection)) {
      must(!CONTROLS.test(text), 'no line moves the cursor');
    }
    if (random.below(8) === 0) inspectionHtml([{ name: '', bytes, inspection }]);
    if (inspection.handshakes.length > 0) return;
    // what the inspector shows is what the server did, up to its first problem
    const { frames } = inspection;
    const decoder = new FrameDecoder(role, { rsv1 });
    const decoded = decoder.feed(bytes).map(({ payload, opcode }) => ({ payload, opcode }));
    const bad = frames.findIndex(({ problems }) => problems.length > 0);
    const before = bad < 0 ? frames : frames.slice(0, bad);
    const isHead = frames.length === 0 && inspection.rest?.length === bytes.length;
    if (!isHead && decoder.problem !== null) {
      const code = decoder.problem.code;
      must(
        frames.some(({ problems }) => problems.some((one) => one.code === code)),
        `it is ${code}`,
      );
    }
    for (const [i, { header }] of before.slice(0, decoded.length).entries()) {
      mustEqual(header.opcode, decoded[i]?.opcode, 'the same frames');
    }
  },
};

function mustPartition(inspection: Inspection, length: number): void {
  let at = 0;
  const { handshakes, frames, rest } = inspection;
  for (const piece of [...handshakes, ...frames, ...(rest === null ? [] : [rest])]) {
    must(piece.offset === at, `a gap or overlap at byte ${at}`);
    spansMustFill(piece.spans, at, at + piece.length);
    at += piece.length;
  }
  must(at === length, 'the spans end where the input ends');
}

function spansMustFill(spans: readonly Span[], start: number, end: number): void {
  let at = start;
  for (const span of spans) {
    must(span.start === at && span.end > at, `a gap or overlap at byte ${at}`);
    at = span.end;
    partsMustLieWithin(span);
  }
  must(at === end, 'the spans fill what they explain');
}

function partsMustLieWithin({ parts = [], start, end, meaning }: Span): void {
  must(!/undefined|NaN/.test(meaning.replace(/".*"/g, '')), `a sentence: ${meaning}`);
  for (const part of parts) {
    must(part.start >= start && part.end <= end, `${part.field} lies within`);
    partsMustLieWithin(part);
  }
}

const passing: Target = {
  name: 'passing',
  make: (random) =>
    damaged(random, joinBytes([request(random), stream(random, 'client', true)]), TOKENS),
  run(bytes, random) {
    const tell = (pieces: readonly Uint8Array[]): Passing[] => {
      const conversation = new Conversation();
      const told = pieces.flatMap((piece) => [...conversation.feed('client', piece)]);
      return [...told, ...conversation.end('client')];
    };
    const [cut, whole] = [tell(randomPieces(random, bytes)), tell([bytes])];
    // a head that every server refuses ends where that is seen, which no frames follow
    const isRefused = (one: Passing) =>
      one.kind === 'handshake' && one.inspection.problems.length > 0;
    if (cut.some(isRefused) || whole.some(isRefused)) return;
    const framesIn = (told: Passing[]) =>
      told.flatMap((one) => (one.kind === 'frame' ? [[one.header, one.payload]] : []));
    mustEqual(framesIn(cut), framesIn(whole), 'cut and whole');
  },
};

const trace: Target = {
  name: 'trace',
  make(random) {
    const lines = Array.from({ length: random.below(6) }, (_, seq) => {
      const step = STEPS[pick(random, STEP_NAMES)];
      return formatEvent({ v: 1, seq, turn: 1, t: seq / 2, ...step } as TraceEvent);
    });
    const text = `${lines.join('\n')}${pick(random, ['', '\n', '\r\n', words(random)])}`;
    return damaged(random, bytesOf(text), [
      '"',
      '{',
      '[',
      '\\u0000',
      '1e999',
      '"__proto__":',
      'null',
    ]);
  },
  run(bytes) {
    const text = fromUtf8Lossy(bytes);
    const { events, error } = readTrace(text);
    if (error !== null) {
      must(error instanceof TraceError && !error.message.includes('\n'), 'one line that says why');
    }
    const lines = events.map(formatEvent);
    const again = readTrace(lines.join('\n'));
    mustEqual(again.error, null, 'what was read can be written and read');
    mustEqual(again.events.map(formatEvent), lines, 'what was read is written the same');
  },
};

const capture: Target = {
  name: 'capture',
  make(random) {
    if (random.below(10) === 0) return noise(random, 200);
    return damaged(random, captureFile(random), ['\xd4\xc3\xb2\xa1']);
  },
  run(bytes) {
    try {
      let length = 0;
      for (const { bytes: stream, options } of captureStreams(bytes).streams) {
        length += stream.length;
        const arrived = (options.arrivals ?? []).reduce((sum, piece) => sum + piece, 0);
        must(arrived === stream.length, 'the pieces are the stream');
        mustPartition(inspect(stream, options), stream.length);
      }
      must(length <= bytes.length, 'no more comes out than went in');
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      must(!error.message.includes('\n'), 'one line that says why');
    }
  },
};

/** A capture of a connection, its segments sometimes lost, doubled or out of order. */
export function captureFile(random: Random): Uint8Array {
  const [from, to] = ['10.0.0.1:50000', '10.0.0.2:8080'];
  const [asked, said] = [request(random), stream(random, 'client')];
  const [answered, replied] = [answer(random), stream(random, 'server')];
  const cut = (whole: Uint8Array, ends: { from: string; to: string }) => {
    let sequence = 1;
    return randomPieces(random, whole).map((payload) => {
      const one = segment({ ...ends, sequence, payload });
      sequence += payload.length;
      return one;
    });
  };
  const segments = [
    segment({ from, to, syn: true }),
    segment({ from: to, to: from, syn: true, acknowledgment: 1 }),
    ...cut(joinBytes([asked, said]), { from, to }),
    ...cut(joinBytes([answered, replied]), { from: to, to: from }),
  ].filter(() => random.below(20) > 0);
  if (random.below(4) === 0) segments.sort(() => random.below(3) - 1);
  const link = pick(random, LINK_NAMES);
  const isWrapped = random.below(3) === 0;
  const packets = isWrapped
    ? segments.flatMap((one, i) => wrapped(random, packetOf(one, 'raw'), i))
    : segments.map((one) => packetOf(one, link));
  const little = random.below(2) === 0;
  if (random.below(2) === 0) return pcap(packets, { little });
  return pcapng(packets, { little, block: pick(random, ['enhanced', 'simple', 'old'] as const) });
}

/** A packet in a tunnel, in fragments, or as it is. */
function wrapped(random: Random, packet: WrittenPacket, id: number): WrittenPacket[] {
  if (random.below(2) === 0) return [tunnelled(packet, pick(random, TUNNEL_NAMES))];
  return fragmentsOf(packet, 8 * (1 + random.below(20)), id).filter(() => random.below(30) > 0);
}

const har: Target = {
  name: 'har',
  make(random) {
    const message = () => ({
      type: pick(random, ['send', 'receive', 'error']),
      time: random.below(2 ** 31) / (random.below(9) + 1),
      opcode: random.below(18),
      data: pick(random, [words(random), 'AAEC/w==', '']),
    });
    const header = () => ({ name: words(random), value: words(random) });
    const half = () => ({
      method: words(random),
      url: words(random),
      status: random.below(600),
      httpVersion: pick(random, ['HTTP/1.1', words(random)]),
      headers: Array.from({ length: random.below(5) }, header),
    });
    const entry = () => ({
      _webSocketMessages: Array.from({ length: random.below(6) }, message),
      request: half(),
      response: half(),
    });
    const entries = Array.from({ length: random.below(4) }, entry);
    const text = JSON.stringify({ log: { entries } });
    return damaged(random, bytesOf(text), ['"log":', 'null', '[]', '\\u001b', '1e999']);
  },
  run(bytes) {
    try {
      for (const { name, note, bytes: heads, options, messages = [] } of streamsInFile(bytes)
        .streams) {
        mustPartition(inspect(heads, options), heads.length);
        const lines = [...messageLines(messages)].map(({ text }) => text);
        for (const line of [name, note ?? '', ...lines]) {
          must(!CONTROLS.test(line), 'no line moves the cursor');
        }
      }
    } catch (error) {
      const isSaid = error instanceof FormError || error instanceof TraceError;
      if (!isSaid) throw error;
      must(!error.message.includes('\n'), 'one line that says why');
    }
  },
};

/** The targets of this file. */
export const READERS: readonly Target[] = [inspector, passing, trace, capture, har];
